package dev.jobctl.simulation;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.loop.Decider;
import dev.jobctl.loop.Misreading;
import dev.jobctl.loop.State;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobStatusView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs that a controller may well have, each planted around the real one: it misreads the Job, or says something else
/// than it should. See [PlantedBugsTest] for the list in words.
enum PlantedBug {
    LEAVES_FINALIZERS("job", each(change -> change instanceof Change.RemoveFinalizer ? List.of() : List.of(change))),
    COUNTS_TWICE("job", status(PlantedBug::countedTwice)),
    SKIPS_AN_INDEX("job", each(PlantedBug::nextIndex)),
    ONE_TOO_MANY("job", reads(spec -> spec.setParallelism(spec.getParallelism() + 1))),
    FORGETS_BACKOFF("job", each(change -> change instanceof Change.Remember ? List.of() : List.of(change))),
    SETS_BOTH("job", status(PlantedBug::completeAndFailed)),
    ENDS_UNANNOUNCED("job", status(PlantedBug::atOnce)),
    COUNTS_THE_SUSPENDED("job", each(PlantedBug::counted)),
    IGNORES_SUSPEND("job", reads(spec -> spec.setSuspend(false))),
    KEEPS_START_ON_RESUME("job", PlantedBug::oldStart),
    RUNS_ON_AFTER_THE_END("job", PlantedBug::withoutDeletions),
    ONE_FAILURE_MORE("job", reads(spec -> spec.setBackoffLimit(spec.getBackoffLimit() + 1))),
    NO_DEADLINE("job", reads(spec -> spec.setActiveDeadlineSeconds(null))),
    REPLACES_TOO_SOON("job", reads(PlantedBug::soon)),
    LOSES_AN_INDEX("job", status(PlantedBug::withoutLast)),
    LOSES_PODS_OF_LOST_NODES("pod-collector", (ask, decision) -> Decision.quiet()),
    KEEPS_FINISHED_JOBS("ttl", (ask, decision) -> Decision.quiet()),
    KEEPS_ORPHANS("garbage", (ask, decision) -> Decision.quiet()),
    STAYS_DESPITE_TAINTS("taint-eviction", (ask, decision) -> Decision.quiet()),
    BINDS_DESPITE_TAINTS("schedule", nodes(node -> node.getSpec().setTaints(List.of()))),
    OVERFILLS_NODES("schedule", nodes(PlantedBug::roomy)),
    NEVER_TELLS_QUOTAS("quota", (ask, decision) -> Decision.quiet()),
    RUNS_SIDE_BY_SIDE("cronjob", crons(spec -> spec.setConcurrencyPolicy("Allow"))),
    KEEPS_HISTORY("cronjob", each(change -> change instanceof Change.Delete ? List.of() : List.of(change))),
    KEEPS_NAMESPACES("namespace", (ask, decision) -> Decision.quiet());

    private final String decider;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Lie lie;

    PlantedBug(String decider, Lie lie) {
        this.decider = decider;
        this.lie = lie;
    }

    PlantedBug(String decider, UnaryOperator<ObjectVersion> eyes) {
        this(decider, new Eyes(eyes));
    }

    /// What comes of a decision.
    @FunctionalInterface
    private interface Lie {
        Decision tell(Question question, Decision honest);

        default State see(State real) {
            return real;
        }
    }

    /// @param job as it is stored, null when the key is no Job
    private record Question(Decider.Ask ask, @Nullable Job job) {}

    private record Eyes(UnaryOperator<ObjectVersion> eyes) implements Lie {
        @Override
        public Decision tell(Question question, Decision honest) {
            return honest;
        }

        @Override
        public State see(State real) {
            return new Misreading(real, eyes);
        }
    }

    /// The deciders, with this bug in one of them.
    List<Decider> in(List<Decider> real) {
        return real.stream()
                .map(each -> each.name().equals(decider) ? new Liar(each, lie) : each)
                .toList();
    }

    private record Liar(Decider real, Lie lie) implements Decider {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
            real.touched(change, state, ask);
        }

