package dev.jobctl.node.simulated;

import dev.jobctl.node.life.ContainerRole;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.simulated.RunRule.When;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.std.LastUsed;
import dev.jobctl.std.Luck;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A behaviour made of rules. For each property of a run the first fitting rule that speaks of it decides: first those
/// of the scenario, then those in the pod's annotation [#ANNOTATION], then the defaults (a run ends well after
/// `duration`, obeys SIGTERM at once).
///
/// Luck is drawn from the seed and the run's own place (Job, index, number of the run, container), so that a change
/// elsewhere does not change it. Remembers how often each index has run. Owned by the thread of the world, or of the
/// node.
public final class Rules implements Behaviour {
    /// Rules of a pod, parted by semicolons, such as `duration=30s±5s; exit=1x2`.
    public static final String ANNOTATION = "jobctl.dev/simulate";

    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final String NO_IMAGE = "simulated: the image cannot be pulled";

    private final long seed;
    private final List<RunRule> rules;
    private final Spread duration;
    private final Map<Place, Integer> runs = new LastUsed<>(MAX_PLACES);
    private final Map<String, List<RunRule>> annotated = new LastUsed<>(MAX_PLACES);

    /// Twice as many as one Job may have pods at once. When it is full, the place where nothing has begun for longest
    /// is forgotten: its next run is a first one. So a daemon that simulates for months does not grow.
    private static final int MAX_PLACES = 200_000;

    /// What runs are counted by.
    ///
    /// @param owner uid of the controller, or of a pod without one
    private record Place(String owner, String index, String container) {}

    /// One run, numbered.
    private record Run(Start start, String job, String index, int number) {}

    public Rules(long seed, List<RunRule> rules, Spread duration) {
        this.seed = seed;
        this.rules = List.copyOf(rules);
        this.duration = duration;
    }

    @Override
    public Act act(Start start) {
        Run first = run(start, 1);
        return act(run(start, runs.merge(place(first), 1, Integer::sum)));
    }

    @Override
    public Act again(Start start, int number) {
        return act(run(start, number));
    }

    /// Each start counts once; where pods have gone since, the highest number that is left counts.
    @Override
    public void remember(List<Pod> pods) {
        Map<Place, Integer> starts = new HashMap<>();
        for (Pod pod : pods) {
            @Nullable PodStatus status = pod.getStatus();
            if (status != null && status.getPodIP() != null) {
                PodPlan.of(pod).containers().forEach(member -> remember(pod, status, member, starts));
            }
        }
        starts.forEach((place, count) -> runs.merge(place, count, Math::max));
    }

    private void remember(Pod pod, PodStatus status, PodPlan.Member member, Map<Place, Integer> starts) {
        ContainerId.status(status, member.name()).ifPresent(each -> {
            Place place = place(run(new Start(pod, member, 0, ""), 1));
            starts.merge(place, ContainerId.starts(each), Integer::sum);
            ContainerId.of(each).ifPresent(id -> runs.merge(place, id.run(), Math::max));
        });
    }

    private Act act(Run run) {
        List<RunRule> fitting = fitting(run);
        RunRule.@Nullable Begin begin = first(fitting, RunRule::begin);
        if (begin != null) {
            return switch (begin) {
                case NEVER -> new Act.Stuck();
                case NO_IMAGE -> new Act.Delayed("ErrImagePull", NO_IMAGE);
                case BROKEN -> new Act.Broken("StartError", "simulated: the command cannot be started");
            };
        }
        @Nullable Spread startup = first(fitting, RunRule::startup);
        RunRule.@Nullable Term term = first(fitting, RunRule::term);
        List<String> lines = new ArrayList<>();
        fitting.forEach(rule -> rule.lines().forEach(line -> lines.add(filled(line, run))));
        return new Act.Run(
                run.number(),
                startup == null ? Duration.ZERO : draw(startup, run, "startup"),
                duration(run, fitting),
                result(run, fitting),
                term == null ? Duration.ZERO : term.after() == null ? null : draw(term.after(), run, "term"),
                lines);
    }

    private static Run run(Start start, int number) {
        ObjectMeta meta = start.pod().getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        String index = labels.getOrDefault(INDEX, "");
        String job = labels.getOrDefault(JOB, meta.getName());
        return new Run(start, job, index, number);
    }

    private static Place place(Run run) {
        Start start = run.start();
        return new Place(
                owner(start.pod().getMetadata()), run.index(), start.container().name());
    }

