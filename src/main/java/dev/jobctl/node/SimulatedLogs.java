package dev.jobctl.node;

import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.logs.LogQuery;
import dev.jobctl.node.logs.LogSink;
import dev.jobctl.node.simulated.Act;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.node.simulated.ContainerId;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The logs of simulated pods. They are written nowhere: what a run logs follows from its number, which stands in the
/// pod's status, and its time is that of the run's start. Safe from any thread.
public final class SimulatedLogs {
    /// How late a follower notices an end.
    private static final long LOOK_MILLIS = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z' ").withZone(ZoneOffset.UTC);

    private final RuntimeChoice choice;
    private final String nodeName;
    private final Function<ObjectRef, Optional<Pod>> stored;

    SimulatedLogs(RuntimeChoice choice, String nodeName, Function<ObjectRef, Optional<Pod>> stored) {
        this.choice = choice;
        this.nodeName = nodeName;
        this.stored = stored;
    }

    /// Whether the pod is simulated, so that its log is here.
    public boolean has(ObjectRef pod) {
        return stored.apply(pod).filter(choice::simulates).isPresent();
    }

    /// As [dev.jobctl.node.logs.PodLogFiles#write].
    public void write(ObjectRef ref, String container, LogQuery query, LogSink sink)
            throws IOException, InterruptedException {
        Optional<ContainerStatus> status = status(ref, container);
        Optional<ContainerId> id = status.flatMap(found -> id(found, query.previous()));
        if (status.isEmpty() || id.isEmpty()) {
            throw new FileNotFoundException(
                    "no %slog of container %s".formatted(query.previous() ? "previous " : "", container));
        }
        List<String> lines = lines(ref, container, id.get().attempt(), id.get().run());
        send(lines, started(status.get(), query.previous()), query, sink);
        if (query.follow() && !query.previous()) {
            awaitEnd(ref, container, id.get(), sink);
        }
    }

    /// Of a container that waits to start, the last run is the newest, too.
    private static Optional<ContainerId> id(ContainerStatus status, boolean previous) {
        @Nullable ContainerState last = status.getLastState();
        @Nullable ContainerStateTerminated end = last == null ? null : last.getTerminated();
        Optional<ContainerId> ended = end == null ? Optional.empty() : ContainerId.parse(end.getContainerID());
        return previous ? ended : ContainerId.of(status).or(() -> ended);
    }

    private List<String> lines(ObjectRef ref, String container, int attempt, int run) {
        Optional<Pod> pod = stored.apply(ref);
        if (pod.isEmpty()) {
            return List.of();
        }
        for (PodPlan.Member member : PodPlan.of(pod.get()).containers()) {
            if (member.name().equals(container)) {
                var start = new Behaviour.Start(pod.get(), member, attempt, nodeName);
                return SimulatedPods.rules().again(start, run) instanceof Act.Run act ? act.lines() : List.of();
            }
        }
        return List.of();
    }

    private static void send(List<String> lines, Instant at, LogQuery query, LogSink sink)
            throws IOException, InterruptedException {
        @Nullable Instant since = query.since();
        if (since != null && at.isBefore(since)) {
            return;
        }
        @Nullable Long tail = query.tailLines();
        int skipped = tail == null ? 0 : (int) Math.max(0, lines.size() - tail);
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(skipped, lines.size())) {
            text.append(query.timestamps() ? TIME.format(at) : "").append(line).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        @Nullable Long limit = query.limitBytes();
        byte[] cut = limit == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit.intValue());
        if (cut.length > 0) {
            sink.send(cut);
        }
    }

    /// Whole seconds, as the status has it.
    private static Instant started(ContainerStatus status, boolean previous) {
        @Nullable ContainerState state = previous ? status.getLastState() : status.getState();
        if (state != null && state.getRunning() != null) {
            return Instant.parse(state.getRunning().getStartedAt());
        }
        @Nullable ContainerStateTerminated end = state == null ? null : state.getTerminated();
        if (end == null && status.getLastState() != null) {
            end = status.getLastState().getTerminated();
        }
        return end == null || end.getStartedAt() == null ? Instant.EPOCH : Instant.parse(end.getStartedAt());
    }

    private void awaitEnd(ObjectRef ref, String container, ContainerId id, LogSink sink) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        sink.onClose(closed::countDown);
        while (runs(ref, container, id) && !sink.closed()) {
            if (closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private boolean runs(ObjectRef ref, String container, ContainerId id) {
        return status(ref, container)
                .filter(now -> id.toString().equals(now.getContainerID()))
                .filter(now -> now.getState() != null && now.getState().getRunning() != null)
                .isPresent();
    }

    private Optional<ContainerStatus> status(ObjectRef ref, String container) {
        return stored.apply(ref)
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> ContainerId.status(pod.getStatus(), container));
    }
}
