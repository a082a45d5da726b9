package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notes when the logs of running containers grow, from the operating system's own notice (inotify); no cost while
/// nothing is written. A container is given to it once it has run for a moment: most are over before. Safe from any
/// thread. A log that cannot be watched keeps the time of its file.
public final class LogClock implements AutoCloseable {
    /// Looks at most this often at logs that grow all the time; so exact are the times of lines.
    private static final long BREATH_MILLIS = 20;

    private final LogTrim trim;
    private final Log log;
    private final Map<Path, Watched> watched = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable WatchService service;

    /// Logs that get too long are cut by `trim`.
    public LogClock(LogTrim trim, Log log) {
        this.trim = trim;
        this.log = log;
    }

    private static final class Watched {
        private final AttemptFiles files;
        private final WatchKey key;
        private Instant at = Instant.EPOCH;
        private long length;
        private long start;
        /// The length from which the log is worth a cut again, after one that failed.
        private long cutFrom;

        Watched(AttemptFiles files, WatchKey key) throws IOException {
            this.files = files;
            this.key = key;
            start = LogTrim.start(files);
            if (!LineTimes.of(files).seen().isEmpty()) {
                LineTimes.Seen last = LineTimes.of(files).seen().getLast();
                at = last.at();
                length = last.length();
            }
        }
    }

    /// The container runs; what it has written until now was written now at the latest.
    public void watch(AttemptFiles files) {
        synchronized (lock) {
            if (closed.getCount() == 0) {
                return;
            }
            try {
                if (service == null) {
                    WatchService started = FileSystems.getDefault().newWatchService();
                    service = started;
                    Thread.ofVirtual().start(() -> run(started));
                }
                WatchKey key = files.directory().register(service, StandardWatchEventKinds.ENTRY_MODIFY);
                Watched one = new Watched(files, key);
                watched.put(files.directory(), one);
                note(one);
            } catch (IOException | ClosedWatchServiceException e) {
                log.debug("a log is not watched", "directory", files.directory(), "failure", e);
            }
        }
    }

    /// The container has ended. Nothing happens when it was not watched.
    public void forget(AttemptFiles files) {
        Watched one = watched.get(files.directory());
        if (one != null && one.files.equals(files) && watched.remove(files.directory(), one)) {
            one.key.cancel();
        }
    }

    private void run(WatchService started) {
        try {
            while (!closed.await(BREATH_MILLIS, TimeUnit.MILLISECONDS)) {
                WatchKey key = started.take();
                while (key != null) {
                    key.pollEvents();
                    Watched one = key.watchable() instanceof Path directory ? watched.get(directory) : null;
                    if (one != null) {
                        note(one);
                        key.reset();
                    }
                    key = started.poll();
                }
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("the watch on logs is over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The file knows best when it was written: one look tells how far, and when.
    private void note(Watched one) {
        synchronized (one) {
            try {
                var file = Files.readAttributes(one.files.log(), BasicFileAttributes.class);
                if (file.size() > one.length) {
                    one.length = file.size();
                    one.at = latest(one.at, file.lastModifiedTime().toInstant());
                    LineTimes.append(one.files, new LineTimes.Seen(one.at, one.length));
                    cut(one);
                }
            } catch (IOException e) {
                log.debug("a log's time is not noted", "log", one.files.log(), "failure", e);
            }
        }
    }

    /// A cut costs a process, so one that failed is tried again only when the log has grown by much.
    private void cut(Watched one) {
        if (one.length < one.cutFrom) {
            return;
        }
        try {
            one.start = trim.look(one.files, one.start, one.length);
        } catch (IOException e) {
            one.cutFrom = one.length + trim.spare();
            if (Files.exists(one.files.log())) {
                log.warning("a log is not cut now", "log", one.files.log(), "cause", e.getMessage());
            }
        }
    }

    /// Times never go back, though the wall clock may.
    private static Instant latest(Instant before, Instant now) {
        return now.isBefore(before) ? before : now;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed.countDown();
            if (service != null) {
                try {
                    service.close();
                } catch (IOException e) {
                    log.warning("closing the watch on logs", "failure", e);
                }
            }
        }
    }
}
