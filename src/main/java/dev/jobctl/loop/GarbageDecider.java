package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.garbage.GarbageCollector;
import dev.jobctl.control.garbage.GarbageInput;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The garbage collector's place in the loop. Keys: all objects but Events.
///
/// A living owner with a living dependant is the normal case and costs one look-up when the dependant appears; nobody
/// is asked before an owner goes, waits to go, or was never there.
record GarbageDecider() implements Decider {
    @Override
    public String name() {
        return "garbage";
    }

    @Override
    public boolean watches(Kind kind) {
        return !kind.equals(Kinds.EVENT);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = version(change.current());
        @Nullable ObjectVersion before = version(change.previous());
        @Nullable ObjectVersion any = now != null ? now : before;
        if (any == null) {
            return;
        }
        boolean sameOwners = now != null && before != null && owners(now).equals(owners(before));
        if (now != null && !sameOwners && !allHold(now, state)) {
            ask.accept(change.key());
        }
        if (before != null && !sameOwners) {
            askForegroundOwners(before, state, ask);
        }
        if (now != null && waits(now.object().getMetadata())) {
            ask.accept(change.key());
        }
        boolean leaves = now == null;
        boolean startsToWait = now != null
                && waitsInForeground(now.object().getMetadata())
                && (before == null || !waitsInForeground(before.object().getMetadata()));
        if (leaves || startsToWait) {
            state.indexes().dependants(uid(any)).forEach(ask);
        }
    }

    private static @Nullable ObjectVersion version(@Nullable Entry<ObjectVersion> entry) {
        return entry == null ? null : entry.value();
    }

    private static List<OwnerReference> owners(ObjectVersion version) {
        return version.object().getMetadata().getOwnerReferences();
    }

    private static String uid(ObjectVersion version) {
        @Nullable String uid = version.object().getMetadata().getUid();
        return uid == null ? "" : uid;
    }

    private static void askForegroundOwners(ObjectVersion dependant, State state, Consumer<String> ask) {
        for (OwnerReference reference : owners(dependant)) {
            @Nullable ObjectVersion owner = withUid(reference.getUid(), state);
            if (owner != null && waitsInForeground(owner.object().getMetadata())) {
                ask.accept(owner.key().path());
            }
        }
    }

    private static boolean allHold(ObjectVersion dependant, State state) {
        for (OwnerReference owner : owners(dependant)) { // asked about every new object: no stream
            if (!holds(owner, dependant, state)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(OwnerReference reference, ObjectVersion dependant, State state) {
        @Nullable ObjectVersion owner = find(reference, dependant, state);
        return owner != null && !waitsInForeground(owner.object().getMetadata());
    }

    /// An owner has the kind and the name of the reference, and is in the dependant's namespace or has none.
    private static @Nullable ObjectVersion find(OwnerReference reference, ObjectVersion dependant, State state) {
        @Nullable ObjectVersion owner = withUid(reference.getUid(), state);
        if (owner == null
                || !owner.object().getMetadata().getName().equals(reference.getName())
                || !owner.kind().kind().equals(reference.getKind())
                || !owner.kind().apiVersion().equals(reference.getApiVersion())) {
            return null;
        }
        if (!owner.kind().namespaced()) {
            return owner;
        }
        String namespace = owner.object().getMetadata().getNamespace();
        return namespace.equals(dependant.object().getMetadata().getNamespace()) ? owner : null;
    }

    private static @Nullable ObjectVersion withUid(String uid, State state) {
        @Nullable String key = state.indexes().place(uid);
        return key == null ? null : state.get(key);
    }

    private static boolean waits(ObjectMeta meta) {
        return meta.getDeletionTimestamp() != null
                && (meta.getFinalizers().contains(GarbageCollector.ORPHAN)
                        || meta.getFinalizers().contains(GarbageCollector.FOREGROUND));
    }

    private static boolean waitsInForeground(ObjectMeta meta) {
        return meta.getDeletionTimestamp() != null && meta.getFinalizers().contains(GarbageCollector.FOREGROUND);
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion object = state.get(ask.key());
        if (object == null) {
            return Decision.quiet();
        }
        List<MetaView> owners = new ArrayList<>();
        for (OwnerReference reference : owners(object)) {
            @Nullable ObjectVersion owner = withUid(reference.getUid(), state);
            if (owner != null) {
                owners.add(Views.meta(owner));
            }
        }
        List<MetaView> dependants = new ArrayList<>();
        for (String key : state.indexes().dependants(uid(object))) {
            @Nullable ObjectVersion dependant = state.get(key);
            if (dependant != null) {
                dependants.add(Views.meta(dependant));
            }
        }
        return GarbageCollector.decide(new GarbageInput(Views.meta(object), owners, dependants));
    }
}
