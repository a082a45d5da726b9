package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The logs of the pods in one home, straight from their files: they can be read while the node starts, stops or is
/// replaced, and as long as the pod's directory is there. Safe from any thread.
public final class PodLogFiles {
    /// How late a follower may see new output. A look costs one system call.
    private static final long LOOK_MILLIS = 20;

    private final Path podsHome;
    private final Endings endings;
    private final Statuses statuses;

    public PodLogFiles(Path podsHome, Endings endings, Statuses statuses) {
        this.podsHome = podsHome;
        this.endings = endings;
        this.statuses = statuses;
    }

    /// For pods of which nothing is left but files.
    public PodLogFiles(Path podsHome, Endings endings) {
        this(podsHome, endings, (pod, container) -> Optional.empty());
    }

    /// Whether an attempt has ended, so that its log will not grow.
    public interface Endings {
        boolean ended(ObjectRef pod, AttemptFiles attempt);
    }

    /// What a pod's status says of one container; empty when there is none.
    public interface Statuses {
        Optional<ContainerStatus> of(ObjectRef pod, String container);
    }

    /// Writes the wanted part of the newest attempt's log, or the previous one's. Returns when it is written; with
    /// `follow` when the container has ended and all is written, or the sink is closed. Throws
    /// [FileNotFoundException] when there is no such log.
    public void write(ObjectRef pod, String container, LogQuery query, LogSink sink)
            throws IOException, InterruptedException {
        PodDirectory directory = PodDirectory.of(podsHome, pod);
        int newest = directory.newestAttempt(container).orElse(-1);
        int attempt = query.previous()
                ? statuses.of(pod, container).map(PodLogFiles::previous).orElse(newest - 1)
                : newest;
        if (attempt < 0) {
            throw new FileNotFoundException(
                    "no %slog of container %s".formatted(query.previous() ? "previous " : "", container));
        }
        write(pod, directory.attempt(container, attempt), query, sink);
    }

    /// The attempt of the last state. While a container backs off, that is the newest.
    private static int previous(ContainerStatus status) {
        int restarts = Objects.requireNonNullElse(status.getRestartCount(), 0);
        @Nullable ContainerState state = status.getState();
        boolean newest = state != null
                && state.getWaiting() != null
                && "CrashLoopBackOff".equals(state.getWaiting().getReason());
        return newest ? restarts : restarts - 1;
    }

    /// The same of a given attempt; `previous` does not count.
    public void write(ObjectRef pod, AttemptFiles attempt, LogQuery query, LogSink sink)
            throws IOException, InterruptedException {
        var closed = new CountDownLatch(1);
        sink.onClose(closed::countDown);
        try (var file = new LogFile(attempt.log())) {
            var out = new LogWriter(sink, attempt, query.timestamps(), query.limitBytes());
            long offset = start(file, attempt, query);
            boolean last = false;
            while (!last && !sink.closed()) {
                last = !query.follow() || endings.ended(pod, attempt);
                offset = copy(file, attempt, offset, out, sink);
                last |= out.full() || (!last && closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException("no log of attempt " + attempt.attempt());
        }
    }

    private static long start(LogFile file, AttemptFiles attempt, LogQuery query) throws IOException {
        long length = file.length();
        long first = LogTrim.start(attempt);
        @Nullable Long lines = query.tailLines();
        long offset = lines == null ? first : file.tail(lines, first, length);
        if (query.since() == null) {
            return offset;
        }
        long since = LineTimes.of(attempt).from(query.since(), length);
        return Math.max(offset, file.lineStart(since, length));
    }

    private static long copy(LogFile file, AttemptFiles attempt, long from, LogWriter out, LogSink sink)
            throws IOException, InterruptedException {
        long offset = from;
        byte[] piece = file.read(offset);
        while (piece.length > 0 && !out.full() && !sink.closed()) {
            long first = Math.max(LogTrim.start(attempt), file.data(offset, piece));
            if (first > offset) {
                offset = first; // what was read is a hole, or may be one by now
            } else {
                out.write(offset, piece);
                offset += piece.length;
            }
            piece = file.read(offset);
        }
        return offset;
    }
}
