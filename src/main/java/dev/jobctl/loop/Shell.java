package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Backoff;
import dev.jobctl.std.Log;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What all controllers share: the queue of keys to be asked, wake-up times, back-off after trouble, and carrying out.
/// Owned by the loop's thread.
final class Shell {
    private final List<Asker> askers;
    /// Who is shown the changes of a kind: those that want to see them.
    private final IdentityHashMap<Kind, List<Asker>> watchers = new IdentityHashMap<>();

    private final DecisionWriter writer;
    private final Backoff retry;
    private final int answersInARow;
    private final Log log;

    private final LinkedHashSet<Task> dirty = new LinkedHashSet<>();
    private final Timers<Task> timers = new Timers<>();
    private final Map<Task, Trouble> troubles = new LinkedHashMap<>();
    private final Set<Task> asked = new LinkedHashSet<>();
    /// How often each answered with something to do since it last had nothing to say, over all rounds; only of those
    /// whose own answer makes them be asked again.
    private final Map<Task, Integer> answers = new HashMap<>();
    /// Those that did so too often: not asked any more in this round.
    private final Set<Task> stopped = new HashSet<>();
    /// The instant of this round.
    private Instant clock = Instant.EPOCH;

    /// A decider is one object: to hash and compare all that it holds for every change would be slow.
    private record Task(Decider decider, String key) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Task(Decider others, String name) && decider == others && key.equals(name);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(decider) + key.hashCode();
        }
    }

    /// @param ask makes a key of this decider's dirty
    private record Asker(Decider decider, Consumer<String> ask) {}

    /// Makes keys of one decider dirty; many changes in a row are often about one key.
    private final class Dirt implements Consumer<String> {
        private final Decider decider;
        private Task last;

        Dirt(Decider decider) {
            this.decider = decider;
            last = new Task(decider, "");
        }

        @Override
        public void accept(String key) {
            if (!last.key().equals(key)) {
                last = new Task(decider, key);
            }
            dirty.add(last);
        }
    }

    /// The last answer could not be carried out: `failures` times in a row, hold until `until`.
    ///
    /// @param refused the first part that could not be; null when a bug was met instead
    private record Trouble(int failures, Instant until, dev.jobctl.control.@Nullable Change refused) {
        Trouble over() {
            return new Trouble(failures, Instant.MIN, refused);
        }

        boolean isOver() {
            return until.equals(Instant.MIN);
        }

        Trouble moved(Duration by) {
            return isOver() ? this : new Trouble(failures, until.plus(by), refused);
        }
    }

    Shell(LoopOptions options, DecisionWriter writer, Log log) {
        this.askers = options.deciders().stream()
                .map(decider -> new Asker(decider, new Dirt(decider)))
                .toList();
        this.retry = options.retry();
        this.answersInARow = options.answersInARow();
        this.writer = writer;
        this.log = log;
    }

    /// By a negative time. Whoever waits for a moment is asked at once, and says anew for which; a hold is no longer
    /// than
    /// it was.
    void clockSetBack(Duration by) {
        askBy(Instant.MAX);
        troubles.replaceAll((task, trouble) -> trouble.moved(by));
    }

    /// Starts a round: whoever wanted to be asked by now will be.
    void begin(Instant now) {
        clock = now;
        asked.clear();
        stopped.clear();
        askBy(now);
    }

    private void askBy(Instant latest) {
        for (@Nullable Task due = timers.due(latest); due != null; due = timers.due(latest)) {
            dirty.add(due);
        }
    }

    void follow(List<Change<ObjectVersion>> changes, State state) {
        for (Change<ObjectVersion> change : changes) {
            for (Asker asker : watchers(change)) {
                show(change, asker, state);
            }
            if (!troubles.isEmpty()) {
                forget(change);
                lift(change, state);
            }
        }
    }

    private void followSince(int from, WorkingState state) {
        if (state.draft().size() > from) {
            follow(List.copyOf(state.draft().changesSince(from)), state);
        }
    }

    /// Trouble ends with its object: another one of the same name has none yet.
    private void forget(Change<ObjectVersion> change) {
        if (change.current() == null) {
            troubles.keySet().removeIf(task -> task.key().equals(change.key()));
        }
    }

    /// What was refused is weighed again, so that nobody is asked in vain. How often it failed is not forgotten: should
    /// it fail again, the back-off is longer.
    private void lift(Change<ObjectVersion> change, State state) {
        troubles.replaceAll((task, trouble) -> {
            dev.jobctl.control.@Nullable Change refused = trouble.refused();
            if (refused == null
                    || trouble.isOver()
                    || !task.decider().lifts(change, task.key())
                    || !writer.wouldDo(refused, state, clock)) {
                return trouble;
            }
            dirty.add(task);
            return trouble.over();
        });
    }

    private List<Asker> watchers(Change<ObjectVersion> change) {
        @Nullable Entry<ObjectVersion> any = change.current() != null ? change.current() : change.previous();
        if (any == null) {
            return List.of();
        }
        @Nullable List<Asker> known = watchers.get(any.value().kind());
        return known == null ? watchers(any.value().kind()) : known;
    }

    private List<Asker> watchers(Kind kind) {
        List<Asker> found = new ArrayList<>(askers.size());
        for (Asker asker : askers) {
            if (asker.decider().watches(kind)) {
                found.add(asker);
            }
        }
        watchers.put(kind, found);
        return found;
    }

    private void show(Change<ObjectVersion> change, Asker asker, State state) {
        try {
            asker.decider().touched(change, state, asker.ask());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A bug in one decider must not hide the change from the others.
            log.error("decider failed", e, "decider", asker.decider().name(), "changed", change.key());
        }
    }

    /// Asks up to `budget` times, carrying out each answer at once.
    void askUntilQuiet(int budget, WorkingState state, Instant now) {
        for (int i = 0; i < budget && !dirty.isEmpty(); i++) {
            Task task = dirty.removeFirst();
            asked.add(task);
            if (!stopped.contains(task)) {
                ask(task, state, now);
            }
        }
    }

    boolean isQuiet() {
        return dirty.isEmpty();
    }

    Optional<Instant> nextWake() {
        return timers.next();
    }

    /// Nothing of this round was stored: everybody is asked again, `after` that many failed rounds.
    void retryRound(int failures, Instant now) {
        Set<Task> again = new LinkedHashSet<>(dirty);
        again.addAll(asked);
        dirty.clear();
        again.forEach(task -> timers.set(task, now.plus(retry.after(failures))));
    }

    private void ask(Task task, WorkingState state, Instant now) {
        @Nullable Trouble trouble = troubles.get(task);
        boolean held = trouble != null && now.isBefore(trouble.until());
        int from = state.draft().size();
        dev.jobctl.control.@Nullable Change refused = null;
        boolean quietAtLast = true;
        @Nullable Instant wakeAt = null;
        try {
            Decision decision = task.decider().decide(new Decider.Ask(task.key(), now, held), state);
            wakeAt = decision.wakeAt();
            if (log.debugging() && !decision.isQuiet()) {
                log.debug(
                        "decision", "decider", task.decider().name(), "key", task.key(), "changes", decision.changes());
            }
            refused = decision.isQuiet() ? null : writer.carryOut(decision, state, now);
            if (decision.isQuiet()) {
                answers.remove(task);
            } else if (answers.merge(task, 1, Integer::sum) >= answersInARow) {
                log.error(
                        "decider never gets quiet",
                        null,
                        "decider",
                        task.decider().name(),
                        "key",
                        task.key());
                answers.remove(task);
                stopped.add(task);
                quietAtLast = false;
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // A bug in one decider must not stop the others.
            log.error("decider failed", e, "decider", task.decider().name(), "key", task.key());
            followSince(from, state);
            hold(task, null, now);
            return;
        }
        followSince(from, state);
        if (!dirty.contains(task)) {
            answers.remove(task);
        }
        if (refused != null || !quietAtLast) {
            hold(task, refused, now);
            dirty.add(task);
        } else if (trouble == null || !held) {
            troubles.remove(task);
            timers.set(task, notBefore(wakeAt, now));
        } else {
            timers.set(task, earlier(notBefore(wakeAt, now), trouble.until()));
        }
    }

    private void hold(Task task, dev.jobctl.control.@Nullable Change refused, Instant now) {
        @Nullable Trouble trouble = troubles.get(task);
        int failures = trouble == null ? 1 : trouble.failures() + 1;
        Instant until = now.plus(retry.after(failures));
        troubles.put(task, new Trouble(failures, until, refused));
        timers.set(task, until);
    }

    /// A time that has passed would be asked again and again without the clock moving.
    private @Nullable Instant notBefore(@Nullable Instant wakeAt, Instant now) {
        return wakeAt == null || wakeAt.isAfter(now) ? wakeAt : now.plus(retry.base());
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }
}
