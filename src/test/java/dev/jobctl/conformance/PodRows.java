package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.budget.StaleDisruption;
import dev.jobctl.control.evict.BorneTaint;
import dev.jobctl.control.evict.TaintEviction;
import dev.jobctl.control.podgc.PodCollector;
import dev.jobctl.control.podgc.PodPlace;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import dev.jobctl.resource.view.TolerationView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays a row about pods that must go.
///
/// `node n1 ready=false taint=KEY:EFFECT,... since=-5s`, `pod` (its words: [PodText]; `tolerates=KEY:SECONDS,...`),
/// then `collect a missing=-40s` (the pod collector; since when its node is missing), `surplus N`, `evict a` or `spare
/// a`
/// (from a disruption that did not come), then `do` with all that is to be done, `message` of the condition, `event`,
/// `events` by their first words, `wake`. One
/// eviction is planned at a time.
final class PodRows {
    private final Map<String, NodeView> nodes = new HashMap<>();
    private final Map<String, PodView> pods = new LinkedHashMap<>();
    private boolean planned;
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        PodRows player = new PodRows();
        row.lines().forEach(player::play);
    }

    private void play(Line line) {
        String where = "line " + line.number();
        String first = line.words().getFirst();
        switch (line.verb()) {
            case "node" -> nodes.put(first, node(first, line.values()));
            case "pod" -> pods.put(first, pod(line));
            case "collect" -> decision = PodCollector.decide(place(first, line.values()), Clock.START);
            case "surplus" -> decision = surplus(Integer.parseInt(first));
            case "spare" ->
                decision = StaleDisruption.decide(place(first, Map.of()).pod(), Clock.START);
            case "evict" -> {
                PodPlace place = place(first, Map.of());
                @Nullable NodeView node = place.node();
                List<BorneTaint> taints = node == null ? List.of() : driving(node);
                decision = TaintEviction.decide(place.pod(), taints, planned, Clock.START);
                for (Change change : decision.changes()) {
                    planned = change instanceof Change.PlanEviction plan ? plan.planned() : planned;
                }
            }
            case "do" ->
                assertThat(decision.changes().stream()
                                .filter(change -> !(change instanceof Change.PlanEviction))
                                .map(PodRows::print)
                                .collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(line.text().equals("none") ? "" : line.text());
            case "message" ->
                assertThat(decision.changes().stream()
                                .map(PodRows::condition)
                                .filter(condition -> condition != null)
                                .map(ConditionView::message))
                        .as(where)
                        .containsExactly(line.text());
            case "event" ->
                assertThat(decision.events().stream()
                                .map(event -> event.reason() + ": " + event.message())
                                .toList())
                        .as(where)
                        .isEqualTo(line.text().equals("none") ? List.of() : List.of(line.text()));
            case "events" ->
                assertThat(decision.events().stream()
                                .map(event -> event.message().split(" ", 2)[0])
                                .collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(line.text());
            case "wake" -> assertThat(Clock.print(decision.wakeAt())).as(where).isEqualTo(line.text());
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private Decision surplus(int threshold) {
        TreeSet<PodView> ended = new TreeSet<>(PodCollector.FIRST_TO_GO);
        pods.values().stream().filter(pod -> pod.terminal() && !pod.deleting()).forEach(ended::add);
        return PodCollector.surplus(ended, threshold);
    }

    private PodPlace place(String name, Map<String, String> values) {
        @Nullable PodView pod = pods.get(name);
        if (pod == null) {
            throw new IllegalArgumentException("no pod " + name);
        }
        @Nullable String missing = values.get("missing");
        @Nullable NodeView node = pod.node() == null ? null : nodes.get(pod.node());
        return new PodPlace(pod, node, missing == null ? null : Clock.at(missing));
    }

    private static List<BorneTaint> driving(NodeView node) {
        return node.taints().stream()
                .filter(taint -> taint.effect().equals("NoExecute"))
                .map(taint -> new BorneTaint(taint, taint.since() == null ? Clock.START : taint.since()))
                .toList();
    }

    private static NodeView node(String name, Map<String, String> values) {
        MetaView meta = new MetaView(
                new ObjectRef(new ObjectKey(Kinds.NODE, "", name), "uid-" + name),
                Map.of(),
                List.of(),
                List.of(),
                Clock.START,
                null,
                0);
        @Nullable String since = values.get("since");
        @Nullable String taint = values.get("taint");
        List<TaintView> taints = new ArrayList<>();
        for (String each : taint == null ? new String[0] : taint.split(",", -1)) {
            int colon = each.lastIndexOf(':');
            taints.add(new TaintView(
                    each.substring(0, colon), "", each.substring(colon + 1), since == null ? null : Clock.at(since)));
        }
        return new NodeView(meta, false, values.getOrDefault("ready", "true").equals("true"), taints, Map.of());
    }

    private static PodView pod(Line line) {
        Map<String, String> words = new HashMap<>(line.values());
        words.put("state", line.plain().get(1));
        PodView pod = PodText.view(line.plain().getFirst(), words);
        @Nullable String tolerates = words.get("tolerates");
        return tolerates == null ? pod : with(pod, needs(tolerates));
    }

    private static PodNeeds needs(String tolerates) {
        List<TolerationView> tolerations =
                Stream.of(tolerates.split(",", -1)).map(PodRows::toleration).toList();
        return new PodNeeds(PodNeeds.DEFAULT_SCHEDULER, Map.of(), tolerations, Map.of(), List.of(), 0, false);
    }

    private static TolerationView toleration(String text) {
        int colon = text.lastIndexOf(':');
        String seconds = text.substring(colon + 1);
        return new TolerationView(
                text.substring(0, colon), true, "", "", seconds.isEmpty() ? null : Long.valueOf(seconds));
    }

    private static PodView with(PodView pod, PodNeeds needs) {
        return new PodView(
                pod.meta(),
                pod.phase(),
                pod.reason(),
                pod.index(),
                pod.failureCount(),
                pod.ignoredFailureCount(),
                pod.ready(),
                pod.readySince(),
                pod.conditions(),
                pod.containers(),
                pod.initContainers(),
                pod.restarts(),
                pod.finishTime(),
                pod.node(),
                needs,
                pod.nominated());
    }

    private static @Nullable ConditionView condition(Change change) {
        return switch (change) {
            case Change.FailPod fail -> fail.condition();
            case Change.SetPodCondition set -> set.condition();
            default -> null;
        };
    }

    private static String print(Change change) {
        @Nullable ConditionView condition = condition(change);
        String why = condition == null ? "" : "," + condition.type() + "/" + condition.reason();
        return switch (change) {
            case Change.FailPod fail -> "Fail(" + fail.pod().key().name() + why + ")";
            case Change.SetPodCondition set ->
                "SetPodCondition(" + set.pod().key().name() + why
                        + (set.condition().isTrue() ? "" : "=" + set.condition().status()) + ")";
            case Change.Delete delete -> "Delete(" + delete.object().key().name() + ")";
            default -> change.toString();
        };
    }
}
