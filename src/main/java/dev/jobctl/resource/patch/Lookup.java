package dev.jobctl.resource.patch;

import dev.jobctl.resource.schema.Field;
import dev.jobctl.resource.schema.MergeRule;
import dev.jobctl.resource.schema.Shape;
import dev.jobctl.resource.schema.Struct;
import org.jspecify.annotations.Nullable;

/// What the schema says of one key of a map in a patch.
///
/// @param inner of the map under the key, or of one item of the list under it
record Lookup(Shape inner, MergeRule rule) {
    private static final Lookup FREE = new Lookup(Shape.Plain.ANY, MergeRule.NONE);

    /// Free-form where the schema knows nothing of the key, as with a newer server's fields.
    static Lookup lenient(Shape shape, String key) {
        return switch (shape) {
            case Struct struct -> {
                @Nullable Field field = struct.field(key);
                yield field == null ? FREE : new Lookup(item(field.shape()), field.merge());
            }
            case Shape.MapOf map -> new Lookup(item(map.value()), MergeRule.NONE);
            case Shape.ListOf _, Shape.Plain _ -> FREE;
        };
    }

    /// Throws [PatchError] when a struct has no such field.
    static Lookup strict(Shape shape, String key) {
        if (shape instanceof Struct struct && struct.field(key) == null) {
            throw new PatchError(
                    500, "unable to find api field in struct " + struct.name() + " for the json field \"" + key + "\"");
        }
        return lenient(shape, key);
    }

    MergeList list() {
        return new MergeList(rule.mergeKey());
    }

    private static Shape item(Shape shape) {
        return shape instanceof Shape.ListOf list ? list.item() : shape;
    }
}
