package dev.jobctl.node.process;

import dev.jobctl.node.logs.LogClock;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Waits for ends: a virtual thread per running container. A child is waited for by the JVM; an adopted supervisor is
/// nobody's child, so its record is watched (inotify), with a slow look at the process in case it was killed.
final class ExitWatch implements AutoCloseable {
    /// How long the death of a supervisor that recorded nothing may go unseen.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Where file watching itself polls, as on macOS, this is quicker.
    private static final Duration LOOK_UNWATCHED = Duration.ofMillis(50);

    /// So often the record of a supervisor that is gone is looked for where it cannot be read.
    private static final int LOOKS_MAX = 60;

    /// A container that runs longer gets its log watched.
    private static final Duration SHORT = Duration.ofMillis(300);

    private final LogClock clock;
    private final Log log;
    private final Map<Path, Semaphore> adopted = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private @Nullable WatchService watch;
    private volatile boolean closed;

    ExitWatch(LogClock clock, Log log) {
        this.clock = clock;
        this.log = log;
    }

    void child(Process process, Attempt attempt, Consumer<ContainerEnd> ended) {
        Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(SHORT.toMillis(), TimeUnit.MILLISECONDS)) {
                    clock.watch(attempt.files());
                }
                int code = process.waitFor();
                clock.forget(attempt.files());
                Optional<RunFile> run = attempt.run();
                Optional<Attempt> other = attempt.takenByAnother(run);
                if (other.isPresent()) {
                    adopted(other.get(), ended);
                } else if (!closed) {
                    ended.accept(settled(attempt, () -> attempt.settle(code, run)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// The same for a container whose supervisor the forker waits for. When the forker is gone, it is an adopted one.
    void forked(Forker.Birth birth, Attempt attempt, Consumer<ContainerEnd> ended) {
        Thread.ofVirtual().start(() -> {
            try {
                int code = code(birth.ended(), attempt);
                clock.forget(attempt.files());
                if (!closed) {
                    ContainerEnd end = settled(attempt, () -> attempt.settle(code, attempt.run()));
                    attempt.tenure().end();
                    birth.free();
                    ended.accept(end);
                }
            } catch (ExecutionException e) {
                if (!closed) {
                    adopted(attempt, ended);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private int code(CompletableFuture<Integer> ended, Attempt attempt)
            throws ExecutionException, InterruptedException {
        try {
            return ended.get(SHORT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            clock.watch(attempt.files());
            return ended.get();
        }
    }

    void adopted(Attempt attempt, Consumer<ContainerEnd> ended) {
        Path directory = attempt.files().directory();
        Semaphore changed = adopted.computeIfAbsent(directory, key -> new Semaphore(0));
        boolean watched = register(directory);
        Duration look = watched ? LOOK : LOOK_UNWATCHED;
        clock.watch(attempt.files());
        Thread.ofVirtual().start(() -> {
            try {
                Optional<RunFile> recorded = await(attempt, changed, look);
                adopted.remove(directory, changed);
                clock.forget(attempt.files());
                if (!closed) {
                    ended.accept(settled(attempt, () -> attempt.settle(recorded)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// The edge of a container: a bug here must not keep its pod running for ever.
    private ContainerEnd settled(Attempt attempt, Supplier<ContainerEnd> end) {
        try {
            return end.get();
        } catch (RuntimeException | LinkageError e) {
            log.error("container end", e, "log", attempt.files().log());
            return attempt.lost();
        }
    }

    /// The recorded end; empty when nobody recorded one. A record that cannot be read, as for want of descriptors, may
    /// be there.
    private Optional<RunFile> await(Attempt attempt, Semaphore changed, Duration look) throws InterruptedException {
        int looks = 0;
        while (!closed && looks < LOOKS_MAX) {
            boolean gone = attempt.family().orphaned(); // asked first: by then it has recorded what it ever will
            try {
                Optional<RunFile> recorded = attempt.recorded();
                if (gone || recorded.isPresent()) {
                    return recorded;
                }
            } catch (IOException e) {
                looks += gone ? 1 : 0;
            }
            if (changed.tryAcquire(look.toMillis(), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        }
        return Optional.empty();
    }

    private boolean register(Path directory) {
        synchronized (lock) {
            try {
                if (watch == null) {
                    watch = FileSystems.getDefault().newWatchService();
                    WatchService started = watch;
                    Thread.ofVirtual().start(() -> pass(started));
                }
                directory.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
                return ProcessTable.available();
            } catch (IOException | ClosedWatchServiceException e) {
                log.warning("watching for ends", "directory", directory, "failure", e);
                return false;
            }
        }
    }

    private void pass(WatchService watch) {
        try {
            while (true) {
                WatchKey key = watch.take();
                key.pollEvents();
                Semaphore changed = key.watchable() instanceof Path directory ? adopted.get(directory) : null;
                if (changed == null) {
                    key.cancel();
                } else {
                    changed.release();
                    key.reset();
                }
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("watching for ends is over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.close();
        adopted.values().forEach(Semaphore::release);
        synchronized (lock) {
            if (watch != null) {
                try {
                    watch.close();
                } catch (IOException e) {
                    log.warning("closing the watch", "failure", e);
                }
            }
        }
    }
}
