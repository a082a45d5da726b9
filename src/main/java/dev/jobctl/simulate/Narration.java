package dev.jobctl.simulate;

import dev.jobctl.loop.Loop;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries what happens in a world to its observer, who makes lines of it on a thread of its own while the world goes
/// on. Nothing comes back before the end, so that lines depend on what was told and its order alone. A world that is
/// far ahead waits. Called by the world's thread.
final class Narration implements Loop.Listener, AutoCloseable {
    /// A world that is so many tidings ahead waits: each may hold a thousand changes.
    private static final int AHEAD = 256;

    private final Observer observer;
    private final Supplier<Instant> clock;
    private final BlockingQueue<Tidings> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    /// Why the observer gave up.
    private volatile @Nullable Throwable failure;

    /// @param last nothing comes after it
    private record Tidings(Instant at, Consumer<Observer> tell, boolean last) {}

    /// The observer is this one's until [#end].
    Narration(Observer observer, Supplier<Instant> clock) {
        this.observer = observer;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("narration").start(this::narrate);
    }

    private void narrate() {
        try {
            boolean last = false;
            while (!last) {
                Tidings next = queue.take();
                last = next.last();
                if (failure == null) {
                    told(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Goes on taking tidings after a failure, so that the world never waits for room in vain.
    private void told(Tidings tidings) {
        try {
            observer.at(tidings.at());
            tidings.tell().accept(observer);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    @Override
    public void published(List<Change<ObjectVersion>> changes) {
        tell(hearer -> hearer.published(changes));
    }

    void say(Kind kind, String subject, String text) {
        tell(hearer -> hearer.say(kind, subject, text));
    }

    /// Told once the round under way is published.
    void reason(Kind kind, String subject, String text) {
        tell(hearer -> hearer.reason(kind, subject, text));
    }

    private void tell(Consumer<Observer> what) {
        put(what, false);
    }

    /// A listener may not throw: who is interrupted here is told so by [#checkHeard].
    private void put(Consumer<Observer> tell, boolean last) {
        try {
            Tidings tidings = new Tidings(clock.get(), tell, last);
            while (!queue.offer(tidings, 1, TimeUnit.SECONDS)) {
                if (!thread.isAlive()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new IllegalStateException("interrupted", e);
        }
    }

    /// The observer gave up: so does the world. A listener may not throw, so the world asks between its steps.
    void checkHeard() {
        @Nullable Throwable cause = failure;
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
    }

    /// Waits until all is told; the observer is the caller's then, its clock at this moment.
    Observer end() {
        put(_ -> {}, true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        checkHeard();
        return observer;
    }

    /// Whether nobody narrates any more; waits that long for it.
    boolean ends(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    /// Whatever was not told yet is lost.
    @Override
    public void close() {
        thread.interrupt();
    }
}
