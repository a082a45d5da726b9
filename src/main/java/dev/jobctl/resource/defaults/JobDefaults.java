package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;
import java.util.LinkedHashMap;
import java.util.Map;

/// Defaults of a Job, and the labels and selector that tie its pods to it.
final class JobDefaults {
    static final String CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
    static final String JOB_NAME = "batch.kubernetes.io/job-name";
    private static final String OLD_CONTROLLER_UID = "controller-uid";
    private static final String OLD_JOB_NAME = "job-name";

    private JobDefaults() {}

    static void apply(Job job) {
        if (job.getSpec() == null) {
            job.setSpec(new JobSpec());
        }
        JobSpec spec = job.getSpec();
        if (spec.getTemplate() == null) {
            spec.setTemplate(new PodTemplateSpec());
        }
        if (spec.getTemplate().getMetadata() == null) {
            spec.getTemplate().setMetadata(new ObjectMeta());
        }
        counts(spec);
        labels(job);
        if (Settled.blank(spec.getCompletionMode())) {
            spec.setCompletionMode("NonIndexed");
        }
        if (spec.getSuspend() == null) {
            spec.setSuspend(false);
        }
        if (Settled.blank(spec.getPodReplacementPolicy())) {
            spec.setPodReplacementPolicy(spec.getPodFailurePolicy() == null ? "TerminatingOrFailed" : "Failed");
        }
        if (spec.getManualSelector() == null) {
            spec.setManualSelector(false);
        }
        failurePolicy(spec);
        if (spec.getTemplate().getSpec() != null) {
            PodDefaults.template(spec.getTemplate().getSpec());
        }
    }

    private static void counts(JobSpec spec) {
        if (spec.getCompletions() == null && spec.getParallelism() == null) {
            spec.setCompletions(1);
        }
        if (spec.getParallelism() == null) {
            spec.setParallelism(1);
        }
        if (spec.getBackoffLimit() == null) {
            spec.setBackoffLimit(spec.getBackoffLimitPerIndex() == null ? 6 : Integer.MAX_VALUE);
        }
    }

    static void failurePolicy(JobSpec spec) {
        if (spec.getPodFailurePolicy() == null) {
            return;
        }
        for (var rule : list(spec.getPodFailurePolicy().getRules())) {
            for (PodFailurePolicyOnPodConditionsPattern pattern : list(rule.getOnPodConditions())) {
                if (Settled.blank(pattern.getStatus())) {
                    pattern.setStatus("True");
                }
            }
        }
    }

    /// A Job without labels takes its template's.
    static void labels(Job job) {
        Map<String, String> fromTemplate =
                map(job.getSpec().getTemplate().getMetadata().getLabels());
        if (map(job.getMetadata().getLabels()).isEmpty() && !fromTemplate.isEmpty()) {
            job.getMetadata().setLabels(new LinkedHashMap<>(fromTemplate));
        }
    }

    /// Adds the generated labels and selector where the user wrote none, unless the Job selects by hand. Name and uid
    /// are set. What the user wrote stays, for validation to judge.
    static void select(Job job) {
        JobSpec spec = job.getSpec();
        if (Boolean.TRUE.equals(spec.getManualSelector())) {
            return;
        }
        String name = Settled.orEmpty(job.getMetadata().getName());
        String uid = Settled.orEmpty(job.getMetadata().getUid());
        ObjectMeta template = spec.getTemplate().getMetadata();
        Map<String, String> labels = new LinkedHashMap<>(map(template.getLabels()));
        labels.putIfAbsent(JOB_NAME, name);
        labels.putIfAbsent(OLD_JOB_NAME, name);
        labels.putIfAbsent(CONTROLLER_UID, uid);
        labels.putIfAbsent(OLD_CONTROLLER_UID, uid);
        template.setLabels(labels);

        LabelSelector selector = spec.getSelector() == null ? new LabelSelector() : spec.getSelector();
        Map<String, String> matched = new LinkedHashMap<>(map(selector.getMatchLabels()));
        matched.putIfAbsent(CONTROLLER_UID, uid);
        selector.setMatchLabels(matched);
        spec.setSelector(selector);
    }
}
