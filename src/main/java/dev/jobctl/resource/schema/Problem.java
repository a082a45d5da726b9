package dev.jobctl.resource.schema;

import java.util.List;

/// One thing that a document says and its type does not allow.
///
/// @param pointer JSON pointer to the value: `/spec/template/spec/containers/0/imag`
/// @param path the same in the API's words: `spec.template.spec.containers[0].imag`
/// @param message the server's text for it: `unknown field "spec.foo"`
/// @param suggestions known field names that are close to an unknown one, best first; for people, not in the server's
/// text
public record Problem(Type type, String pointer, String path, String message, List<String> suggestions) {
    public enum Type {
        UNKNOWN_FIELD,
        DUPLICATE_FIELD,
        /// Fatal whatever the request's `fieldValidation` says: the document cannot be read as this type.
        WRONG_TYPE
    }

    public Problem {
        suggestions = List.copyOf(suggestions);
    }

    /// Whether `fieldValidation=Ignore` or `Warn` lets the request through.
    public boolean tolerable() {
        return type != Type.WRONG_TYPE;
    }
}
