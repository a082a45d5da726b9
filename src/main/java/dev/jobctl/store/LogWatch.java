package dev.jobctl.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A cursor in its group's changes. One thread at a time calls `next`; it sleeps on a semaphore of its own, so that
/// waking one reader costs one permit and disturbs nobody else.
final class LogWatch<V> implements Watch<V> {
    private final ChangeLog<V> log;
    private final WatchGroup<V> group;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean ended;
    private long cursor;

    LogWatch(ChangeLog<V> log, WatchGroup<V> group, long afterRevision) {
        this.log = log;
        this.group = group;
        cursor = afterRevision;
    }

    @Override
    public Batch<V> next(Duration patience) throws InterruptedException {
        long nanos = Math.max(0, patience.toNanos());
        while (true) {
            bell.drainPermits();
            if (ended) {
                return new Ended<>();
            }
            // The head first: every change up to it is in the view that is read after it.
            long head = log.head();
            WatchGroup.View view = group.view();
            if (cursor < view.droppedRevision()) {
                return new Fell<>();
            }
            List<Change<V>> found = view.after(cursor);
            if (!found.isEmpty()) {
                cursor = Math.max(head, found.getLast().revision());
                return new Changes<>(found, cursor);
            }
            cursor = Math.max(cursor, head);
            if (!bell.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                return new Changes<>(List.of(), cursor);
            }
        }
    }

    @Override
    public void close() {
        end();
        log.leave(group, this);
    }

    void wake() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    void end() {
        ended = true;
        bell.release();
    }
}
