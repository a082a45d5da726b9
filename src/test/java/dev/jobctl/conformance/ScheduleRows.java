package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.schedule.NodeLoad;
import dev.jobctl.control.schedule.Scheduler;
import dev.jobctl.control.schedule.SchedulerInput;
import dev.jobctl.control.schedule.Unschedulable;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.AffinityTerm;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.HostPort;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.NodeTerm;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodPlacing;
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
/// `node n1 cpu=4 taint=key:value:Effect labels=k=v,k2=v2 unschedulable=true ready=false pods=3`, `pod a cpu=1
/// node=n1 phase=X deleting=true gated=true selector=k=v affinity=k=v on=n1,n2 tolerates=key:value:Effect scheduler=x
/// labels=k=v priority=5 policy=Never nominated=n1 age=SECONDS namespace=x near=k=v@KEY far=k=v@KEY
/// spread=SKEW:k=v@KEY prefers=k=v` (a node label) `likes=k=v@KEY dislikes=k=v@KEY ports=TCP:80@ADDRESS,UDP:53`;
/// `budget b k=v N` protects pods of the default namespace. `@KEY/in:k=v` of a term means the namespaces with that
/// label, which `namespace x k=v` says; amounts in whole cores
/// and units. `decide` carries bindings, conditions, nominations and deletions out; `gone a` ends a deletion. Then
/// `bind a=n1 ...`, `condition a TYPE=STATUS/REASON message` and `event a message` or `event a REASON: message` (by
/// their beginning), `whole a message` (all of it), `victims a b`, `nominated a n1`, `events none`, `quiet`.
final class ScheduleRows {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "gpu", "pods");

    private final Map<String, NodeView> nodes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> pods = new LinkedHashMap<>();
    private final Map<String, ConditionView> conditions = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final List<BudgetView> budgets = new ArrayList<>();
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
            case "namespace" ->
                namespaces.put(line.words().getFirst(), labels(line.words().getLast()));
            case "budget" -> budgets.add(budget(line));
            case "decide" -> decide();
            case "gone" -> pods.remove(line.text());
            case "victims" ->
                assertThat(victims()).as(where).isEqualTo(line.text().equals("none") ? "" : line.text());
            case "nominated" ->
                assertThat(pods.getOrDefault(line.words().getFirst(), Map.of()).getOrDefault("nominated", "none"))
                        .as(where)
                        .isEqualTo(line.words().getLast());
            case "whole" ->
                assertThat(events(line.words().getFirst())).as(where).isEqualTo("FailedScheduling: " + rest(line));
            case "bind" ->
                assertThat(bindings()).as(where).isEqualTo(line.text().equals("none") ? "" : line.text());
            case "condition" ->
                assertThat(condition(line.words().getFirst())).as(where).startsWith(rest(line));
            case "event" ->
                assertThat(events(line.words().getFirst()))
                        .as(where)
                        .startsWith(
                                rest(line).startsWith("Preempted: ") ? rest(line) : "FailedScheduling: " + rest(line));
            case "events" -> assertThat(decision.events()).as(where).isEmpty();
            case "quiet" -> assertThat(decision.isQuiet()).as(where).isTrue();
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private String events(String pod) {
        return decision.events().stream()
                .filter(event -> event.regarding().key().name().equals(pod))
                .map(event -> event.reason() + ": " + event.message())
                .collect(Collectors.joining());
    }

    private String victims() {
        return decision.changes().stream()
                .filter(Change.Delete.class::isInstance)
                .map(change -> ((Change.Delete) change).object().key().name())
                .collect(Collectors.joining(" "));
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
        List<NodeLoad> loads =
                nodes.values().stream().map(node -> NodeLoad.of(node, placed)).toList();
        Map<String, String> claimFaults = new HashMap<>();
        pods.forEach((name, values) -> {
            if (values.containsKey("missing-claim")) {
                claimFaults.put("uid-" + name, Unschedulable.missingClaim(values.get("missing-claim")));
            }
            if (values.containsKey("going-claim")) {
                claimFaults.put("uid-" + name, Unschedulable.goingClaim(values.get("going-claim")));
            }
        });
        decision = Scheduler.decide(new SchedulerInput(waiting, claimFaults, loads, namespaces, budgets), Clock.START);
        for (Change change : decision.changes()) {
            if (change instanceof Change.BindPod bind) {
                pods.getOrDefault(bind.pod().key().name(), new HashMap<>()).put("node", bind.node());
            } else if (change instanceof Change.SetPodCondition set) {
                conditions.put(set.pod().key().name(), set.condition());
            } else if (change instanceof Change.NominateNode nominate) {
                pods.getOrDefault(nominate.pod().key().name(), new HashMap<>())
                        .put("nominated", nominate.node() == null ? "none" : nominate.node());
            } else if (change instanceof Change.Delete delete) {
                pods.getOrDefault(delete.object().key().name(), new HashMap<>()).put("deleting", "true");
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

    private static BudgetView budget(Line line) {
        String name = line.words().getFirst();
        return new BudgetView(
                new ObjectRef(new ObjectKey(Kinds.POD_DISRUPTION_BUDGET, "default", name), "uid-" + name),
                1,
                line.words().get(1).equals("*")
                        ? LabelSelector.EVERYTHING
                        : LabelSelector.ofLabels(labels(line.words().get(1))),
                "",
                1,
                false,
                false,
                new BudgetView.Status(1, Integer.parseInt(line.words().getLast()), 0, 1, 0, null));
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
        Map<String, String> labels = new HashMap<>();
        for (String label : text.split(",", -1)) {
            String[] parts = label.split("=", -1);
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }

    private PodView pod(String name, Map<String, String> values) {
        boolean deleting = values.getOrDefault("deleting", "false").equals("true");
        MetaView meta = new MetaView(
                new ObjectRef(
                        new ObjectKey(Kinds.POD, values.getOrDefault("namespace", "default"), name), "uid-" + name),
                labels(values.get("labels")),
                List.of(),
                List.of(),
                Clock.START.minusSeconds(Long.parseLong(values.getOrDefault("age", "0"))),
                deleting ? Clock.START : null,
                0);
        List<ConditionView> told = new ArrayList<>();
        if (conditions.containsKey(name)) {
            told.add(conditions.get(name));
        }
        if (values.containsKey("node") && values.containsKey("age")) {
            told.add(new ConditionView("PodScheduled", "True", "", "", meta.creation()));
        }
        return new PodView(
                meta,
                Phase.valueOf(values.getOrDefault("phase", "Pending")),
                "",
                PodView.NO_INDEX,
                0,
                0,
                false,
                null,
                told,
                List.of(),
                List.of(),
                0,
                Clock.START,
                values.get("node"),
                needs(values),
                values.getOrDefault("nominated", "none").equals("none") ? null : values.get("nominated"));
    }

    private static PodNeeds needs(Map<String, String> values) {
        @Nullable String tolerates = values.get("tolerates");
        return new PodNeeds(
                values.getOrDefault("scheduler", PodNeeds.DEFAULT_SCHEDULER),
                labels(values.get("selector")),
                tolerates == null ? List.of() : List.of(toleration(tolerates.split(":", -1))),
                amounts(values),
                nodeTerms(values),
                Integer.parseInt(values.getOrDefault("priority", "0")),
                values.getOrDefault("gated", "false").equals("true"),
                !values.getOrDefault("policy", "").equals("Never"),
                placing(values),
                ports(values.get("ports")));
    }

    private static List<HostPort> ports(@Nullable String text) {
        List<HostPort> ports = new ArrayList<>();
        for (String port : text == null ? new String[0] : text.split(",", -1)) {
            String[] parts = port.split("[:@]", -1);
            ports.add(new HostPort(parts[0], Integer.parseInt(parts[1]), parts.length > 2 ? parts[2] : "0.0.0.0"));
        }
        return ports;
    }

    private static List<NodeTerm> nodeTerms(Map<String, String> values) {
        @Nullable String affinity = values.get("affinity");
        if (affinity != null) {
            return List.of(new NodeTerm(LabelSelector.ofLabels(labels(affinity)), LabelSelector.EVERYTHING));
        }
        @Nullable String on = values.get("on");
        if (on == null) {
            return List.of();
        }
        var names =
                new LabelSelector.Requirement("metadata.name", LabelSelector.Operator.In, List.of(on.split(",", -1)));
        return List.of(new NodeTerm(LabelSelector.EVERYTHING, new LabelSelector(List.of(names))));
    }

    private static PodPlacing placing(Map<String, String> values) {
        List<PodPlacing.Preference<AffinityTerm>> company = new ArrayList<>();
        terms(values, "likes").forEach(term -> company.add(new PodPlacing.Preference<>(1, term)));
        terms(values, "dislikes").forEach(term -> company.add(new PodPlacing.Preference<>(-1, term)));
        @Nullable String prefers = values.get("prefers");
        @Nullable String spread = values.get("spread");
        PodPlacing placing = new PodPlacing(
                terms(values, "near"),
                terms(values, "far"),
                company,
                prefers == null
                        ? List.of()
                        : List.of(new PodPlacing.Preference<>(
                                1, new NodeTerm(LabelSelector.ofLabels(labels(prefers)), LabelSelector.EVERYTHING))),
                spread == null
                        ? List.of()
                        : List.of(new PodPlacing.Spread(
                                term(spread.substring(spread.indexOf(':') + 1)),
                                Integer.parseInt(spread.substring(0, spread.indexOf(':'))),
                                Integer.parseInt(values.getOrDefault("domains", "1")),
                                true,
                                true,
                                false)));
        return placing.equals(PodPlacing.NONE) ? PodPlacing.NONE : placing;
    }

    private static List<AffinityTerm> terms(Map<String, String> values, String name) {
        @Nullable String text = values.get(name);
        return text == null ? List.of() : List.of(term(text));
    }

    private static AffinityTerm term(String text) {
        String[] parts = text.split("@|/in:", -1);
        boolean elsewhere = parts.length > 2;
        return new AffinityTerm(
                LabelSelector.ofLabels(labels(parts[0])),
                java.util.Set.of(),
                false,
                elsewhere ? LabelSelector.ofLabels(labels(parts[2])) : null,
                parts[1],
                !elsewhere,
                List.of(),
                List.of());
    }

    private static TolerationView toleration(String[] parts) {
        boolean exists = parts[1].equals("*");
        return new TolerationView(parts[0], exists, exists ? "" : parts[1], parts[2], null);
    }
}
