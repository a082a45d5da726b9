package dev.jobctl.simulate;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.job.JobMemory;
import dev.jobctl.loop.Decider;
import dev.jobctl.loop.State;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.report.Times;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.std.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Job controller, overheard: passes everything on and tells which back-off it keeps and, in full, which counters
/// and rules led to each decision. Owned by the world's thread.
final class Explaining implements Decider {
    private final Decider inner;
    private final Narration narration;
    private final Backoff backoff;
    private final boolean rules;

    Explaining(Decider inner, Narration narration, Backoff backoff, boolean rules) {
        this.inner = inner;
        this.narration = narration;
        this.backoff = backoff;
        this.rules = rules;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean watches(dev.jobctl.resource.value.Kind kind) {
        return inner.watches(kind);
    }

    @Override
    public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
        inner.touched(change, state, ask);
    }

    @Override
    public boolean lifts(dev.jobctl.store.Change<ObjectVersion> change, String key) {
        return inner.lifts(change, key);
    }

    @Override
    public Decision decide(Ask ask, State state) {
        Decision decision = inner.decide(ask, state);
        if (!decision.isQuiet()) {
            String subject = "job" + ask.key().substring(ask.key().lastIndexOf('/'));
            @Nullable ObjectVersion job = state.get(ask.key());
            if (rules) {
                explain(subject, decision, job);
            }
            waits(subject, decision, ask.now());
        }
        return decision;
    }

    private void waits(String subject, Decision decision, Instant now) {
        if (ends(decision)) {
            return;
        }
        for (Change change : decision.changes()) {
            if (change instanceof Change.Remember(var _, JobMemory memory)
                    && memory != null
                    && memory.lastFailure() != null) {
                Duration wait = backoff.after(memory.failures());
                Instant until = memory.lastFailure().plus(wait);
                if (until.isAfter(now)) {
                    narration.reason(
                            Kind.WAIT,
                            subject,
                            "no new pod for " + Times.print(Duration.between(now, until)) + ": back-off after "
                                    + memory.failures() + (memory.failures() == 1 ? " failure" : " failures in a row"));
                }
            }
        }
    }

    private static boolean ends(Decision decision) {
        return decision.changes().stream()
                .anyMatch(change -> change instanceof Change.SetJobStatus(var _, JobStatusView status)
                        && (status.has("FailureTarget") || status.has("SuccessCriteriaMet")));
    }

    private void explain(String subject, Decision decision, @Nullable ObjectVersion job) {
        for (String line : reasons(decision, job)) {
            narration.reason(Kind.RULE, subject, line);
        }
    }

    private static List<String> reasons(Decision decision, @Nullable ObjectVersion job) {
        List<String> lines = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int created = count(decision, Change.CreatePod.class);
        int counted = count(decision, Change.RemoveFinalizer.class);
        for (Change change : decision.changes()) {
            String line = switch (change) {
                case Change.CreatePod create -> RuleNames.creates(create, created);
                case Change.DeletePod delete -> RuleNames.deletes(delete, count(decision, Change.DeletePod.class));
                case Change.RemoveFinalizer _ -> RuleNames.counts(counted);
                case Change.SetJobStatus set -> "";
                case Change.Remember remember -> RuleNames.remembers(remember);
                case Change.AdoptPod _ -> RuleNames.ADOPTS;
                case Change.ReleasePod _ -> RuleNames.RELEASES;
                default -> "";
            };
            if (!line.isEmpty() && seen.add(line)) {
                lines.add(line);
            }
        }
        for (Change change : decision.changes()) {
            if (change instanceof Change.SetJobStatus(var _, JobStatusView status)) {
                lines.add(counters(status));
                conditions(status, job, lines);
            }
        }
        return lines;
    }

    private static int count(Decision decision, Class<? extends Change> type) {
        return (int) decision.changes().stream().filter(type::isInstance).count();
    }

    /// Those that the stored Job does not have yet.
    private static void conditions(JobStatusView status, @Nullable ObjectVersion job, List<String> lines) {
        JobStatusView before = job == null || !job.kind().equals(Kinds.JOB)
                ? null
                : dev.jobctl.resource.view.JobView.of((io.fabric8.kubernetes.api.model.batch.v1.Job) job.object())
                        .status();
        for (ConditionView condition : status.conditions()) {
            boolean old = before != null
                    && before.conditions().stream()
                            .anyMatch(c -> c.type().equals(condition.type())
                                    && c.status().equals(condition.status()));
            if (!old) {
                lines.add(RuleNames.condition(condition));
            }
        }
    }

    private static String counters(JobStatusView status) {
        return "active %d, ready %d, terminating %d, succeeded %d, failed %d"
                .formatted(status.active(), status.ready(), status.terminating(), status.succeeded(), status.failed());
    }
}
