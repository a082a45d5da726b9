package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Job's spec and the generated labels and selector, in the order of the API server.
final class JobValidation {
    private static final int MAX_PARALLELISM = 100_000;
    private static final int MAX_FAILED_INDEXES = 100_000;
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int MAX_WITH_MANY_COMPLETIONS = 10_000;
    private static final int MAX_MANAGED_BY = 63;
    private static final String TEMPLATE = "spec.template";
    private static final String RESTART_POLICY = "spec.template.spec.restartPolicy";

    private JobValidation() {}

    static void check(Job job, Complaints to) {
        @Nullable JobSpec spec = job.getSpec();
        if (spec == null) {
            to.required("spec", "");
            return;
        }
        generated(job, spec, to);
        spec(spec, to);
        selector(spec, to);
        indexedName(job, spec, to);
    }

    /// What holds for the spec of a Job that is not made yet, too.
    static void spec(JobSpec spec, Complaints to) {
        numbers(spec, to);
        completionMode(spec, to);
        JobPolicyValidation.check(spec, to);
        template(spec, to);
    }

    static boolean indexed(JobSpec spec) {
        return "Indexed".equals(spec.getCompletionMode());
    }

    static PodTemplateSpec template(JobSpec spec) {
        return spec.getTemplate() == null ? new PodTemplateSpec() : spec.getTemplate();
    }

    static Map<String, String> templateLabels(JobSpec spec) {
        ObjectMeta meta = template(spec).getMetadata();
        return meta == null ? Map.of() : map(meta.getLabels());
    }

    private static void generated(Job job, JobSpec spec, Complaints to) {
        if (Settled.isTrue(spec.getManualSelector()) || spec.getSelector() == null) {
            return;
        }
        String uid = Settled.orEmpty(job.getMetadata().getUid());
        String name = Settled.orEmpty(job.getMetadata().getName());
        if (uid.isEmpty()) {
            to.required("metadata.uid", "");
        }
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("controller-uid", uid);
        expected.put("job-name", name);
        expected.put("batch.kubernetes.io/controller-uid", uid);
        expected.put("batch.kubernetes.io/job-name", name);
        Map<String, String> labels = templateLabels(spec);
        expected.forEach((key, value) -> {
            String path = TEMPLATE + ".metadata.labels[" + key + "]";
            if (!labels.containsKey(key)) {
                to.required(path, "must be '" + value + "'");
            } else if (!value.equals(labels.get(key))) {
                to.invalid(path, labels, "must be '" + value + "'");
            }
        });
        if (LabelSelector.of(spec.getSelector()) instanceof Parsed.Good<LabelSelector>(LabelSelector selector)
                && !selector.matches(expected)) {
            to.invalidStruct(
                    "spec.selector",
                    GoText.struct("v1.LabelSelector", spec.getSelector()),
                    "`selector` not auto-generated");
        }
    }

