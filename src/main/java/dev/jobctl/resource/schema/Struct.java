package dev.jobctl.resource.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An object with known fields, such as `PodSpec`. Its fields are found on first need, since structs may hold each
/// other; after that nothing changes. Two threads may look at once, with equal results.
public final class Struct implements Shape {
    private final String name;
    private final Class<?> type;
    private final Supplier<SequencedMap<String, Field>> finder;
    private volatile @Nullable SequencedMap<String, Field> fields;

    Struct(Class<?> type, Supplier<SequencedMap<String, Field>> finder) {
        this.name = type.getSimpleName();
        this.type = type;
        this.finder = finder;
    }

    /// The type's plain name, `PodSpec`.
    public String name() {
        return name;
    }

    /// The model class that it was read from.
    public Class<?> type() {
        return type;
    }

    /// In the model's order: by name, but for apiVersion, kind, metadata, spec, status.
    public Collection<Field> fields() {
        return known().values();
    }

    public @Nullable Field field(String name) {
        return known().get(name);
    }

    /// Whether server-side apply takes the whole as one value.
    public boolean atomic() {
        return Facts.atomic(name);
    }

    private Map<String, Field> known() {
        @Nullable SequencedMap<String, Field> now = fields;
        if (now == null) {
            now = new LinkedHashMap<>(finder.get());
            fields = now;
        }
        return now;
    }

    @Override
    public String toString() {
        return name;
    }
}
