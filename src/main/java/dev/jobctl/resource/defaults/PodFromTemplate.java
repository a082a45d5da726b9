package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Job's pod as the Job controller describes it and the API server takes it in: complete, ready to store.
public final class PodFromTemplate {
    private static final String PREFIX = "batch.kubernetes.io/";
    private static final String FINALIZER = PREFIX + "job-tracking";
    private static final String INDEX = PREFIX + "job-completion-index";
    private static final String FAILURES = PREFIX + "job-index-failure-count";
    private static final String IGNORED_FAILURES = PREFIX + "job-index-ignored-failure-count";
    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

    private PodFromTemplate() {}

    /// A new pod of this Job, not yet stored.
    ///
    /// @param job stored, hence defaulted; not changed
    /// @param index null: NonIndexed
    /// @param failureCount null: no backoffLimitPerIndex
    /// @param ignoredFailureCount null or 0: no such annotation
    /// @param name drawn from [Names#podBase] by [Names#generate]
    /// @param rules of the Job's namespace
    public static Pod pod(
            Job job,
            @Nullable Integer index,
            @Nullable Integer failureCount,
            @Nullable Integer ignoredFailureCount,
            String name,
            String uid,
            Instant now,
            PodRules rules) {
        PodTemplateSpec template = Json.copy(job.getSpec().getTemplate());
        @Nullable ObjectMeta templateMeta = template.getMetadata();
        Map<String, String> labels =
                new LinkedHashMap<>(templateMeta == null ? Map.of() : map(templateMeta.getLabels()));
        Map<String, String> annotations =
                new LinkedHashMap<>(templateMeta == null ? Map.of() : map(templateMeta.getAnnotations()));
        List<String> finalizers =
                new ArrayList<>(templateMeta == null ? List.of() : list(templateMeta.getFinalizers()));
        PodSpec spec = template.getSpec();
        String jobName = job.getMetadata().getName();
        if (index != null) {
            labels.put(INDEX, index.toString());
            annotations.put(INDEX, index.toString());
            if (failureCount != null) {
                annotations.put(FAILURES, failureCount.toString());
            }
            if (ignoredFailureCount != null && ignoredFailureCount > 0) {
                annotations.put(IGNORED_FAILURES, ignoredFailureCount.toString());
            }
            spec.setHostname(jobName + "-" + index);
            list(spec.getInitContainers()).forEach(PodFromTemplate::tellIndex);
            list(spec.getContainers()).forEach(PodFromTemplate::tellIndex);
        }
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }

        ObjectMeta meta = new ObjectMeta();
        meta.setName(name);
        meta.setGenerateName(index == null ? Names.podBase(jobName) : Names.podBase(jobName, index));
        meta.setNamespace(job.getMetadata().getNamespace());
        meta.setUid(uid);
        meta.setCreationTimestamp(Timestamps.print(now));
        meta.setGeneration(1L);
        meta.setLabels(labels);
        meta.setAnnotations(annotations);
        meta.setFinalizers(finalizers);
        meta.setOwnerReferences(List.of(new OwnerReference(
                "batch/v1", true, true, "Job", jobName, job.getMetadata().getUid())));

        Pod pod = new Pod();
        pod.setMetadata(meta);
        pod.setSpec(spec);
        PodDefaults.pod(spec);
        PodAdmission.admit(pod, rules);
        pod.setStatus(PodAdmission.firstStatus(spec));
        return pod;
    }

    /// A variable of that name that the template defines itself stays.
    private static void tellIndex(Container container) {
        List<EnvVar> variables = new ArrayList<>(list(container.getEnv()));
        if (variables.stream().anyMatch(variable -> INDEX_VARIABLE.equals(variable.getName()))) {
            return;
        }
        EnvVarSource source = new EnvVarSource();
        source.setFieldRef(new ObjectFieldSelector("v1", "metadata.labels['" + INDEX + "']"));
        variables.add(new EnvVar(INDEX_VARIABLE, null, source));
        container.setEnv(variables);
    }
}
