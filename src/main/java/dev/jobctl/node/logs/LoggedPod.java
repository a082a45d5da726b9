package dev.jobctl.node.logs;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What must be known of a pod to find its logs.
///
/// @param job the Job that it belongs to, empty for none
/// @param index its completion index, -1 for none
/// @param containers the apps first, then the others
record LoggedPod(ObjectRef ref, String job, String jobUid, int index, List<String> containers, Instant created) {
    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final String OLD_JOB = "job-name";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    static LoggedPod of(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        Map<String, String> labels = Objects.requireNonNullElse(meta.getLabels(), Map.of());
        Map<String, String> annotations = Objects.requireNonNullElse(meta.getAnnotations(), Map.of());
        String index = labels.getOrDefault(INDEX, annotations.getOrDefault(INDEX, "-1"));
        return new LoggedPod(
                ObjectRef.of(Kinds.POD, pod),
                labels.getOrDefault(JOB, labels.getOrDefault(OLD_JOB, "")),
                controller(meta),
                index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1,
                containers(pod),
                Instant.parse(Objects.requireNonNullElse(meta.getCreationTimestamp(), "1970-01-01T00:00:00Z")));
    }

    private static String controller(ObjectMeta meta) {
        return Objects.requireNonNullElse(meta.getOwnerReferences(), List.<OwnerReference>of()).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .findFirst()
                .orElse("");
    }

    private static List<String> containers(Pod pod) {
        List<String> names = new ArrayList<>();
        pod.getSpec().getContainers().forEach(app -> names.add(app.getName()));
        for (Container init : Objects.requireNonNullElse(pod.getSpec().getInitContainers(), List.<Container>of())) {
            names.add(init.getName());
        }
        return names;
    }
}
