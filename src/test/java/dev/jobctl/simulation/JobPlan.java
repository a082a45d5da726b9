package dev.jobctl.simulation;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicy;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Job as words, such as `completions=3 mode=Indexed policy=FailJob:42|Ignore:disruption`; a word that is missing is
/// a
/// field left to its default, so a Job shrinks by losing words.
record JobPlan(String name, SortedMap<String, String> words) {
    static final String DISRUPTION = "disruption";
    private static final String SELECTED = "app";

    JobPlan {
        words = new TreeMap<>(words);
    }

    boolean has(String word) {
        return words.containsKey(word);
    }

    boolean indexed() {
        return "Indexed".equals(words.get("mode"));
    }

    JobPlan without(String word) {
        SortedMap<String, String> fewer = new TreeMap<>(words);
        fewer.remove(word);
        return new JobPlan(name, fewer);
    }

    JobPlan with(String word, String value) {
        SortedMap<String, String> more = new TreeMap<>(words);
        more.put(word, value);
        return new JobPlan(name, more);
    }

    @Override
    public String toString() {
        List<String> text = new ArrayList<>();
        words.forEach((word, value) -> text.add(word + "=" + value));
        return text.isEmpty() ? "all defaults" : String.join(" ", text);
    }

    private String word(String name) {
        return words.getOrDefault(name, "");
    }

    private @Nullable Integer number(String word) {
        @Nullable String value = words.get(word);
        return value == null || value.equals("none") ? null : Integer.valueOf(value);
    }

    private @Nullable Long longNumber(String word) {
        @Nullable Integer value = number(word);
        return value == null ? null : Long.valueOf(value);
    }

    /// That starts such Jobs each minute.
    CronJob cronJob(String policy, int history) {
        Job job = job();
        CronJob cron = new CronJobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withSchedule("* * * * *")
                .withConcurrencyPolicy(policy)
                .withSuccessfulJobsHistoryLimit(history)
                .withFailedJobsHistoryLimit(history)
                .endSpec()
                .build();
        cron.getSpec().setJobTemplate(new JobTemplateSpec(new ObjectMeta(), job.getSpec()));
        return cron;
    }

    Job job() {
        PodTemplateSpecBuilder template = new PodTemplateSpecBuilder();
        template.withNewSpec()
                .withRestartPolicy(has("onFailure") ? "OnFailure" : "Never")
                .withTerminationGracePeriodSeconds(longNumber("grace"))
                .withActiveDeadlineSeconds(longNumber("podDeadline"))
                .withContainers(containers())
                .withInitContainers(initContainers())
                .withPriorityClassName(words.get("priority"))
                .endSpec();
        JobBuilder builder = new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .endSpec();
        Job job = builder.build();
        job.setKind(Kinds.JOB.kind());
        JobSpec spec = job.getSpec();
        if (has("manual")) {
            template.withNewMetadata()
                    .withLabels(Map.of(SELECTED, words.get("manual")))
                    .endMetadata();
            spec.setManualSelector(true);
            spec.setSelector(new io.fabric8.kubernetes.api.model.LabelSelector(
                    List.of(), Map.of(SELECTED, words.get("manual"))));
        }
        spec.setTemplate(template.build());
        fill(spec);
        return job;
    }

    private void fill(JobSpec spec) {
        spec.setCompletionMode(words.get("mode"));
        spec.setCompletions(number("completions"));
        spec.setParallelism(number("parallelism"));
        spec.setBackoffLimit(number("backoffLimit"));
        spec.setBackoffLimitPerIndex(number("perIndex"));
        spec.setMaxFailedIndexes(number("maxFailed"));
        spec.setActiveDeadlineSeconds(longNumber("deadline"));
        spec.setTtlSecondsAfterFinished(number("ttl"));
        spec.setSuspend(has("suspend") ? true : null);
        spec.setPodReplacementPolicy(words.get("replace"));
        spec.setManagedBy(words.get("managedBy"));
        if (has("policy")) {
            spec.setPodFailurePolicy(new PodFailurePolicy(
                    Stream.of(word("policy").split("\\|")).map(JobPlan::rule).toList()));
        }
        if (has("success")) {
            spec.setSuccessPolicy(new SuccessPolicy(Stream.of(word("success").split("\\|"))
                    .map(JobPlan::success)
                    .toList()));
        }
    }

    private static List<Container> containers(String... names) {
        return Stream.of(names)
                .map(each -> new ContainerBuilder()
                        .withName(each)
                        .withImage("busybox")
                        .withCommand("true")
                        .build())
                .toList();
    }

    private List<Container> containers() {
        List<Container> made = has("twoContainers") ? containers("main", "other") : containers("main");
        if (has("cpu")) {
            made.getFirst()
                    .setResources(new ResourceRequirementsBuilder()
                            .addToRequests("cpu", new Quantity(words.get("cpu")))
                            .build());
        }
        return made;
    }

    private List<Container> initContainers() {
        if (!has("init")) {
            return List.of();
        }
        List<Container> made = containers("before");
        if ("sidecar".equals(words.get("init"))) {
            made.getFirst().setRestartPolicy("Always");
        }
        return made;
    }

    /// `FailJob:42`, `Ignore:disruption`.
    private static PodFailurePolicyRule rule(String text) {
        String[] parts = text.split(":");
        PodFailurePolicyRuleBuilder rule = new PodFailurePolicyRuleBuilder().withAction(parts[0]);
        return parts[1].equals(DISRUPTION)
                ? rule.addNewOnPodCondition("True", "DisruptionTarget").build()
                : rule.withNewOnExitCodes()
                        .withOperator("In")
                        .withValues(Integer.valueOf(parts[1]))
                        .endOnExitCodes()
                        .build();
    }

    /// `0-1:1`, `:2`, `0,2:`.
    private static SuccessPolicyRule success(String text) {
        String[] parts = text.split(":", -1);
        return new SuccessPolicyRule(
                parts[1].isEmpty() ? null : Integer.valueOf(parts[1]), parts[0].isEmpty() ? null : parts[0]);
    }
}
