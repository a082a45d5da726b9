package dev.jobctl.loop;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionViews;
import dev.jobctl.store.Change;
import dev.jobctl.store.Draft;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The draft of one round and the indexes that follow each of its changes at once. Owned by the loop's thread.
final class WorkingState implements State {
    private final Draft<ObjectVersion> draft;
    private final Indexes indexes;
    private final ConditionViews conditions = new ConditionViews();

    WorkingState(Snapshot<ObjectVersion> base, Indexes indexes) {
        this.draft = new Draft<>(base);
        this.indexes = indexes;
    }

    @Override
    public @Nullable ObjectVersion get(String key) {
        @Nullable Entry<ObjectVersion> entry = draft.get(key);
        return entry == null ? null : entry.value();
    }

    /// Null when it is gone, or another object has its name now.
    @Nullable
    ObjectVersion get(ObjectRef ref) {
        @Nullable ObjectVersion found = get(ref.key().path());
        return found != null && ref.uid().equals(found.object().getMetadata().getUid()) ? found : null;
    }

    @Override
    public Collection<Entry<ObjectVersion>> prefixed(String prefix) {
        return draft.prefixed(prefix);
    }

    @Override
    public Indexes indexes() {
        return indexes;
    }

    /// Takes the object over as the newest version.
    ObjectVersion put(Kind kind, HasMetadata object) {
        return put(ObjectKey.of(kind, object), object);
    }

    /// Takes the next version of `before`, an object of the same name.
    ObjectVersion put(ObjectVersion before, HasMetadata object) {
        return put(before.key(), object);
    }

    /// Takes the object over, whose key that is.
    ObjectVersion put(ObjectKey key, HasMetadata object) {
        int from = draft.size();
        ObjectVersion stored = draft.put(key.path(), revision -> ObjectVersion.of(key, object, revision))
                .value();
        Change<ObjectVersion> change = draft.changesSince(from).getFirst();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (previous != null) {
            stored.follows(previous.value());
            if (Views.is(stored, Kinds.POD)) {
                Views.carry(previous.value(), stored, conditions);
            }
        }
        indexes.follow(change);
        return stored;
    }

    /// With everything that is kept beside it.
    void remove(ObjectVersion version) {
        indexes.follow(draft.delete(version.key().path()));
        if (Views.is(version, Kinds.JOB) || Views.is(version, Kinds.CRON_JOB)) {
            forget(version.key());
        }
    }

    /// Drops a controller's memory of an object.
    void forget(ObjectKey object) {
        @Nullable ObjectVersion memory = get(HiddenKinds.memoryKey(object).path());
        if (memory != null) {
            remove(memory);
        }
    }

    Draft<ObjectVersion> draft() {
        return draft;
    }

    /// Takes the indexes back to where they were before this draft.
    void undo() {
        List<Change<ObjectVersion>> done = draft.changes();
        for (Change<ObjectVersion> change : done.reversed()) {
            indexes.follow(new Change<>(change.key(), change.revision(), change.current(), change.previous()));
        }
    }
}