        @Override
        public Decision decide(Ask ask, State state) {
            @Nullable ObjectVersion found = state.get(ask.key());
            @Nullable Job job = found != null && found.object() instanceof Job stored ? stored : null;
            return lie.tell(new Question(ask, job), real.decide(ask, lie.see(state)));
        }
    }

    // --- kinds of lies

    private static Lie each(Function<Change, List<Change>> falsified) {
        return (question, honest) ->
                with(honest, honest.changes().stream().flatMap(change -> falsified.apply(change).stream()));
    }

    private static Lie status(UnaryOperator<JobStatusView> falsified) {
        return each(change -> change instanceof Change.SetJobStatus(var job, JobStatusView status)
                ? List.of(new Change.SetJobStatus(job, falsified.apply(status)))
                : List.of(change));
    }

    private static UnaryOperator<ObjectVersion> reads(Consumer<JobSpec> falsified) {
        return version -> {
            if (!(version.object() instanceof Job job)) {
                return version;
            }
            Job other = Json.copy(job);
            falsified.accept(other.getSpec());
            return ObjectVersion.of(Kinds.JOB, other, version.revision());
        };
    }

    private static UnaryOperator<ObjectVersion> nodes(Consumer<Node> falsified) {
        return version -> {
            if (!(version.object() instanceof Node node)) {
                return version;
            }
            Node other = Json.copy(node);
            falsified.accept(other);
            return ObjectVersion.of(Kinds.NODE, other, version.revision());
        };
    }

    private static UnaryOperator<ObjectVersion> crons(Consumer<CronJobSpec> falsified) {
        return version -> {
            if (!(version.object() instanceof CronJob cron)) {
                return version;
            }
            CronJob other = Json.copy(cron);
            falsified.accept(other.getSpec());
            return ObjectVersion.of(Kinds.CRON_JOB, other, version.revision());
        };
    }

    private static Decision with(Decision honest, Stream<Change> changes) {
        return new Decision(changes.toList(), honest.events(), honest.wakeAt());
    }

    // --- lies

    private static JobStatusView countedTwice(JobStatusView honest) {
        int again = honest.uncounted() == null ? 0 : honest.uncounted().failed().size();
        return status(honest, honest.conditions(), honest.failed() + again, honest.succeeded());
    }

    private static List<Change> nextIndex(Change change) {
        return change instanceof Change.CreatePod(var job, Integer index, var failures, var ignored) && index == 0
                ? List.of(new Change.CreatePod(job, 1, failures, ignored))
                : List.of(change);
    }

    private static JobStatusView completeAndFailed(JobStatusView honest) {
        @Nullable ConditionView failed = honest.condition("Failed");
        if (failed == null) {
            return honest;
        }
        List<ConditionView> both = new ArrayList<>(honest.conditions());
        both.add(new ConditionView("Complete", "True", failed.reason(), failed.message(), failed.lastTransition()));
        return status(honest, both, honest.failed(), honest.succeeded());
    }

    private static JobStatusView atOnce(JobStatusView honest) {
        @Nullable ConditionView failure = honest.condition("FailureTarget");
        if (failure == null || honest.has("Failed")) {
            return honest;
        }
        List<ConditionView> more = new ArrayList<>(honest.conditions());
        more.add(new ConditionView("Failed", "True", failure.reason(), failure.message(), failure.lastTransition()));
        return status(honest, more, honest.failed(), honest.succeeded());
    }

    private static List<Change> counted(Change change) {
        return change instanceof Change.DeletePod(var job, var pod, boolean uncounted) && uncounted
                ? List.of(new Change.DeletePod(job, pod, false))
                : List.of(change);
    }

    private static Decision oldStart(Question question, Decision honest) {
        return with(honest, honest.changes().stream().map(change -> {
            if (!(change instanceof Change.SetJobStatus(var job, JobStatusView status)) || question.job() == null) {
                return change;
            }
            @Nullable String before = question.job().getStatus().getStartTime();
            return before == null ? change : new Change.SetJobStatus(job, started(status, before));
        }));
    }

    private static JobStatusView started(JobStatusView honest, String start) {
        return new JobStatusView(
                honest.conditions(),
                PodFacts.time(start),
                honest.completionTime(),
                honest.active(),
                honest.ready(),
                honest.terminating(),
                honest.succeeded(),
                honest.failed(),
                honest.completedIndexes(),
                honest.failedIndexes(),
                honest.uncounted());
    }

    private static Decision withoutDeletions(Question question, Decision honest) {
        boolean ended = question.job() != null && JobFacts.ends(question.job());
        boolean ends = ended
                || honest.changes().stream()
                        .anyMatch(change -> change instanceof Change.SetJobStatus(var _, JobStatusView status)
                                && (status.has("FailureTarget") || status.has("SuccessCriteriaMet")));
        return ends
                ? with(honest, honest.changes().stream().filter(change -> !(change instanceof Change.DeletePod)))
                : honest;
    }

    private static void roomy(Node node) {
        Quantity much = new Quantity("1000");
        node.getStatus().setAllocatable(Map.of("pods", much, "cpu", much, "memory", new Quantity("1Ti")));
    }

    private static void soon(JobSpec spec) {
        if (spec.getPodFailurePolicy() == null) {
            spec.setPodReplacementPolicy("TerminatingOrFailed");
        }
    }

    private static JobStatusView withoutLast(JobStatusView honest) {
        int size = honest.completedIndexes().size();
        if (size < 2 || !honest.has("Complete")) {
            return honest;
        }
        return new JobStatusView(
                honest.conditions(),
                honest.startTime(),
                honest.completionTime(),
                honest.active(),
                honest.ready(),
                honest.terminating(),
                honest.succeeded(),
                honest.failed(),
                honest.completedIndexes()
                        .below(honest.completedIndexes().stream().max().orElseThrow()),
                honest.failedIndexes(),
                honest.uncounted());
    }

    private static JobStatusView status(
            JobStatusView honest, List<ConditionView> conditions, int failed, int succeeded) {
        return new JobStatusView(
                conditions,
                honest.startTime(),
                honest.completionTime(),
                honest.active(),
                honest.ready(),
                honest.terminating(),
                succeeded,
                failed,
                honest.completedIndexes(),
                honest.failedIndexes(),
                honest.uncounted());
    }
}
