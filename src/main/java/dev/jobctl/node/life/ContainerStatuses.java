package dev.jobctl.node.life;

import dev.jobctl.node.life.ContainerLife.BackingOff;
import dev.jobctl.node.life.ContainerLife.Ended;
import dev.jobctl.node.life.ContainerLife.Running;
import dev.jobctl.node.life.ContainerLife.Starting;
import dev.jobctl.node.life.ContainerLife.Waiting;
import dev.jobctl.node.runtime.ContainerEnd;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `initContainerStatuses` and `containerStatuses`.
final class ContainerStatuses {
    /// Of all termination messages of a pod together, in bytes: each container has an equal part.
    private static final int MESSAGES_MAX = 12 << 10;

    /// A character takes no more in UTF-8.
    private static final int BYTES_PER_CHAR = 3;

    private ContainerStatuses() {}

    static List<ContainerStatus> of(PodLife life, boolean apps, AlikeParts parts) {
        List<ContainerStatus> all = new ArrayList<>(life.containers().size());
        for (ContainerLife container : life.containers()) {
            if ((container.member().role() == ContainerRole.APP) == apps) {
                all.add(status(life, container, parts));
            }
        }
        return all;
    }

    static boolean ready(ContainerLife container) {
        return switch (container.member().role()) {
            case INIT -> container.completed();
            case SIDECAR, APP ->
                container.state() instanceof Running && container.health().ready();
        };
    }

    private static ContainerStatus status(PodLife life, ContainerLife container, AlikeParts parts) {
        @Nullable
        Ended last = container.state() instanceof BackingOff(String id, ContainerEnd end, Duration _, Instant _)
                        && !life.ended()
                ? new Ended(id, end)
                : container.last();
        // Without the builder: a status is made at every step of every pod.
        ContainerStatus status = new ContainerStatus();
        status.setName(container.member().name());
        status.setImage(container.member().image());
        status.setImageID("");
        status.setContainerID(id(container));
        status.setRestartCount(container.attempt());
        status.setReady(ready(container));
        status.setStarted(container.started());
        status.setState(state(life, container, parts));
        status.setLastState(last == null ? parts.none() : terminated(life, last.id(), last.end(), parts));
        return status;
    }

    private static @Nullable String id(ContainerLife container) {
        String id = switch (container.state()) {
            case Waiting(String _, String _, Instant _, int _) -> "";
            case Starting(int _) -> "";
            case Running(String running, Instant _, ContainerLife.Stopping _) ->
                container.postStarting() ? "" : running;
            case Ended(String ended, ContainerEnd _) -> ended;
            case BackingOff(String ended, ContainerEnd _, Duration _, Instant _) -> ended;
        };
        return id.isEmpty() ? null : id;
    }

    private static ContainerState state(PodLife life, ContainerLife container, AlikeParts parts) {
        return switch (container.state()) {
            case Waiting(String reason, String message, Instant _, int _) -> {
                if (missed(life, container)) {
                    yield unlocated(life);
                }
                yield reason.isEmpty() ? unstarted(life) : waiting(reason, message);
            }
            case Starting(int _) -> unstarted(life);
            case Running(String _, Instant startedAt, ContainerLife.Stopping _) ->
                container.postStarting() ? unstarted(life) : parts.running(startedAt);
            case Ended(String id, ContainerEnd end) -> terminated(life, id, end, parts);
            case BackingOff(String id, ContainerEnd end, Duration delay, Instant _) ->
                life.ended()
                        ? terminated(life, id, end, parts)
                        : waiting("CrashLoopBackOff", backOffMessage(life, container, delay));
        };
    }

    /// The pod has ended, and this container's turn had come.
    private static boolean missed(PodLife life, ContainerLife container) {
        return life.ended()
                && (container.member().role() == ContainerRole.APP
                        ? life.initialized()
                        : life.reached(container.member()));
    }

    /// As the kubelet ends the status of what it does not find: without times, for it never ran.
    private static ContainerState unlocated(PodLife life) {
        return terminated(ended(life, "", ContainerEnd.unknown(life.startTime(), life.startTime())));
    }

    private static ContainerState unstarted(PodLife life) {
        boolean staged = life.containers().stream().anyMatch(c -> c.member().role() != ContainerRole.APP);
        return waiting(staged ? "PodInitializing" : "ContainerCreating", "");
    }

    private static String backOffMessage(PodLife life, ContainerLife container, Duration delay) {
        return "back-off %s restarting failed container=%s pod=%s"
                .formatted(
                        goDuration(delay),
                        container.member().name(),
                        PodEvents.podName(life.plan().pod()));
    }

    /// As Go prints it: `10s`, `1m20s`, `5m0s`.
    static String goDuration(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + "s"
                : duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
    }

    private static ContainerState waiting(String reason, String message) {
        ContainerState state = new ContainerState();
        state.setWaiting(new ContainerStateWaiting(message.isEmpty() ? null : message, reason));
        return state;
    }

    private static ContainerState terminated(PodLife life, String id, ContainerEnd end, AlikeParts parts) {
        ContainerStateTerminated terminated = ended(life, id, end);
        terminated.setStartedAt(parts.stamp(end.startedAt()));
        terminated.setFinishedAt(parts.stamp(end.finishedAt()));
        return terminated(terminated);
    }

    private static ContainerState terminated(ContainerStateTerminated terminated) {
        ContainerState state = new ContainerState();
        state.setTerminated(terminated);
        return state;
    }

    private static ContainerStateTerminated ended(PodLife life, String id, ContainerEnd end) {
        ContainerStateTerminated terminated = new ContainerStateTerminated();
        terminated.setExitCode(end.exitCode());
        terminated.setReason(end.reason());
        terminated.setMessage(
                end.message().isEmpty()
                        ? null
                        : head(end.message(), MESSAGES_MAX / life.containers().size()));
        terminated.setContainerID(id.isEmpty() ? null : id);
        return terminated;
    }

    private static String head(String text, int max) {
        if (text.length() <= max / BYTES_PER_CHAR) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= max ? text : new String(bytes, 0, max, StandardCharsets.UTF_8);
    }
}
