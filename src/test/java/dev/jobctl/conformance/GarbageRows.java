package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.garbage.GarbageCollector;
import dev.jobctl.control.garbage.GarbageInput;
import dev.jobctl.control.garbage.NamespaceFinalizer;
import dev.jobctl.control.garbage.NamespaceInput;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.OwnerView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Plays a row about owners and namespaces.
///
/// `object a owners=b,c! finalizers=x deleting=true uid=u kind=Pod` (`!`: blocks its owner's deletion), `namespace`,
/// then `decide a` or `decide-namespace`, then `do` with all that is to be done, in order.
final class GarbageRows {
    private final Map<String, MetaView> objects = new LinkedHashMap<>();
    private MetaView namespace = meta(Kinds.NAMESPACE, "default", Map.of());
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
                                line.values().getOrDefault("kind", "").equals("Pod") ? Kinds.POD : Kinds.CONFIG_MAP,
                                line.words().getFirst(),
                                line.values()));
            case "namespace" -> namespace = meta(Kinds.NAMESPACE, "default", line.values());
            case "decide" -> decision = GarbageCollector.decide(input(line.text()));
            case "decide-namespace" ->
                decision =
                        NamespaceFinalizer.decide(new NamespaceInput(namespace, false, List.copyOf(objects.values())));
            case "event" ->
                assertThat(decision.events().stream().map(event -> event.reason() + ": " + event.message()))
                        .as("line %s", line.number())
                        .containsExactly(line.text());
            case "do" ->
                assertThat(decision.changes().stream().map(GarbageRows::print).collect(Collectors.joining(" ")))
                        .as("line %s", line.number())
                        .isEqualTo(line.text().equals("none") ? "" : line.text());
            default -> throw new IllegalArgumentException(line.verb());
        }
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

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static List<OwnerView> owners(String text) {
        List<OwnerView> owners = new ArrayList<>();
        Arrays.stream(text.split(",", -1)).filter(name -> !name.isEmpty()).forEach(word -> {
            String name = word.replace("!", "");
            owners.add(new OwnerView("v1", "ConfigMap", name, "uid-" + name, true, word.endsWith("!")));
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
            case Change.RemoveOwner remove ->
                "RemoveOwner(" + remove.object().key().name() + ","
                        + remove.ownerUid().substring("uid-".length()) + ")";
            case Change.FinalizeNamespace finalize -> "FinalizeNamespace";
            default -> change.toString();
        };
    }
}
