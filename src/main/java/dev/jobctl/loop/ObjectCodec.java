package dev.jobctl.loop;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Codec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Objects at rest: their wire form in JSON. The kind follows from the key.
public final class ObjectCodec implements Codec<ObjectVersion> {
    private final Map<String, Kind> kinds = new HashMap<>();

    public ObjectCodec() {
        List<Kind> all = new ArrayList<>(Kinds.all());
        all.addAll(HiddenKinds.ALL);
        all.forEach(kind -> kinds.put(kind.keyPrefix(), kind));
    }

    @Override
    public byte[] encode(ObjectVersion value) {
        return value.json();
    }

    @Override
    public ObjectVersion decode(String key, long revision, byte[] bytes) {
        int second = key.indexOf('/', key.indexOf('/') + 1);
        Kind kind = kinds.get(key.substring(0, second + 1));
        if (kind == null) {
            throw new IllegalArgumentException("no kind for key " + key);
        }
        return ObjectVersion.read(kind, revision, bytes);
    }
}
