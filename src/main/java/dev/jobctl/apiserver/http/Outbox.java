package dev.jobctl.apiserver.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Small tasks for one event loop, in order, from any thread. A thousand watchers are told of a change by a thousand of
/// them: they go there as one task rather than each by itself.
final class Outbox implements Executor {
    /// After so many others have their turn.
    private static final int TURN = 64;

    private final Executor loop;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();

    Outbox(Executor loop) {
        this.loop = loop;
    }

    /// Bounded by those who come: each sink has at most 256 KiB under way.
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        call();
    }

    private void call() {
        if (called.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    private void run() {
        called.set(false);
        try {
            for (int i = 0; i < TURN; i++) {
                @Nullable Runnable task = tasks.poll();
                if (task == null) {
                    return;
                }
                task.run();
            }
        } finally { // also when one of them has thrown
            if (!tasks.isEmpty()) {
                call();
            }
        }
    }
}