    private static void numbers(JobSpec spec, Complaints to) {
        to.nonNegative("spec.parallelism", spec.getParallelism());
        to.nonNegative("spec.completions", spec.getCompletions());
        to.nonNegative("spec.activeDeadlineSeconds", spec.getActiveDeadlineSeconds());
        to.nonNegative("spec.backoffLimit", spec.getBackoffLimit());
        to.nonNegative("spec.ttlSecondsAfterFinished", spec.getTtlSecondsAfterFinished());
        to.nonNegative("spec.backoffLimitPerIndex", spec.getBackoffLimitPerIndex());
        to.nonNegative("spec.maxFailedIndexes", spec.getMaxFailedIndexes());
        if (spec.getMaxFailedIndexes() != null && spec.getBackoffLimitPerIndex() == null) {
            to.required("spec.backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        if (spec.getManagedBy() != null) {
            to.invalidEach("spec.managedBy", spec.getManagedBy(), Names.domainPrefixedPath(spec.getManagedBy()));
            if (spec.getManagedBy().length() > MAX_MANAGED_BY) {
                to.tooLong("spec.managedBy", MAX_MANAGED_BY);
            }
        }
    }

    private static void completionMode(JobSpec spec, Complaints to) {
        String mode = spec.getCompletionMode() == null ? "NonIndexed" : spec.getCompletionMode();
        if (!mode.equals("NonIndexed") && !mode.equals("Indexed")) {
            to.notSupported("spec.completionMode", mode, List.of("NonIndexed", "Indexed"));
        }
        if (mode.equals("Indexed")) {
            indexedLimits(spec, to);
        }
        if (mode.equals("NonIndexed")) {
            String detail = "requires indexed completion mode";
            if (spec.getBackoffLimitPerIndex() != null) {
                to.invalid("spec.backoffLimitPerIndex", spec.getBackoffLimitPerIndex(), detail);
            }
            if (spec.getMaxFailedIndexes() != null) {
                to.invalid("spec.maxFailedIndexes", spec.getMaxFailedIndexes(), detail);
            }
        }
    }

    private static void indexedLimits(JobSpec spec, Complaints to) {
        @Nullable Integer completions = spec.getCompletions();
        @Nullable Integer maxFailed = spec.getMaxFailedIndexes();
        int parallelism = Settled.orZero(spec.getParallelism());
        if (completions == null) {
            to.required("spec.completions", "when completion mode is Indexed");
        }
        if (parallelism > MAX_PARALLELISM) {
            to.invalid(
                    "spec.parallelism",
                    parallelism,
                    "must be less than or equal to " + MAX_PARALLELISM + " when completion mode is Indexed");
        }
        if (completions != null && maxFailed != null && maxFailed > completions) {
            to.invalid("spec.maxFailedIndexes", maxFailed, "must be less than or equal to completions");
        }
        if (maxFailed != null && maxFailed > MAX_FAILED_INDEXES) {
            to.invalid("spec.maxFailedIndexes", maxFailed, "must be less than or equal to " + MAX_FAILED_INDEXES);
        }
        if (completions == null || completions <= MANY_COMPLETIONS || spec.getBackoffLimitPerIndex() == null) {
            return;
        }
        String detail = "must be less than or equal to " + MAX_WITH_MANY_COMPLETIONS + " when completions are above "
                + MANY_COMPLETIONS + " and used with backoff limit per index";
        if (maxFailed == null) {
            to.required("spec.maxFailedIndexes", "must be specified when completions is above " + MANY_COMPLETIONS);
        }
        if (parallelism > MAX_WITH_MANY_COMPLETIONS) {
            to.invalid("spec.parallelism", parallelism, detail);
        }
        if (maxFailed != null && maxFailed > MAX_WITH_MANY_COMPLETIONS) {
            to.invalid("spec.maxFailedIndexes", maxFailed, detail);
        }
    }

    private static void template(JobSpec spec, Complaints to) {
        PodTemplateSpec template = template(spec);
        PodValidation.template(template, TEMPLATE, to);
        String policy = template.getSpec() == null
                ? ""
                : Settled.orEmpty(template.getSpec().getRestartPolicy());
        switch (policy) {
            case "", "Always" -> to.required(RESTART_POLICY, "valid values: \"OnFailure\", \"Never\"");
            case "Never" -> {}
            case "OnFailure" -> {
                if (spec.getPodFailurePolicy() != null) {
                    to.invalid(
                            RESTART_POLICY, policy, "only \"Never\" is supported when podFailurePolicy is specified");
                }
            }
            default -> to.notSupported(RESTART_POLICY, policy, List.of("OnFailure", "Never"));
        }
    }

    private static void selector(JobSpec spec, Complaints to) {
        if (spec.getSelector() == null) {
            to.required("spec.selector", "");
        } else {
            SelectorValidation.check(spec.getSelector(), "spec.selector", to);
        }
        if (LabelSelector.of(spec.getSelector()) instanceof Parsed.Good<LabelSelector>(LabelSelector selector)
                && !selector.matches(templateLabels(spec))) {
            to.invalid(
                    TEMPLATE + ".metadata.labels", templateLabels(spec), "`selector` does not match template `labels`");
        }
    }

    /// A pod's hostname is the Job's name and its index.
    private static void indexedName(Job job, JobSpec spec, Complaints to) {
        if (!indexed(spec) || Settled.orZero(spec.getCompletions()) <= 0) {
            return;
        }
        String name = Settled.orEmpty(job.getMetadata().getName());
        String longest = name + "-" + (spec.getCompletions() - 1);
        if (!Names.dnsLabel(longest).isEmpty()) {
            to.invalid("metadata.name", name, "will not able to create pod with invalid DNS label: " + longest);
        }
    }
}
