package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One stored version of one object. Immutable: the fabric8 object inside must never be changed again. Its JSON and its
/// view are made on first need and kept; two threads may make them at once, with equal results.
public final class ObjectVersion {
    private final Kind kind;
    private final ObjectKey key;
    private final HasMetadata object;
    private final long revision;
    private volatile byte @Nullable [] json;
    private volatile @Nullable Object view;
    private volatile @Nullable SharedSpec spec;

    private ObjectVersion(Kind kind, ObjectKey key, HasMetadata object, long revision, byte @Nullable [] json) {
        this.kind = kind;
        this.key = key;
        this.object = object;
        this.revision = revision;
        this.json = json;
    }

    /// Takes the object over and writes the revision into its `metadata.resourceVersion`.
    public static ObjectVersion of(Kind kind, HasMetadata object, long revision) {
        return of(ObjectKey.of(kind, object), object, revision);
    }

    /// The same, where the key is known: that of the object.
    public static ObjectVersion of(ObjectKey key, HasMetadata object, long revision) {
        object.getMetadata().setResourceVersion(Long.toString(revision));
        return new ObjectVersion(key.kind(), key, object, revision, null);
    }

    /// From bytes that `json()` once returned.
    public static ObjectVersion read(Kind kind, long revision, byte[] json) {
        HasMetadata object = Json.read(json, kind.type());
        return new ObjectVersion(kind, ObjectKey.of(kind, object), object, revision, json);
    }

    public Kind kind() {
        return kind;
    }

    /// Shared: read only.
    public HasMetadata object() {
        return object;
    }

    public long revision() {
        return revision;
    }

    public ObjectKey key() {
        return key;
    }

    public ObjectRef ref() {
        return new ObjectRef(key, object.getMetadata().getUid());
    }

    /// The wire form, with apiVersion, kind and resourceVersion. Shared: read only.
    public byte[] json() {
        byte @Nullable [] known = json;
        if (known == null) {
            SharedSpec shared = spec == null ? new SharedSpec() : spec;
            spec = shared;
            known = shared.write(object);
            json = known;
        }
        return known;
    }

    /// Takes from the version before it what both have. Before anybody else sees this one.
    public void follows(ObjectVersion before) {
        if (SharedSpec.same(before.object, object)) {
            if (before.spec == null) { // whichever of both is written first spares the other
                before.spec = new SharedSpec();
            }
            spec = before.spec;
        }
    }

    /// The view of this version, made once by `make`. A kind has one view type.
    @SuppressWarnings("unchecked")
    public <O extends HasMetadata, T> T view(Class<T> type, Function<O, T> make) {
        @Nullable Object known = view;
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T made = make.apply((O) object);
        view = made;
        return made;
    }
}
