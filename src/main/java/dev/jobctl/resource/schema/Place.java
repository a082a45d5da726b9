package dev.jobctl.resource.schema;

import org.jspecify.annotations.Nullable;

/// Where a reader stands, in the three notations that messages need. Texts are made only when somebody asks.
///
/// @param token last part of the JSON pointer, unescaped
/// @param part last part in the API's notation: `.name` or `[0]`
/// @param struct innermost struct type
/// @param goPath field names only, joined by dots
record Place(@Nullable Place parent, String token, String part, String struct, String goPath) {
    Place field(Struct type, String name) {
        return new Place(this, name, "." + name, type.name(), goPath.isEmpty() ? name : goPath + "." + name);
    }

    Place key(String name) {
        return new Place(this, name, "." + name, struct, goPath);
    }

    Place item(int index) {
        return new Place(this, Integer.toString(index), "[" + index + "]", struct, goPath);
    }

    String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/" + token.replace("~", "~0").replace("/", "~1");
    }

    /// `spec.template.spec.containers[0].image`
    String path() {
        String whole = whole();
        return whole.startsWith(".") ? whole.substring(1) : whole;
    }

    private String whole() {
        return parent == null ? part : parent.whole() + part;
    }

    /// Go's sentence for a value of the wrong type.
    String cannot(String found, String goType) {
        String into = goPath.isEmpty() ? "value" : "struct field " + struct + "." + goPath;
        return "json: cannot unmarshal " + found + " into Go " + into + " of type " + goType;
    }
}
