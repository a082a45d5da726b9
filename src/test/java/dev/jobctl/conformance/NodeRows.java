package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.nodes.Heartbeat;
import dev.jobctl.control.nodes.NodeGrace;
import dev.jobctl.control.nodes.NodeInput;
import dev.jobctl.control.nodes.NodeLife;
import dev.jobctl.control.nodes.NodeLifecycle;
import dev.jobctl.control.nodes.OtherNodes;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about nodes.
///
/// `node n1 Ready=True MemoryPressure=False heard=-40s since=-90s created=-1h process=true cordoned=true
/// taint=KEY:EFFECT,...`, `lease -10s`, `watched -5s` (since when this control plane runs), `others ready=2 lost=3`
/// (one ready node otherwise; `others none`), `pod` (its words: [PodText]); then `judge`, `unready POD` or `heartbeat`;
/// then `conditions`, `taints`, `pods` or `renew` with what changes, `event`, `wake`.
final class NodeRows {
    private static final List<String> TYPES =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

    private @Nullable NodeHealth node;
    private final Map<String, PodView> pods = new HashMap<>();
    private @Nullable Instant lease;
    private Instant watched = Clock.at("-24h");
    private OtherNodes others = new OtherNodes(1, 0);
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        NodeRows player = new NodeRows();
        row.lines().forEach(player::play);
    }

    private void play(Line line) {
        String where = "line " + line.number();
        String first = line.words().isEmpty() ? "" : line.words().getFirst();
        switch (line.verb()) {
            case "node" -> node = node(first, line.values());
            case "lease" -> lease = Clock.at(first);
            case "watched" -> watched = Clock.at(first);
            case "others" -> others = others(line.values());
            case "pod" -> {
                Map<String, String> words = new HashMap<>(line.values());
                words.put("state", line.plain().get(1));
                pods.put(first, PodText.view(first, words));
            }
            case "judge" ->
                decision = NodeLifecycle.decide(
                        new NodeInput(new NodeLife(known(), lease, watched), () -> others),
                        NodeGrace.DEFAULT,
                        Clock.START);
            case "unready" -> decision = NodeLifecycle.unready(pod(first), known(), Clock.START);
            case "heartbeat" -> decision = Heartbeat.decide(known(), lease, Clock.START);
            case "conditions", "taints", "pods", "renew" ->
                assertThat(printed(line.verb())).as(where).isEqualTo(line.text());
            case "event" ->
                assertThat(decision.events().stream().map(event -> event.reason() + ": " + event.message()))
                        .as(where)
                        .containsExactlyElementsOf(line.text().equals("none") ? List.of() : List.of(line.text()));
            case "wake" -> assertThat(Clock.print(decision.wakeAt())).as(where).isEqualTo(line.text());
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private static OtherNodes others(Map<String, String> values) {
        return new OtherNodes(
                Integer.parseInt(values.getOrDefault("ready", "0")),
                Integer.parseInt(values.getOrDefault("lost", "0")));
    }

    private NodeHealth known() {
        if (node == null) {
            throw new IllegalArgumentException("no node");
        }
        return node;
    }

    private PodView pod(String name) {
        @Nullable PodView pod = pods.get(name);
        if (pod == null) {
            throw new IllegalArgumentException("no pod " + name);
        }
        return pod;
    }

    private static NodeHealth node(String name, Map<String, String> values) {
        MetaView meta = new MetaView(
                new ObjectRef(new ObjectKey(Kinds.NODE, "", name), "uid-" + name),
                Map.of(),
                List.of(),
                List.of(),
                Clock.at(values.getOrDefault("created", "-24h")),
                null,
                0);
        @Nullable Instant heard = time(values, "heard");
        @Nullable Instant since = time(values, "since");
        List<NodeHealth.Condition> conditions = new ArrayList<>();
        for (String type : TYPES) {
            @Nullable String status = values.get(type);
            if (status != null) {
                conditions.add(new NodeHealth.Condition(type, status, heard, since));
            }
        }
        List<TaintView> taints = new ArrayList<>();
        for (String taint : values.getOrDefault("taint", "").split(",", -1)) {
            int colon = taint.lastIndexOf(':');
            if (colon > 0) {
                taints.add(new TaintView(taint.substring(0, colon), "", taint.substring(colon + 1), since));
            }
        }
        return new NodeHealth(meta, values.containsKey("process"), values.containsKey("cordoned"), conditions, taints);
    }

    private static @Nullable Instant time(Map<String, String> values, String name) {
        @Nullable String text = values.get(name);
        return text == null ? null : Clock.at(text);
    }

    private String printed(String what) {
        String text = decision.changes().stream()
                .map(change -> print(what, change))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? "none" : text;
    }

    private static String print(String what, Change change) {
        return switch (change) {
            case Change.SetNodeConditions set
            when what.equals("conditions") ->
                set.conditions().stream().map(NodeRows::print).collect(Collectors.joining(" "));
            case Change.SetTaints set
            when what.equals("taints") ->
                set.taints().isEmpty()
                        ? "empty"
                        : set.taints().stream()
                                .map(taint -> taint.key() + ":" + taint.effect() + "@" + Clock.print(taint.since()))
                                .collect(Collectors.joining(" "));
            case Change.SetPodCondition set
            when what.equals("pods") -> set.pod().key().name() + "/" + print(set.condition());
            case Change.RenewLease renew
            when what.equals("renew") -> renew.node().key().name();
            default -> "";
        };
    }

    private static String print(ConditionView condition) {
        String why = condition.reason().isEmpty() ? "" : "(" + condition.reason() + ")";
        return condition.type() + "=" + condition.status() + why;
    }
}
