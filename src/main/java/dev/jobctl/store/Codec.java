package dev.jobctl.store;

/// Turns values into bytes at rest and back. Pure; called from the committing thread, and from `open` on recovery.
public interface Codec<V> {
    byte[] encode(V value);

    /// `bytes` are what `encode` returned, `revision` that of the entry.
    V decode(String key, long revision, byte[] bytes);
}
