package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.GoQuote;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Collects the complaints of one validation, in order, each once. Owned by one call.
final class Complaints {
    private final Set<FieldError> found = new LinkedHashSet<>();
    private final @Nullable Object sound;

    Complaints() {
        this(null);
    }

    /// @param sound a part that nobody needs to look at
    Complaints(@Nullable Object sound) {
        this.sound = sound;
    }

    /// Whether it is known of this very part that nothing is wrong with it.
    @SuppressWarnings("ReferenceEquality") // what is equal may be right elsewhere, but is not known
    boolean known(Object part) {
        return part == sound;
    }

    List<FieldError> list() {
        return List.copyOf(found);
    }

    /// Takes over what is wrong with a part, whose paths begin at `prefix`.
    void addAll(String prefix, Complaints part) {
        for (FieldError error : part.found) {
            found.add(new FieldError(prefix + error.path(), error.type(), error.value(), error.detail()));
        }
    }

    void required(String path, String detail) {
        found.add(new FieldError(path, FieldError.Type.Required, null, detail));
    }

    void forbidden(String path, String detail) {
        found.add(new FieldError(path, FieldError.Type.Forbidden, null, detail));
    }

    void tooLong(String path, int maxBytes) {
        found.add(new FieldError(path, FieldError.Type.TooLong, null, "may not be more than " + maxBytes + " bytes"));
    }

    void tooMany(String path, int actual, int max) {
        found.add(new FieldError(
                path, FieldError.Type.TooMany, Integer.toString(actual), "must have at most " + max + " items"));
    }

    /// @param value text, number, boolean, list or map; printed as Go does
    void invalid(String path, @Nullable Object value, String detail) {
        found.add(new FieldError(path, FieldError.Type.Invalid, GoText.of(value), detail));
    }

    /// @param printed the value in Go's words already
    void invalidStruct(String path, String printed, String detail) {
        found.add(new FieldError(path, FieldError.Type.Invalid, printed, detail));
    }

    /// With the value deliberately left out.
    void invalidWithoutValue(String path, String detail) {
        found.add(new FieldError(path, FieldError.Type.Invalid, null, detail));
    }

    void invalidEach(String path, String value, List<String> details) {
        details.forEach(detail -> invalid(path, value, detail));
    }

    void duplicate(String path, Object value) {
        found.add(new FieldError(path, FieldError.Type.Duplicate, GoText.of(value), ""));
    }

    void notFound(String path, Object value) {
        found.add(new FieldError(path, FieldError.Type.NotFound, GoText.of(value), ""));
    }

    void notSupported(String path, Object value, List<String> supported) {
        String choice = supported.stream().map(GoQuote::of).collect(Collectors.joining(", "));
        found.add(new FieldError(path, FieldError.Type.NotSupported, GoText.of(value), "supported values: " + choice));
    }

    void nonNegative(String path, @Nullable Number value) {
        if (value != null && value.longValue() < 0) {
            invalid(path, value, "must be greater than or equal to 0");
        }
    }

    void between(String path, @Nullable Number value, long min, long max) {
        if (value != null && (value.longValue() < min || value.longValue() > max)) {
            invalid(path, value, "must be between " + min + " and " + max + ", inclusive");
        }
    }

    /// A user's or group's number.
    void identity(String path, @Nullable Long id) {
        between(path, id, 0, Integer.MAX_VALUE);
    }

    /// @param type Go's name of a struct, for its dump; empty for scalars
    void immutable(String path, String type, @Nullable Object old, @Nullable Object changed) {
        if (!Beans.same(old, changed)) {
            invalidStruct(
                    path, type.isEmpty() ? GoText.of(changed) : GoText.struct(type, changed), "field is immutable");
        }
    }
}
