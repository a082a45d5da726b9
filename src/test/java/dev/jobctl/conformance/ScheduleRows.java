package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.schedule.Scheduler;
import dev.jobctl.control.schedule.SchedulerInput;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.NodeTerm;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import dev.jobctl.resource.view.TaintView;
import dev.jobctl.resource.view.TolerationView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about the scheduler.
///
/// `node n1 cpu=4 taint=key:value:Effect labels=k=v unschedulable=true ready=false pods=3`, `pod a cpu=1 node=n1
/// phase=X
/// deleting=true gated=true selector=k=v affinity=k=v tolerates=key:value:Effect scheduler=x`; amounts in whole cores
/// and
/// units. `decide` carries bindings and conditions out. Then `bind a=n1 ...`, `condition a TYPE=STATUS/REASON message`
/// and
/// `event a message` (both by their beginning), `events none`, `quiet`.
final class ScheduleRows {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "gpu", "pods");

    private final Map<String, NodeView> nodes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> pods = new LinkedHashMap<>();
    private final Map<String, ConditionView> conditions = new HashMap<>();
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        ScheduleRows player = new ScheduleRows();
        for (Line line : row.lines()) {
            player.play(line);
        }
    }

    private void play(Line line) {
        String where = "line " + line.number();
        switch (line.verb()) {
            case "node" -> nodes.put(line.words().getFirst(), node(line.words().getFirst(), line.values()));
            case "pod" -> pods.put(line.words().getFirst(), new HashMap<>(line.values()));
            case "decide" -> decide();
            case "bind" ->
                assertThat(bindings()).as(where).isEqualTo(line.text().equals("none") ? "" : line.text());
            case "condition" ->
                assertThat(condition(line.words().getFirst())).as(where).startsWith(rest(line));
            case "event" ->
                assertThat(decision.events().stream()
                                .filter(event -> event.regarding()
                                        .key()
                                        .name()
                                        .equals(line.words().getFirst()))
                                .map(event -> event.reason() + ": " + event.message())
                                .collect(Collectors.joining()))
                        .as(where)
                        .startsWith("FailedScheduling: " + rest(line));
            case "events" -> assertThat(decision.events()).as(where).isEmpty();
            case "quiet" -> assertThat(decision.isQuiet()).as(where).isTrue();
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private static String rest(Line line) {
        return String.join(" ", line.words().subList(1, line.words().size()));
    }

    private void decide() {
        List<PodView> waiting = new ArrayList<>();
        List<PodView> placed = new ArrayList<>();
        pods.forEach((name, values) -> {
            PodView pod = pod(name, values);
            (pod.node() == null ? waiting : placed).add(pod);
        });
        decision = Scheduler.decide(new SchedulerInput(waiting, placed, List.copyOf(nodes.values())), Clock.START);
        for (Change change : decision.changes()) {
            if (change instanceof Change.BindPod bind) {
                pods.getOrDefault(bind.pod().key().name(), new HashMap<>()).put("node", bind.node());
            } else if (change instanceof Change.SetPodCondition set) {
                conditions.put(set.pod().key().name(), set.condition());
            }
        }
    }

    private String bindings() {
        return decision.changes().stream()
                .filter(Change.BindPod.class::isInstance)
                .map(Change.BindPod.class::cast)
                .map(bind -> bind.pod().key().name() + "=" + bind.node())
                .collect(Collectors.joining(" "));
    }

    private String condition(String pod) {
        @Nullable ConditionView condition = conditions.get(pod);
        return condition == null
                ? "none"
                : condition.type() + "=" + condition.status() + "/" + condition.reason() + " " + condition.message();
    }

    private static NodeView node(String name, Map<String, String> values) {
        MetaView meta = new MetaView(
                new ObjectRef(new ObjectKey(Kinds.NODE, "", name), "uid-" + name),
                labels(values.get("labels")),
                List.of(),
                List.of(),
                Clock.START,
                null,
                0);
        Map<String, Long> allocatable = new HashMap<>(amounts(values));
        allocatable.putIfAbsent("pods", 110L);
        @Nullable String taint = values.get("taint");
        return new NodeView(
                meta,
                values.getOrDefault("unschedulable", "false").equals("true"),
                values.getOrDefault("ready", "true").equals("true"),
                taint == null ? List.of() : List.of(taint(taint.split(":", -1))),
                allocatable);
    }

    private static TaintView taint(String[] parts) {
        return new TaintView(parts[0], parts[1], parts[2], null);
    }

    private static Map<String, Long> amounts(Map<String, String> values) {
        Map<String, Long> amounts = new HashMap<>();
        for (String name : RESOURCES) {
            @Nullable String value = values.get(name);
            if (value != null) {
                amounts.put(name, Long.parseLong(value));
            }
        }
        return amounts;
    }

    private static Map<String, String> labels(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        String[] parts = text.split("=", -1);
        return Map.of(parts[0], parts[1]);
    }

    private PodView pod(String name, Map<String, String> values) {
        boolean deleting = values.getOrDefault("deleting", "false").equals("true");
        MetaView meta = new MetaView(
                PodText.ref(name), Map.of(), List.of(), List.of(), Clock.START, deleting ? Clock.START : null, 0);
        @Nullable ConditionView condition = conditions.get(name);
        return new PodView(
                meta,
                Phase.valueOf(values.getOrDefault("phase", "Pending")),
                "",
                PodView.NO_INDEX,
                0,
                0,
                false,
                null,
                condition == null ? List.of() : List.of(condition),
                List.of(),
                List.of(),
                0,
                Clock.START,
                values.get("node"),
                needs(values));
    }

    private static PodNeeds needs(Map<String, String> values) {
        @Nullable String tolerates = values.get("tolerates");
        @Nullable String affinity = values.get("affinity");
        return new PodNeeds(
                values.getOrDefault("scheduler", PodNeeds.DEFAULT_SCHEDULER),
                labels(values.get("selector")),
                tolerates == null ? List.of() : List.of(toleration(tolerates.split(":", -1))),
                amounts(values),
                affinity == null
                        ? List.of()
                        : List.of(new NodeTerm(LabelSelector.ofLabels(labels(affinity)), LabelSelector.EVERYTHING)),
                0,
                values.getOrDefault("gated", "false").equals("true"));
    }

    private static TolerationView toleration(String[] parts) {
        boolean exists = parts[1].equals("*");
        return new TolerationView(parts[0], exists, exists ? "" : parts[1], parts[2], null);
    }
}
