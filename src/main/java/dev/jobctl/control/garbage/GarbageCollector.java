package dev.jobctl.control.garbage;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.OwnerView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Owner cascade: an object whose owners are gone goes too, and an owner that is deleted in the foreground waits for
/// its dependants. Ask about an object when it, one of its owners or one of its dependants was stored or removed.
///
/// The three ways of deleting an owner (propagationPolicy): Background leaves at once and its dependants find it
/// missing; Foreground stays with finalizer `foregroundDeletion` until no blocking dependant is left; Orphan stays with
/// finalizer `orphan` until no dependant names it any more.
public final class GarbageCollector {
    public static final String FOREGROUND = "foregroundDeletion";
    public static final String ORPHAN = "orphan";
    private static final String COMPONENT = "garbage-collector-controller";

    private GarbageCollector() {}

    /// Rule GC-001: an object whose owners are all gone goes too. Objects being deleted already are left alone.
    public static Decision decide(GarbageInput input) {
        MetaView object = input.object();
        List<Change> changes = new ArrayList<>();
        if (object.deleting() && object.hasFinalizer(ORPHAN)) {
            changes.addAll(orphan(input));
        } else if (object.deleting() && object.hasFinalizer(FOREGROUND)) {
            changes.addAll(waitForDependants(input));
        }
        List<EventDraft> events = List.of();
        if (!object.deleting() && !object.owners().isEmpty()) {
            changes.addAll(followOwners(input));
            events = misplaced(input);
        }
        return changes.isEmpty() && events.isEmpty() ? Decision.quiet() : new Decision(changes, events, null);
    }

    /// Rule GC-007, "Namespaced dependents may only name owners in the same namespace or cluster-scoped": an owner
    /// elsewhere counts as vanished, and the first is told, as the object names it.
    private static List<EventDraft> misplaced(GarbageInput input) {
        ObjectRef object = input.object().ref();
        for (OwnerView reference : input.object().owners()) {
            @Nullable MetaView owner = withUid(input, reference.uid());
            if (owner != null && !reaches(owner, input.object())) {
                String namespace = object.key().namespace();
                String message = "ownerRef [" + reference.apiVersion() + "/" + reference.kind() + ", namespace: "
                        + namespace + ", name: " + reference.name() + ", uid: " + reference.uid()
                        + "] does not exist in namespace \"" + namespace + "\"";
                return List.of(EventDraft.warning(object, "OwnerRefInvalidNamespace", message, COMPONENT));
            }
            if (owner != null && !isMeant(owner, reference)) {
                return List.of();
            }
        }
        return List.of();
    }

    private static boolean reaches(MetaView owner, MetaView object) {
        String namespace = owner.ref().key().namespace();
        return namespace.isEmpty() || namespace.equals(object.ref().key().namespace());
    }

    /// Rule GC-003, garbage collection, "Orphan": every dependant forgets this owner, then the owner may go.
    private static List<Change> orphan(GarbageInput input) {
        List<Change> changes = new ArrayList<>();
        for (MetaView dependant : input.dependants()) {
            changes.add(new Change.RemoveOwner(dependant.ref(), input.object().uid()));
        }
        changes.add(new Change.RemoveFinalizer(input.object().ref(), ORPHAN));
        return changes;
    }

    /// Rule GC-002, garbage collection, "Foreground": the owner may go once nothing that blocks its deletion is left.
    private static List<Change> waitForDependants(GarbageInput input) {
        String uid = input.object().uid();
        boolean blocked = input.dependants().stream().anyMatch(dependant -> blocks(dependant, uid));
        return blocked
                ? List.of()
                : List.of(new Change.RemoveFinalizer(input.object().ref(), FOREGROUND));
    }

    private static boolean blocks(MetaView dependant, String ownerUid) {
        return dependant.owners().stream().anyMatch(owner -> owner.uid().equals(ownerUid) && owner.blocking());
    }

    /// Rule GC-005, "A dependent with several owners survives while at least one owner exists and is not waiting in
    /// foreground deletion": then the other references are taken away. Otherwise the object itself is deleted.
    private static List<Change> followOwners(GarbageInput input) {
        MetaView object = input.object();
        if (object.owners().stream().anyMatch(owner -> !canBeSought(owner, object))) {
            return List.of();
        }
        List<OwnerView> useless = new ArrayList<>();
        boolean held = false;
        boolean foreground = false;
        for (OwnerView reference : object.owners()) {
            @Nullable MetaView owner = find(input, reference);
            boolean waiting = owner != null && owner.deleting() && owner.hasFinalizer(FOREGROUND);
            held |= owner != null && !waiting;
            foreground |= waiting;
            if (owner == null || waiting) {
                useless.add(reference);
            }
        }
        if (held) {
            return useless.stream()
                    .<Change>map(reference -> new Change.RemoveOwner(object.ref(), reference.uid()))
                    .toList();
        }
        boolean waits = foreground && !input.dependants().isEmpty();
        List<Change> changes = new ArrayList<>();
        if (waits && isInCircle(input)) {
            changes.add(new Change.UnblockOwners(object.ref()));
        }
        Propagation how = waits ? Propagation.Foreground : propagation(object);
        changes.add(new Change.Delete(object.ref(), new Deletion(null, how, object.uid(), null)));
        return changes;
    }

    /// Rule GC-007: an object of the whole cluster that names an owner in a namespace is never collected, whether that
    /// owner is there or not: nobody can say which one was meant. Rule GC-008: nor is an object that names an owner of
    /// an unknown kind.
    private static boolean canBeSought(OwnerView owner, MetaView object) {
        boolean namespaced = !object.ref().key().namespace().isEmpty();
        return Kinds.byName(owner.apiVersion(), owner.kind())
                .filter(kind -> namespaced || !kind.namespaced())
                .isPresent();
    }

    /// Rule GC-008, "Owner references": an owner is sought by kind and name, and is the one that is meant if it has the
    /// uid. So a reference to a re-created owner of that name is dead, and so is one with another kind or name.
    private static @Nullable MetaView find(GarbageInput input, OwnerView reference) {
        @Nullable MetaView owner = withUid(input, reference.uid());
        return owner != null && reaches(owner, input.object()) && isMeant(owner, reference) ? owner : null;
    }

    private static @Nullable MetaView withUid(GarbageInput input, String uid) {
        for (MetaView owner : input.owners()) {
            if (owner.uid().equals(uid)) {
                return owner;
            }
        }
        return null;
    }

    private static boolean isMeant(MetaView owner, OwnerView reference) {
        Kind kind = owner.ref().key().kind();
        return owner.name().equals(reference.name())
                && kind.kind().equals(reference.kind())
                && kind.apiVersion().equals(reference.apiVersion());
    }

    /// Rule GC-006: under an owner that waits in foreground deletion, dependants with dependants of their own wait too.
    /// If one of these already waits, it may be for this very owner: so the object no longer holds its owners back.
    private static boolean isInCircle(GarbageInput input) {
        return input.dependants().stream()
                .anyMatch(dependant -> dependant.deleting() && dependant.hasFinalizer(FOREGROUND));
    }

    /// The object's own finalizers say.
    private static Propagation propagation(MetaView object) {
        if (object.hasFinalizer(ORPHAN)) {
            return Propagation.Orphan;
        }
        return object.hasFinalizer(FOREGROUND) ? Propagation.Foreground : Propagation.Background;
    }
}
