package dev.jobctl.std;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map of so many keys at most: for a new one, that which nobody has asked for longest makes room. Owned by one
/// thread; asking changes the order, so readers need the same lock as writers.
public final class LastUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    public LastUsed(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
