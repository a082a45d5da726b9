package dev.jobctl.resource.value;

import org.jspecify.annotations.Nullable;

/// One complaint about one field, in the API's own words: `PATH: TYPE[: VALUE][: DETAIL]`.
///
/// @param path such as `spec.template.spec.containers[0].image`
/// @param value as the API prints it (numbers plain, strings quoted, null for "left out")
/// @param detail empty for none
public record FieldError(String path, Type type, @Nullable String value, String detail) {
    /// The API's cause reasons with the words that they begin with.
    public enum Type {
        Required("FieldValueRequired", "Required value"),
        Invalid("FieldValueInvalid", "Invalid value"),
        NotSupported("FieldValueNotSupported", "Unsupported value"),
        Duplicate("FieldValueDuplicate", "Duplicate value"),
        Forbidden("FieldValueForbidden", "Forbidden"),
        TooLong("FieldValueTooLong", "Too long"),
        TooMany("FieldValueTooMany", "Too many"),
        NotFound("FieldValueNotFound", "Not found"),
        TypeInvalid("FieldValueTypeInvalid", "Invalid value"),
        Internal("InternalError", "Internal error");

        private final String reason;
        private final String words;

        Type(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        /// `FieldValueInvalid` and the like: the cause's reason in a Status.
        public String reason() {
            return reason;
        }

        public String words() {
            return words;
        }
    }

    /// Without the path: the cause's message in a Status.
    public String message() {
        StringBuilder text = new StringBuilder(type.words());
        if (value != null) {
            text.append(": ").append(value);
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return path + ": " + message();
    }
}