    private static String owner(ObjectMeta meta) {
        for (OwnerReference owner : meta.getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
                return owner.getUid();
            }
        }
        return meta.getUid();
    }

    /// A sidecar runs until it is told to end, unless a rule names its container.
    private @Nullable Duration duration(Run run, List<RunRule> fitting) {
        boolean sidecar = run.start().container().role() == ContainerRole.SIDECAR;
        @Nullable
        Spread spread = first(fitting, rule -> sidecar && rule.when().container() == null ? null : rule.duration());
        if (spread == null && sidecar) {
            return null;
        }
        boolean init = run.start().container().role() == ContainerRole.INIT;
        Spread otherwise = init ? Spread.NONE : duration;
        return draw(spread == null ? otherwise : spread, run, "duration");
    }

    private Duration draw(Spread spread, Run run, String what) {
        return spread.isFixed() ? spread.least() : spread.draw(luck(run, what));
    }

    private Act.Result result(Run run, List<RunRule> fitting) {
        boolean app = run.start().container().role() == ContainerRole.APP;
        RunRule.@Nullable Exit exit =
                first(fitting, rule -> app || rule.when().container() != null ? endFor(run, rule) : null);
        @Nullable String message = first(fitting, RunRule::message);
        Act.Result result = exit == null ? Act.Result.WELL : exit.result();
        return message == null ? result : new Act.Result(result.exitCode(), result.outOfMemory(), filled(message, run));
    }

    /// `x2` counts from the first run that the rule is about.
    private static RunRule.@Nullable Exit endFor(Run run, RunRule rule) {
        RunRule.@Nullable Exit exit = rule.exit();
        return exit != null && run.number() - rule.when().firstRun() < exit.times() ? exit : null;
    }

    private List<RunRule> fitting(Run run) {
        List<RunRule> own = annotated(run);
        List<RunRule> fitting = new ArrayList<>(rules.size() + own.size());
        for (int i = 0; i < rules.size(); i++) {
            if (fits(rules.get(i).when(), run, i)) {
                fitting.add(rules.get(i));
            }
        }
        for (int i = 0; i < own.size(); i++) {
            if (fits(own.get(i).when(), run, rules.size() + i)) {
                fitting.add(own.get(i));
            }
        }
        return fitting;
    }

    /// A rule that cannot be read is none; `Scenario` complains about it before anything runs.
    private List<RunRule> annotated(Run run) {
        @Nullable
        Map<String, String> annotations = run.start().pod().getMetadata().getAnnotations();
        @Nullable String text = annotations == null ? null : annotations.get(ANNOTATION);
        return text == null ? List.of() : annotated.computeIfAbsent(text, Rules::readable);
    }

    private static List<RunRule> readable(String text) {
        List<RunRule> found = new ArrayList<>();
        for (String part : parts(text)) {
            if (RunRule.parse(part) instanceof Parsed.Good<RunRule>(RunRule rule)) {
                found.add(rule);
            }
        }
        return found;
    }

    /// The rules of an annotation, unread.
    public static List<String> parts(String annotation) {
        return java.util.Arrays.stream(annotation.split("[;\n]"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private boolean fits(When when, Run run, int rule) {
        Start start = run.start();
        return (when.job() == null || when.job().equals(run.job()))
                && run.number() >= when.firstRun()
                && run.number() <= when.lastRun()
                && (when.indexes() == null
                        || !run.index().isEmpty() && when.indexes().contains(Integer.parseInt(run.index())))
                && (when.container() == null
                        || when.container().equals(start.container().name()))
                && (when.node() == null || when.node().equals(start.node()))
                && (when.chance() >= 100 || luck(run, "chance" + rule).below(100_000_000) < when.chance() * 1_000_000);
    }

    private Luck luck(Run run, String what) {
        long hash = seed;
        for (String part :
                List.of(run.job(), run.index(), run.start().container().name(), what)) {
            hash = hash * 0x9E37_79B9_7F4A_7C15L + part.hashCode();
        }
        return Luck.seeded(hash * 31 + run.number());
    }

    private static String filled(String line, Run run) {
        return line.replace("{index}", run.index())
                .replace("{run}", Integer.toString(run.number()))
                .replace("{node}", run.start().node());
    }

    private static <T> @Nullable T first(List<RunRule> rules, Function<RunRule, @Nullable T> part) {
        for (RunRule rule : rules) {
            @Nullable T found = part.apply(rule);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
