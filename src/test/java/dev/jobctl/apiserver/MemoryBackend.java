package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Time;
import dev.jobctl.store.Draft;
import dev.jobctl.store.Entry;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Watch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A small real backend: applies each write to a store in memory, at once, without any controller.
public final class MemoryBackend implements ApiBackend {
    private final MemoryStore<ObjectVersion> store = new MemoryStore<>();
    private final Time time;
    private int staleUpdates;
    private @Nullable Deletion lastDeletion;

    public MemoryBackend(Time time) {
        this.time = time;
        HasMetadata namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("default")
                .withUid("0")
                .endMetadata()
                .build();
        put(new ObjectKey(Kinds.NAMESPACE, "", "default"), namespace);
    }

    @Override
    public Snapshot<ObjectVersion> snapshot() {
        return store.current();
    }

    @Override
    public @Nullable Watch<ObjectVersion> watch(String prefix, long afterRevision) {
        return store.watch(prefix, afterRevision);
    }

    public long retainedSince() {
        return store.retainedSince();
    }

    /// The next updates find that another one was quicker.
    public void makeStale(int updates) {
        staleUpdates = updates;
    }

    /// How the last object was deleted.
    synchronized Deletion lastDeletion() {
        return Objects.requireNonNull(lastDeletion);
    }

    @Override
    public synchronized CompletableFuture<Outcome> submit(Write write) {
        return CompletableFuture.completedFuture(
                switch (write) {
                    case Write.Create(ObjectKey key, HasMetadata object) ->
                        found(key) == null ? new Outcome.Stored(put(key, object)) : new Outcome.Exists();
                    case Write.TryCreate(ObjectKey key, HasMetadata object) ->
                        found(key) == null
                                ? new Outcome.Stored(ObjectVersion.read(key.kind(), 0, Json.write(object)))
                                : new Outcome.Exists();
                    case Write.Update(ObjectKey key, long expected, HasMetadata object) ->
                        update(key, expected, object);
                    case Write.Delete(ObjectKey key, Deletion options) -> delete(key, options);
                    case Write.Evict(ObjectKey key, Deletion options) -> delete(key, options);
                    case Write.TryEvict(ObjectKey key, Deletion options) -> tryDelete(key, options);
                    case Write.ReportPod report -> throw onlyTheNodeSends(report);
                    case Write.RecordEvent event -> throw onlyTheNodeSends(event);
                });
    }

    /// No request of a client becomes one of these: an API server that sends one has a bug.
    private static AssertionError onlyTheNodeSends(Write write) {
        return new AssertionError("the API server sent " + write);
    }

    public synchronized ObjectVersion put(Kind kind, HasMetadata object) {
        return put(ObjectKey.of(kind, object), object);
    }

    private Outcome update(ObjectKey key, long expected, HasMetadata object) {
        @Nullable ObjectVersion found = found(key);
        if (found == null) {
            return new Outcome.Missing();
        }
        if (staleUpdates > 0) {
            staleUpdates--;
            found = put(key, Json.copy(found.object()));
        }
        if (found.revision() != expected) {
            return new Outcome.Conflict(found);
        }
        ObjectMeta meta = object.getMetadata();
        if (meta.getDeletionTimestamp() != null && meta.getFinalizers().isEmpty()) {
            return remove(key, found);
        }
        return new Outcome.Stored(put(key, object));
    }

    private Outcome tryDelete(ObjectKey key, Deletion options) {
        @Nullable ObjectVersion found = found(key);
        if (found == null) {
            return new Outcome.Missing();
        }
        boolean fits = options.revision() == null || options.revision() == found.revision();
        return fits ? new Outcome.Removed(found) : new Outcome.Conflict(found);
    }

    private Outcome delete(ObjectKey key, Deletion options) {
        lastDeletion = options;
        @Nullable ObjectVersion found = found(key);
        if (found == null) {
            return new Outcome.Missing();
        }
        ObjectMeta meta = found.object().getMetadata();
        boolean otherUid = options.uid() != null && !options.uid().equals(meta.getUid());
        boolean otherRevision = options.revision() != null && options.revision() != found.revision();
        if (otherUid || otherRevision) {
            return new Outcome.Conflict(found);
        }
        if (meta.getFinalizers().isEmpty()) {
            return remove(key, found);
        }
        HasMetadata marked = Json.copy(found.object());
        marked.getMetadata().setDeletionTimestamp(time.now().toString());
        marked.getMetadata().setDeletionGracePeriodSeconds(options.graceSeconds());
        return new Outcome.Stored(put(key, marked));
    }

    private @Nullable ObjectVersion found(ObjectKey key) {
        @Nullable Entry<ObjectVersion> entry = store.current().get(key.path());
        return entry == null ? null : entry.value();
    }

    private ObjectVersion put(ObjectKey key, HasMetadata object) {
        Draft<ObjectVersion> draft = new Draft<>(store.current());
        ObjectVersion version = draft.put(key.path(), revision -> ObjectVersion.of(key.kind(), object, revision))
                .value();
        store.commit(draft, () -> {});
        return version;
    }

    private Outcome remove(ObjectKey key, ObjectVersion found) {
        Draft<ObjectVersion> draft = new Draft<>(store.current());
        draft.delete(key.path());
        store.commit(draft, () -> {});
        return new Outcome.Removed(found);
    }
}
