package dev.jobctl.simulate;

import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.report.Times;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what happens to pods. Owned by its observer.
final class PodWatch {
    private static final String TRACKED = "batch.kubernetes.io/job-tracking";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    /// How a container waits before its first start; nothing to tell.
    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

    private final Observer observer;
    private final JobWatch jobs;

    /// When pods began to run, by uid: the API knows it by the second only.
    private final Map<String, Instant> begun = new HashMap<>();

    PodWatch(Observer observer, JobWatch jobs) {
        this.observer = observer;
        this.jobs = jobs;
    }

    void changed(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && after != null && same(before, after)) {
            return;
        }
        Pod pod = Objects.requireNonNull(after == null ? before : after);
        String subject = "pod/" + pod.getMetadata().getName();
        if (after == null) {
            gone(pod, subject);
            return;
        }
        if (before == null) {
            String index = index(pod);
            String replaces = jobs.podCreated(owner(pod), index, observer.now());
            observer.say(Kind.POD, subject, "created" + (index.isEmpty() ? "" : ", index " + index) + replaces);
        }
        conditions(before, after, subject);
        containers(before, after, subject);
        String phase = phase(after);
        if (before == null || !phase.equals(phase(before))) {
            phase(after, phase, subject);
        }
        boolean deleted = after.getMetadata().getDeletionTimestamp() != null;
        boolean before0 = before != null && before.getMetadata().getDeletionTimestamp() != null;
        if (deleted && !before0 && !ended(after)) {
            observer.say(
                    Kind.POD,
                    subject,
                    "told to end, grace " + after.getMetadata().getDeletionGracePeriodSeconds() + "s");
        }
    }

    /// Nothing that is told has changed.
    @SuppressWarnings("ReferenceEquality") // versions share their status unless it changed
    private static boolean same(Pod before, Pod after) {
        return before.getStatus() == after.getStatus()
                && Objects.equals(
                        before.getMetadata().getDeletionTimestamp(),
                        after.getMetadata().getDeletionTimestamp());
    }

    private void gone(Pod pod, String subject) {
        if (ended(pod)) {
            observer.detail(Kind.POD, subject, "removed");
        } else {
            observer.say(Kind.POD, subject, "removed");
        }
    }

    private void phase(Pod pod, String phase, String subject) {
        switch (phase) {
            case "Running" -> {
                begun.putIfAbsent(pod.getMetadata().getUid(), observer.now());
                observer.say(Kind.POD, subject, "runs on " + pod.getSpec().getNodeName());
            }
            case "Succeeded" -> observer.say(Kind.POD, subject, "succeeded" + ran(pod));
            case "Failed" -> {
                observer.say(Kind.POD, subject, "failed" + ran(pod) + why(pod));
                // One that its Job gave up before, as when suspended, is not replaced.
                if (pod.getMetadata().getFinalizers().contains(TRACKED)) {
                    jobs.podFailed(owner(pod), index(pod), pod.getMetadata().getName(), observer.now());
                }
            }
            default -> {}
        }
    }

    private String ran(Pod pod) {
        @Nullable Instant start = begun.remove(pod.getMetadata().getUid());
        return start == null ? "" : " after " + Times.print(Duration.between(start, observer.now()));
    }

    private static String why(Pod pod) {
        if (pod.getStatus().getReason() != null) {
            return ": " + pod.getStatus().getReason();
        }
        return statuses(pod).stream()
                .map(status -> terminated(status).map(PodWatch::end))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> ": " + text)
                .orElse("");
    }

    private static Optional<ContainerStateTerminated> terminated(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(state -> state.getTerminated())
                .filter(end -> end.getExitCode() != 0);
    }

    private static String end(ContainerStateTerminated end) {
        return "exit code " + end.getExitCode() + " (" + end.getReason() + ")"
                + (end.getMessage() == null ? "" : ", " + end.getMessage());
    }

    private void conditions(@Nullable Pod before, Pod after, String subject) {
        for (PodCondition condition : after.getStatus().getConditions()) {
            boolean told = "DisruptionTarget".equals(condition.getType())
                    || "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus());
            if (!told) {
                continue;
            }
            boolean news = before == null
                    || before.getStatus().getConditions().stream()
                            .noneMatch(old -> Objects.equals(old.getType(), condition.getType())
                                    && Objects.equals(old.getStatus(), condition.getStatus())
                                    && Objects.equals(old.getMessage(), condition.getMessage()));
            if (!news) {
                continue;
            }
            if ("DisruptionTarget".equals(condition.getType())) {
                observer.say(Kind.POD, subject, "disrupted: " + condition.getReason() + ": " + condition.getMessage());
            } else {
                observer.say(Kind.POD, subject, "finds no node: " + condition.getMessage());
            }
        }
    }

    private void containers(@Nullable Pod before, Pod after, String subject) {
        List<ContainerStatus> old = before == null ? List.of() : statuses(before);
        List<ContainerStatus> now = statuses(after);
        for (ContainerStatus status : now) {
            @Nullable ContainerStatus was = named(old, status.getName());
            int restarts = was == null ? 0 : was.getRestartCount();
            String name = now.size() > 1 ? "container " + status.getName() + " " : "";
            if (status.getRestartCount() > restarts) {
                observer.say(Kind.POD, subject, name + "restarts, time " + status.getRestartCount() + last(status));
            }
            @Nullable ContainerStateWaiting waits = waiting(status);
            @Nullable ContainerStateWaiting waited = was == null ? null : waiting(was);
            if (waits != null && !STARTING.contains(waits.getReason()) && !waits.equals(waited)) {
                observer.say(Kind.WAIT, subject, name + waits.getReason() + ": " + brief(waits) + last(status));
            }
        }
    }

    /// `back-off 10s` of `back-off 10s restarting failed container=main pod=...`.
    private static String brief(ContainerStateWaiting waits) {
        String message = Objects.requireNonNullElse(waits.getMessage(), "");
        int rest = message.indexOf(" restarting failed container");
        return rest < 0 ? message : message.substring(0, rest);
    }

    private static String last(ContainerStatus status) {
        return Optional.ofNullable(status.getLastState())
                .map(state -> state.getTerminated())
                .map(end -> ", after exit code " + end.getExitCode())
                .orElse("");
    }

    private static @Nullable ContainerStateWaiting waiting(ContainerStatus status) {
        return status.getState() == null ? null : status.getState().getWaiting();
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        List<ContainerStatus> apps = pod.getStatus().getContainerStatuses();
        List<ContainerStatus> others = pod.getStatus().getInitContainerStatuses();
        if (others.isEmpty()) {
            return apps;
        }
        List<ContainerStatus> all = new ArrayList<>(apps);
        all.addAll(others);
        return all;
    }

    private static @Nullable ContainerStatus named(List<ContainerStatus> statuses, String name) {
        for (ContainerStatus status : statuses) {
            if (status.getName().equals(name)) {
                return status;
            }
        }
        return null;
    }

    private static String phase(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getPhase(), "Pending");
    }

    private static boolean ended(Pod pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    static String index(Pod pod) {
        @Nullable Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(INDEX, "");
    }

    /// Uid of the controller; empty for none.
    static String owner(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        for (OwnerReference owner : meta.getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
                return owner.getUid();
            }
        }
        return "";
    }
}
