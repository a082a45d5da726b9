package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One stored version of one object. Immutable: the fabric8 object inside must never be changed again. Its JSON and its
/// view are made on first need and kept; two threads may make them at once, with equal results. Of object and JSON one
/// is always there, and the other can be made of it: see [#rest()] and [#age()].
public final class ObjectVersion {
    private final Kind kind;
    private final ObjectKey key;
    private volatile @Nullable HasMetadata object;
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
        @Nullable HasMetadata known = object;
        return known == null ? Json.read(json(), kind.type()) : known;
    }

    /// Lets the object go where its JSON is there: from now on it is read anew each time. For what is many and seldom
    /// asked for.
    public void rest() {
        if (json != null) {
            object = null;
            spec = null;
        }
    }

    /// Whether only its JSON is there: the object has to be read.
    public boolean resting() {
        return object == null;
    }

    /// False: it is certain that no field has this value. A cheap question to one that rests; others say yes.
    public boolean mayMention(String value) {
        byte @Nullable [] known = json;
        return !resting() || known == null || !JsonText.plain(value) || JsonText.holds(known, value);
    }

    /// Lets the JSON go where the object is there: it is written again, and kept, when it is asked for. For what was
    /// followed by another version, which only those still see who lag behind, and for what will hardly change again.
    public void age() {
        if (object != null) {
            json = null;
            spec = null; // it holds the JSON in which it was written last
        }
    }

    public long revision() {
        return revision;
    }

    public ObjectKey key() {
        return key;
    }

    public ObjectRef ref() {
        return new ObjectRef(key, object().getMetadata().getUid());
    }

    /// The wire form, with apiVersion, kind and resourceVersion. Shared: read only.
    public byte[] json() {
        while (true) {
            byte @Nullable [] known = json;
            if (known != null) {
                return known;
            }
            @Nullable HasMetadata whole = object;
            if (whole != null) { // else it has just come to rest
                byte[] written = write(whole);
                json = written;
                return written;
            }
        }
    }

    private byte[] write(HasMetadata whole) {
        @Nullable SharedSpec known = spec; // which may go meanwhile
        SharedSpec shared = known == null ? new SharedSpec() : known;
        spec = shared;
        return shared.write(whole);
    }

    /// Takes from the version before it what both have. Before anybody else sees this one.
    public void follows(ObjectVersion before) {
        @Nullable HasMetadata old = before.object;
        @Nullable HasMetadata next = object;
        if (old != null && next != null && SharedSpec.same(old, next)) {
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
        T made = make.apply((O) object());
        view = made;
        return made;
    }
}
