package dev.jobctl.resource.schema;

/// The type names in Go's messages about wrong values.
final class GoTypes {
    private GoTypes() {}

    /// `[]v1.Container`, `int32`, `v1.RestartPolicy`, `map[string]string`.
    static String of(Field field) {
        if (field.shape() instanceof Shape.ListOf && !field.goType().isEmpty()) {
            return "[]" + field.goType();
        }
        return field.goType().isEmpty() ? of(field.shape()) : field.goType();
    }

    /// Of one item of a list or map whose own name is `whole`.
    static String item(Shape item, String whole) {
        return whole.startsWith("[]") ? whole.substring(2) : of(item);
    }

    private static String of(Shape shape) {
        return switch (shape) {
            case Struct struct -> "v1." + struct.name();
            case Shape.ListOf list -> "[]" + of(list.item());
            case Shape.MapOf map -> "map[string]" + of(map.value());
            case Shape.Plain plain ->
                switch (plain) {
                    case TEXT, TIME, MICRO_TIME -> "string";
                    case INT32, INT_OR_STRING -> "int32";
                    case INT64 -> "int64";
                    case BOOL -> "bool";
                    case NUMBER -> "float64";
                    case QUANTITY -> "resource.Quantity";
                    case BYTES -> "[]uint8";
                    case ANY -> "interface {}";
                };
        };
    }
}
