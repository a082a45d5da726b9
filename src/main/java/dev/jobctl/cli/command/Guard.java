package dev.jobctl.cli.command;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a blocked read when the caller goes or a time limit passes, by closing the stream from another thread.
public final class Guard implements AutoCloseable {
    private final CompletableFuture<Void> limit = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled;
    private volatile boolean open = true;
    private volatile boolean timedOut;
    private CompletableFuture<Void> watching = CompletableFuture.completedFuture(null);

    private Guard(CompletableFuture<Void> cancelled) {
        this.cancelled = cancelled;
    }

    /// `within` null: no limit. `close` must be safe from any thread and may run more than once.
    public static Guard over(Session session, @Nullable Duration within, Runnable close) {
        Guard guard = new Guard(session.terminal().cancelled());
        if (within != null) {
            guard.limit.completeOnTimeout(null, Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS);
        }
        guard.watching = CompletableFuture.allOf(
                guard.limit.thenRun(() -> guard.expire(close)), guard.cancelled.thenRun(() -> guard.run(close)));
        return guard;
    }

    private void expire(Runnable close) {
        if (open) {
            timedOut = true;
            run(close);
        }
    }

    private void run(Runnable close) {
        if (open) {
            close.run();
        }
    }

    /// Whether the limit has passed while this was open.
    public boolean timedOut() {
        return timedOut;
    }

    @Override
    public void close() {
        open = false;
        limit.cancel(false);
        watching.cancel(false);
    }
}
