package dev.jobctl.control.garbage;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Empties a namespace that is being deleted, then lets it go.
public final class NamespaceFinalizer {
    private NamespaceFinalizer() {}

    /// Rule GC-010, namespace deletion: everything in it is deleted, each with its own grace and in the background,
    /// the pods first: what they need stays until the last one is gone. When nothing is left, the namespace loses its
    /// finalizer `kubernetes`.
    public static Decision decide(NamespaceInput input, Instant now) {
        if (!input.namespace().deleting() || input.finalized()) {
            return Decision.quiet();
        }
        List<MetaView> pods =
                input.contents().stream().filter(NamespaceFinalizer::isPod).toList();
        List<MetaView> turn = pods.isEmpty() ? input.contents() : pods;
        List<Change> changes = new ArrayList<>();
        for (MetaView object : turn) {
            if (!object.deleting()) {
                changes.add(delete(object));
            }
        }
        @Nullable Instant patience = changes.isEmpty() ? patience(input, pods) : null;
        // What was told stays true while the same pods are left, though the clock may have been set back since.
        boolean stuck = patience != null && (!now.isBefore(patience) || NamespaceConditions.toldStuck(input));
        List<ConditionView> conditions = pods.isEmpty()
                ? NamespaceConditions.waiting(input, now)
                : NamespaceConditions.podsFirst(input, stuck, now);
        if (!conditions.equals(input.conditions())) {
            changes.add(new Change.SetNamespaceConditions(input.namespace().ref(), conditions));
        }
        if (input.contents().isEmpty()) {
            changes.add(new Change.FinalizeNamespace(input.namespace().ref()));
        }
        return new Decision(changes, List.of(), stuck ? null : patience);
    }

    /// Until when pods may take their time; null when there are none, or a finalizer says what they wait for.
    private static @Nullable Instant patience(NamespaceInput input, List<MetaView> pods) {
        boolean held = pods.stream().anyMatch(pod -> !pod.finalizers().isEmpty());
        return pods.isEmpty() || held
                ? null
                : Objects.requireNonNull(input.namespace().deletion()).plus(input.podGrace());
    }

    private static boolean isPod(MetaView object) {
        return object.ref().key().kind().equals(Kinds.POD);
    }

    private static Change delete(MetaView object) {
        return new Change.Delete(object.ref(), new Deletion(null, Propagation.Background, object.uid(), null));
    }
}
