package dev.jobctl.store;

/// Turns values into bytes at rest and back. Pure; called from any thread.
public interface Codec<V> {
    /// May be asked twice of one value, so it is well to remember the bytes.
    byte[] encode(V value);

    /// `bytes` are what `encode` returned, `revision` that of the entry.
    V decode(String key, long revision, byte[] bytes);
}
