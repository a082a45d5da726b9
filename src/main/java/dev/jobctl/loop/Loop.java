package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Backoff;
import dev.jobctl.std.Check;
import dev.jobctl.std.ClockChanges;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Store;
import dev.jobctl.store.StoreError;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one writer of a control plane. Each [#step] is one round: take the writes that wait, carry them out, let the
/// controllers decide until nobody wants anything, commit all of it at once, and only then tell anybody.
///
/// `submit`, `listen`, `store` and `close` may be called from any thread; everything else belongs to the one thread
/// that steps.
///
/// When a commit fails, or a bug stops the round before it, the callers of that round get the error, the state and the
/// indexes are as before, nothing was published, and the controllers that were asked are asked again after a back-off.
public final class Loop implements AutoCloseable {
    private final Store<ObjectVersion> store;
    private final Time time;
    private final ClockChanges clock;
    private final Log log;

    private final BlockingQueue<Request> inbox;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Runnable alarm = () -> {};
    private volatile boolean closed;

    private final Indexes indexes = new Indexes();
    private final EventRecorder events;
    private final Writes writes;
    private final Shell shell;
    private final EventExpiry expiry;
    private final Backoff retry;
    /// In a row.
    private int failedRounds;
    /// Of the last round.
    private List<Change<ObjectVersion>> unsettled = List.of();

    /// Told after each round that changed something, on the loop's thread, after the callers' futures and the watches.
    /// Must return at once and not throw.
    @FunctionalInterface
    public interface Listener {
        /// `changes` in order of revision.
        void published(List<Change<ObjectVersion>> changes);

        /// Before the commit, which takes a while: for what can be made ready meanwhile, with no effect that anybody
        /// sees. Then comes [#stored] or [#dropped].
        default void drafted(List<Change<ObjectVersion>> changes) {}

        /// What was drafted is on disk; [#published] follows, and much else that takes its time.
        default void stored() {}

        /// What was drafted is not stored and never will be.
        default void dropped() {}
    }

    private record Request(List<Write> writes, CompletableFuture<Outcome> answer) {}

    /// What came of one write, to be told when it is durable.
    private record Answer(
            Request request,
            @Nullable Outcome outcome,
            @Nullable Throwable bug) {
        void tell() {
            if (outcome != null) {
                request.answer.complete(outcome);
            } else if (bug != null) {
                request.answer.completeExceptionally(bug);
            }
        }
    }

    /// Goes on from what the store holds: every stored object is shown to the controllers in the first step.
    public Loop(Store<ObjectVersion> store, Time time, Luck luck, Log log, LoopOptions options) {
        this.store = store;
        this.time = time;
        clock = new ClockChanges(time);
        this.log = log.named("loop");
        inbox = new LinkedBlockingQueue<>(options.waitingWrites());
        events = new EventRecorder(luck, options);
        writes = new Writes(events);
        shell = new Shell(options, new DecisionWriter(events, luck), this.log);
        expiry = new EventExpiry(options.eventTtl());
        retry = options.retry();
        recover();
    }

    private void recover() {
        List<Change<ObjectVersion>> all = new ArrayList<>();
        for (Entry<ObjectVersion> entry : store.current().prefixed("")) {
            all.add(new Change<>(entry.key(), entry.revision(), null, entry));
        }
        all.forEach(indexes::follow);
        shell.follow(all, new WorkingState(store.current(), indexes));
        expiry.follow(all);
        settle(all);
    }

    /// Of Events, which are many, only the JSON stays; of what has a newer version and of pods that are done with, only
    /// the object. A round later, since those who watch ask for the JSON of what is new.
    private static void settle(List<Change<ObjectVersion>> changes) {
        for (Change<ObjectVersion> change : changes) {
            @Nullable Entry<ObjectVersion> previous = change.previous();
            if (previous != null) {
                previous.value().age();
            }
            @Nullable Entry<ObjectVersion> current = change.current();
            if (current == null) {
                continue;
            }
            if (Views.is(current.value(), Kinds.EVENT)) {
                current.value().rest();
            } else if (Views.is(current.value(), Kinds.POD)
                    && Pods.done((Pod) current.value().object())) {
                current.value().age();
            }
        }
    }

    /// What is published; read and watch it from any thread.
    public Store<ObjectVersion> store() {
        return store;
    }

    /// Hands a write over. The future completes once the outcome is durable and published; exceptionally with
    /// [dev.jobctl.store.StoreError] when it could not be stored, [Overloaded] when too many wait, [LoopClosed].
    /// It completes on the loop's thread: what depends on it must be quick or go elsewhere.
    public CompletableFuture<Outcome> submit(Write write) {
        return submit(List.of(write));
    }

    /// The same for some writes at once, carried out in one round, in this order: for who has thousands of them. Gives
    /// the outcome of the last. They count as one towards the budget of a step.
    public CompletableFuture<Outcome> submit(List<Write> some) {
        Check.that(!some.isEmpty(), "no write");
        Request request = new Request(some, new CompletableFuture<>());
        if (closed) {
            request.answer.completeExceptionally(new LoopClosed());
        } else if (!inbox.offer(request)) {
            request.answer.completeExceptionally(new Overloaded(inbox.size()));
        } else {
            alarm.run();
            if (closed) {
                refuseWaiting();
            }
        }
        return request.answer;
    }

    /// Until the returned handle is closed.
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// How many writes wait.
    public int waiting() {
        return inbox.size();
    }

    /// `alarm` is run whenever a write arrives, on its sender's thread.
    void wakeBy(Runnable wake) {
        alarm = wake;
    }

    /// One round, without waiting for anything but the store: at most `budget` writes and `budget` decisions.
    /// True when there is more to do at once.
    public boolean step(int budget) {
        Instant now = time.now();
        Duration set = clock.until(now);
        if (set.isNegative()) {
            shell.clockSetBack(set);
        }
        indexes.begin(now);
        WorkingState state = new WorkingState(store.current(), indexes);
        List<Answer> answers = new ArrayList<>();
        try {
            draft(budget, state, answers, now);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // The edge of a round: a bug must not end the one writer.
            log.error("round failed", e, "writes", answers.size());
            giveUp(state, answers, e, now);
            return !inbox.isEmpty();
        }
        finish(state, answers, now);
        return !shell.isQuiet() || !inbox.isEmpty();
    }

    private void draft(int budget, WorkingState state, List<Answer> answers, Instant now) {
        shell.begin(now);
        for (int i = 0; i < budget; i++) {
            @Nullable Request request = inbox.poll();
            if (request == null) {
                break;
            }
            answers.add(answer(request, state, now));
        }
        expiry.expire(budget, state, now);
        shell.follow(state.draft().changes(), state);
        shell.askUntilQuiet(budget, state, now);
    }

    /// That of the last write, or the first bug.
    private Answer answer(Request request, WorkingState state, Instant now) {
        Answer answer = carryOut(request, request.writes.getFirst(), state, now);
        for (Write write : request.writes.subList(1, request.writes.size())) {
            Answer next = carryOut(request, write, state, now);
            answer = answer.bug == null ? next : answer;
        }
        return answer;
    }

    private Answer carryOut(Request request, Write write, WorkingState state, Instant now) {
        try {
            return new Answer(request, writes.carryOut(write, state, now), null);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A bug met by one write must not stop the others.
            log.error("write failed", e, "write", write.getClass().getSimpleName());
            return new Answer(request, null, e);
        }
    }

    private void finish(WorkingState state, List<Answer> answers, Instant now) {
        expiry.follow(events.lastUnkept());
        if (state.draft().size() == 0) {
            answers.forEach(Answer::tell);
            return;
        }
        List<Change<ObjectVersion>> changes = state.draft().changes();
        tell(listener -> listener.drafted(changes));
        try {
            store.commit(state.draft(), () -> {
                tell(Listener::stored);
                answers.forEach(Answer::tell);
            });
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Disk full and the like: go on as if the round had not been.
            tell(Listener::dropped);
            complain(e, changes.size());
            giveUp(state, answers, e, now);
            return;
        }
        failedRounds = 0;
        expiry.follow(changes);
        tell(listener -> listener.published(changes));
        settle(unsettled);
        unsettled = changes;
    }

    private void tell(Consumer<Listener> news) {
        for (Listener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                // What is durable stays so, whatever a listener makes of it.
                log.error("listener failed", e);
            }
        }
    }

    /// Everything but the writes themselves is as before the round.
    private void giveUp(WorkingState state, List<Answer> answers, Throwable e, Instant now) {
        failedRounds++;
        state.undo();
        expiry.undo(state.draft().changes(), now.plus(retry.after(failedRounds)));
        shell.retryRound(failedRounds, now);
        answers.forEach(answer -> answer.request.answer.completeExceptionally(e));
    }

    /// Logs a bug that escaped [#step].
    void complain(Throwable e) {
        log.error("loop failed", e);
    }

    private void complain(Throwable e, int changes) {
        if (e instanceof StoreError) {
            log.warning("commit failed", "changes", changes, "failures", failedRounds + 1, "because", e.getMessage());
        } else {
            log.error("commit failed", e, "changes", changes, "failures", failedRounds + 1);
        }
    }

    /// When to step again although no write has arrived.
    public Optional<Instant> nextWake() {
        Optional<Instant> asked = shell.nextWake();
        Optional<Instant> expires = expiry.nextWake();
        boolean first =
                asked.isPresent() && (expires.isEmpty() || !expires.get().isBefore(asked.get()));
        return first ? asked : expires;
    }

    public Time time() {
        return time;
    }

    /// Refuses the writes that still wait, and all later ones. The store stays open.
    @Override
    public void close() {
        closed = true;
        refuseWaiting();
    }

    private void refuseWaiting() {
        List<Request> left = new ArrayList<>();
        inbox.drainTo(left);
        left.forEach(request -> request.answer.completeExceptionally(new LoopClosed()));
    }
}
