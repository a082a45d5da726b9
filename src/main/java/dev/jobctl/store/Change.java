package dev.jobctl.store;

import org.jspecify.annotations.Nullable;

/// What happened to one key at one revision. `previous` null: the key appeared; `current` null: it went.
/// Never both null. For a deletion `revision` is that of the deletion, above `previous.revision()`.
public record Change<V>(
        String key,
        long revision,
        @Nullable Entry<V> previous,
        @Nullable Entry<V> current) {}
