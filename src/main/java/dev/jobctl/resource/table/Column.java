package dev.jobctl.resource.table;

/// One column definition of a Table.
///
/// @param type `string`, `integer` or `boolean`
/// @param format `name` for the name column, else empty
/// @param priority 0 always shown, 1 in wide output only
public record Column(String name, String type, String format, String description, int priority) {
    static Column name(String kind) {
        return new Column("Name", "string", "name", "Name of the " + kind + ", unique in its namespace.", 0);
    }

    static Column text(String name, String description) {
        return new Column(name, "string", "", description, 0);
    }

    static Column number(String name, String description) {
        return new Column(name, "integer", "", description, 0);
    }

    static Column age() {
        return text("Age", "Time since the object was created.");
    }

    Column wide() {
        return new Column(name, type, format, description, 1);
    }
}
