package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.garbage.ClaimProtection;
import dev.jobctl.control.garbage.GarbageCollector;
import dev.jobctl.control.garbage.GarbageInput;
import dev.jobctl.control.garbage.NamespaceFinalizer;
import dev.jobctl.control.garbage.NamespaceInput;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.OwnerView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Plays a row about owners and namespaces.
///
/// `object a owners=b,c! finalizers=x deleting=true uid=u kind=Pod` (`!`: blocks its owner's deletion; an
/// owner may be written `v1/Secret/b`, and `b-` is another name with the uid of b), `namespace`,
/// then `decide a`, `protect a used=true` (a claim) or `decide-namespace`, then `do` with all that is to be done, in
/// order. Of a namespace: `pod-grace
/// 30`, `passed 30` since it was deleted, `condition TYPE STATUS REASON MESSAGE` for one of its conditions, `since
/// TYPE 30` for its last transition, `wake 30`.
final class GarbageRows {
    private final Map<String, MetaView> objects = new LinkedHashMap<>();
    private MetaView namespace = meta(Kinds.NAMESPACE, "default", Map.of());
    private List<ConditionView> conditions = List.of();
    private Duration podGrace = Duration.ZERO;
    private Instant now = Clock.START;
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        GarbageRows player = new GarbageRows();
        for (Line line : row.lines()) {
            player.play(line);
        }
    }

    private void play(Line line) {
        switch (line.verb()) {
            case "object" ->
                objects.put(
                        line.words().getFirst(),
                        meta(
                                kind(line.values().getOrDefault("kind", "ConfigMap")),
                                line.words().getFirst(),
                                line.values()));
            case "namespace" -> namespace = meta(Kinds.NAMESPACE, "default", line.values());
            case "decide" -> decision = GarbageCollector.decide(input(line.text()));
            case "pod-grace" -> podGrace = Duration.ofSeconds(Long.parseLong(line.text()));
            case "passed" -> now = Clock.START.plusSeconds(Long.parseLong(line.text()));
            case "decide-namespace" -> decideNamespace();
            case "protect" ->
                decision = ClaimProtection.decide(
                        input(line.words().getFirst()).object(),
                        line.values().getOrDefault("used", "false").equals("true"));
            case "condition" ->
                assertThat(conditions.stream().map(GarbageRows::print))
                        .as("line %s", line.number())
                        .contains(line.text());
            case "since" ->
                assertThat(conditions)
                        .filteredOn(each -> each.type().equals(line.words().getFirst()))
                        .extracting(ConditionView::lastTransition)
                        .as("line %s", line.number())
                        .containsExactly(Clock.START.plusSeconds(
                                Long.parseLong(line.words().getLast())));
            case "wake" ->
                assertThat(decision.wakeAt())
                        .as("line %s", line.number())
                        .isEqualTo(
                                line.text().equals("none")
                                        ? null
                                        : Clock.START.plusSeconds(Long.parseLong(line.text())));
            case "event" ->
                assertThat(decision.events().stream().map(event -> event.reason() + ": " + event.message()))
                        .as("line %s", line.number())
                        .containsExactly(line.text());
            case "do" ->
                assertThat(decision.changes().stream()
                                .filter(change -> !(change instanceof Change.SetNamespaceConditions))
                                .map(GarbageRows::print)
                                .collect(Collectors.joining(" ")))
                        .as("line %s", line.number())
                        .isEqualTo(line.text().equals("none") ? "" : line.text());
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    /// The namespace gets the conditions that were decided on.
    private void decideNamespace() {
        decision = NamespaceFinalizer.decide(
                new NamespaceInput(namespace, false, conditions, List.copyOf(objects.values()), podGrace), now);
        for (Change change : decision.changes()) {
            if (change instanceof Change.SetNamespaceConditions set) {
                assertThat(set.conditions()).isNotEqualTo(conditions);
                conditions = set.conditions();
            }
        }
    }

    private static String print(ConditionView condition) {
        return String.join(" ", condition.type(), condition.status(), condition.reason(), condition.message());
    }

    private GarbageInput input(String name) {
        MetaView object = objects.getOrDefault(name, namespace);
        List<String> ownerUids = object.owners().stream().map(OwnerView::uid).toList();
        return new GarbageInput(
                object,
                objects.values().stream()
                        .filter(o -> ownerUids.contains(o.uid()))
                        .toList(),
                objects.values().stream()
                        .filter(o -> o.owners().stream()
                                .anyMatch(owner -> owner.uid().equals(object.uid())))
                        .toList());
    }

    private static MetaView meta(Kind kind, String name, Map<String, String> values) {
        boolean deleting = values.getOrDefault("deleting", "false").equals("true");
        String place = kind.namespaced() ? values.getOrDefault("namespace", "default") : "";
        return new MetaView(
                new ObjectRef(new ObjectKey(kind, place, name), values.getOrDefault("uid", "uid-" + name)),
                Map.of(),
                owners(values.getOrDefault("owners", "")),
                words(values.getOrDefault("finalizers", "")),
                Clock.START,
                deleting ? Clock.START : null,
                0);
    }

    private static Kind kind(String name) {
        return Kinds.all().stream()
                .filter(kind -> kind.kind().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static List<OwnerView> owners(String text) {
        List<OwnerView> owners = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).filter(name -> !name.isEmpty()).forEach(word -> {
            List<String> named = List.of(word.replace("!", "").split("/", -1));
            String name = named.getLast();
            owners.add(new OwnerView(
                    named.size() > 2 ? named.get(named.size() - 3) : "v1",
                    named.size() > 1 ? named.get(named.size() - 2) : "ConfigMap",
                    name,
                    "uid-" + name.replace("-", ""),
                    true,
                    word.endsWith("!")));
        });
        return owners;
    }

    private static String print(Change change) {
        return switch (change) {
            case Change.Delete delete ->
                "Delete(" + delete.object().key().name() + ","
                        + delete.options().propagation() + ")";
            case Change.RemoveFinalizer remove ->
                "RemoveFinalizer(" + remove.object().key().name() + "," + remove.finalizer() + ")";
            case Change.AddFinalizer add -> "AddFinalizer(" + add.object().key().name() + "," + add.finalizer() + ")";
            case Change.RemoveOwner remove ->
                "RemoveOwner(" + remove.object().key().name() + ","
                        + remove.ownerUid().substring("uid-".length()) + ")";
            case Change.UnblockOwners unblock ->
                "UnblockOwners(" + unblock.object().key().name() + ")";
            case Change.FinalizeNamespace finalize -> "FinalizeNamespace";
            default -> change.toString();
        };
    }
}
