package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The state as a decider with a bug sees it: every object that is asked for by its key or its
/// prefix passes through `eyes`.
public record Misreading(State real, UnaryOperator<ObjectVersion> eyes) implements State {
    @Override
    public @Nullable ObjectVersion get(String key) {
        @Nullable ObjectVersion found = real.get(key);
        return found == null ? null : eyes.apply(found);
    }

    @Override
    public Collection<Entry<ObjectVersion>> prefixed(String prefix) {
        return real.prefixed(prefix).stream()
                .map(entry ->
                        new Entry<>(entry.key(), entry.createdRevision(), entry.revision(), eyes.apply(entry.value())))
                .toList();
    }

    @Override
    public Indexes indexes() {
        return real.indexes();
    }
}
