package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the API's documentation says that a pod's fields mean, read anew: nothing here is shared with the controllers.
final class PodFacts {
    static final String TRACKING = "batch.kubernetes.io/job-tracking";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    private PodFacts() {}

    static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    /// The uid of the object that controls it, null for none.
    static @Nullable String owner(Pod pod) {
        for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
                return owner.getUid();
            }
        }
        return null;
    }

    static boolean tracked(Pod pod) {
        return pod.getMetadata().getFinalizers().contains(TRACKING);
    }

    static boolean deleting(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean succeeded(Pod pod) {
        return "Succeeded".equals(pod.getStatus().getPhase());
    }

    static boolean failed(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase());
    }

    static boolean ended(Pod pod) {
        return succeeded(pod) || failed(pod);
    }

    static boolean active(Pod pod) {
        return !ended(pod) && !deleting(pod);
    }

    static boolean terminating(Pod pod) {
        return !ended(pod) && deleting(pod);
    }

    static boolean ready(Pod pod) {
        return has(pod, "Ready");
    }

    static boolean disrupted(Pod pod) {
        return has(pod, "DisruptionTarget");
    }

    private static boolean has(Pod pod, String condition) {
        @Nullable PodCondition found = condition(pod, condition);
        return found != null && found.getStatus().equals("True");
    }

    private static @Nullable PodCondition condition(Pod pod, String type) {
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if (condition.getType().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /// -1 for none.
    static int index(Pod pod) {
        return annotation(pod, INDEX, -1);
    }

    static int failures(Pod pod) {
        return annotation(pod, FAILURES, 0);
    }

    static int ignoredFailures(Pod pod) {
        return annotation(pod, IGNORED, 0);
    }

    static boolean countsFailures(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(FAILURES);
    }

    private static int annotation(Pod pod, String key, int otherwise) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null || !annotations.containsKey(key)
                ? otherwise
                : Integer.parseInt(annotations.get(key));
    }

    /// Latest end of its app containers and sidecars if all have ended; else since when it is not ready; else when its
    /// deletion was
    /// asked for; else its birth.
    static Instant finish(Pod pod) {
        List<String> sidecars = pod.getSpec().getInitContainers().stream()
                .filter(init -> "Always".equals(init.getRestartPolicy()))
                .map(Container::getName)
                .toList();
        List<ContainerStatus> beside = Stream.concat(
                        pod.getStatus().getContainerStatuses().stream(),
                        pod.getStatus().getInitContainerStatuses().stream()
                                .filter(each -> sidecars.contains(each.getName())))
                .toList();
        boolean all = !beside.isEmpty() && beside.stream().allMatch(each -> end(each) != null);
        if (all) {
            return beside.stream()
                    .map(each -> time(Objects.requireNonNull(end(each))))
                    .max(Instant::compareTo)
                    .orElseThrow();
        }
        @Nullable PodCondition ready = condition(pod, "Ready");
        if (ready != null && ready.getStatus().equals("False") && ready.getLastTransitionTime() != null) {
            return time(ready.getLastTransitionTime());
        }
        if (deleting(pod)) {
            return time(pod.getMetadata().getDeletionTimestamp())
                    .minusSeconds(pod.getMetadata().getDeletionGracePeriodSeconds());
        }
        return time(pod.getMetadata().getCreationTimestamp());
    }

    /// Of `2026-01-02T03:04:05Z`, as the API writes every time: asked so often that a formatter would be most of the
    /// work.
    static Instant time(String text) {
        if (text.length() != 20 || text.charAt(19) != 'Z') {
            return Instant.parse(text);
        }
        LocalDateTime time = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
        return time.toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static @Nullable String end(ContainerStatus status) {
        return status.getState() == null || status.getState().getTerminated() == null
                ? null
                : status.getState().getTerminated().getFinishedAt();
    }

    /// Of all its containers.
    static int restarts(Pod pod) {
        return statuses(pod)
                .mapToInt(each -> each.getRestartCount() == null ? 0 : each.getRestartCount())
                .sum();
    }

    /// The codes other than 0 with which its containers ended.
    static Stream<Integer> badCodes(Pod pod) {
        return statuses(pod)
                .filter(each -> each.getState() != null && each.getState().getTerminated() != null)
                .map(each -> each.getState().getTerminated().getExitCode())
                .filter(code -> code != 0);
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return Stream.concat(
                pod.getStatus().getContainerStatuses().stream(), pod.getStatus().getInitContainerStatuses().stream());
    }

    /// For people.
    static String line(Pod pod) {
        return name(pod) + " " + pod.getStatus().getPhase() + " since "
                + pod.getMetadata().getCreationTimestamp()
                + (ended(pod)
                        ? ", ended " + finish(pod) + " with " + badCodes(pod).toList()
                        : "")
                + (deleting(pod) ? ", to be deleted at " + pod.getMetadata().getDeletionTimestamp() : "")
                + (tracked(pod) ? ", tracked" : "")
                + (owner(pod) == null ? ", without owner" : "")
                + (countsFailures(pod) ? ", failures " + failures(pod) + "+" + ignoredFailures(pod) : "")
                + (pod.getSpec().getNodeName() == null
                        ? ""
                        : " on " + pod.getSpec().getNodeName());
    }
}
