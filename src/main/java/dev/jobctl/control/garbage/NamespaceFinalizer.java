package dev.jobctl.control.garbage;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.view.MetaView;
import java.util.List;

/// Empties a namespace that is being deleted, then lets it go.
public final class NamespaceFinalizer {
    private NamespaceFinalizer() {}

    /// Rule GC-010, namespace deletion: everything in it is deleted, each with its own grace and in the background,
    /// the pods first: what they need stays until the last one is gone. When nothing is left, the namespace loses its
    /// finalizer `kubernetes`.
    public static Decision decide(NamespaceInput input) {
        if (!input.namespace().deleting() || input.finalized()) {
            return Decision.quiet();
        }
        if (input.contents().isEmpty()) {
            return new Decision(
                    List.of(new Change.FinalizeNamespace(input.namespace().ref())), List.of(), null);
        }
        boolean podsLeft = input.contents().stream().anyMatch(NamespaceFinalizer::isPod);
        List<Change> deletions = input.contents().stream()
                .filter(object -> !object.deleting() && (!podsLeft || isPod(object)))
                .<Change>map(NamespaceFinalizer::delete)
                .toList();
        return deletions.isEmpty() ? Decision.quiet() : new Decision(deletions, List.of(), null);
    }

    private static boolean isPod(MetaView object) {
        return object.ref().key().kind().equals(Kinds.POD);
    }

    private static Change delete(MetaView object) {
        return new Change.Delete(object.ref(), new Deletion(null, Propagation.Background, object.uid(), null));
    }
}
