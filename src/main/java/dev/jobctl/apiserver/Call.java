package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Identity;
import dev.jobctl.resource.value.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request under way: what was asked, by whom, and the warnings gathered for the answer. Owned by its thread.
final class Call {
    /// Each is a header of its own, and clients take a hundred headers at most.
    private static final int WARNINGS_MAX = 64;

    /// How to treat unknown and duplicate fields of a body.
    enum FieldValidation {
        Ignore,
        Warn,
        Strict
    }

    private final ApiRequest request;
    private Identity who;
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Target target;
    private @Nullable Form form;

    Call(ApiRequest request, Identity who) {
        this.request = request;
        this.who = who;
    }

    ApiRequest request() {
        return request;
    }

    Identity who() {
        return who;
    }

    /// As [Form#accepted], found once.
    Optional<Form> form() {
        if (form == null) {
            form = Form.accepted(this).orElse(null);
        }
        return Optional.ofNullable(form);
    }

    /// What the path names; null for what is no resource.
    @Nullable
    Target target() {
        return target;
    }

    void about(Target what) {
        target = what;
    }

    /// From now on the caller acts as somebody else.
    void actAs(Identity other) {
        who = other;
    }

    void warn(String text) {
        if (warnings.size() < WARNINGS_MAX && !warnings.contains(text)) {
            warnings.add(text);
        }
    }

    /// The `warning` header's lines for the answer, nothing when there are none.
    Map<String, String> warningHeader() {
        if (warnings.isEmpty()) {
            return Map.of();
        }
        StringBuilder lines = new StringBuilder();
        for (String text : warnings) {
            lines.append(lines.isEmpty() ? "" : "\n").append("299 - \"");
            lines.append(text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " "));
            lines.append('"');
        }
        return Map.of("warning", lines.toString());
    }

    /// Empty when absent or the empty text.
    Optional<String> text(String parameter) {
        return request.parameter(parameter).filter(value -> !value.isEmpty());
    }

    /// As [ApiRequest#flag].
    boolean flag(String parameter) {
        return request.flag(parameter);
    }

    /// Null when absent.
    @Nullable
    Long number(String parameter) {
        Optional<String> value = text(parameter);
        try {
            return value.isEmpty() ? null : Long.valueOf(value.get());
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("strconv.ParseInt: parsing \"" + value.get() + "\": invalid syntax");
        }
    }

    boolean dryRun(String options) {
        List<String> values = request.query().getOrDefault("dryRun", List.of());
        for (String value : values) {
            if (!value.equals("All") && !value.isEmpty()) {
                throw ApiError.invalidOptions(options, dryRunError(value));
            }
        }
        return values.contains("All");
    }

    static FieldError dryRunError(String value) {
        return new FieldError("dryRun", FieldError.Type.NotSupported, "\"" + value + "\"", "supported values: \"All\"");
    }

    FieldValidation fieldValidation(String options) {
        Optional<String> value = text("fieldValidation");
        if (value.isEmpty()) {
            return FieldValidation.Warn;
        }
        for (FieldValidation each : FieldValidation.values()) {
            if (each.name().equals(value.get())) {
                return each;
            }
        }
        throw ApiError.invalidOptions(
                options,
                new FieldError(
                        "fieldValidation",
                        FieldError.Type.NotSupported,
                        "\"" + value.get() + "\"",
                        "supported values: \"Ignore\", \"Strict\", \"Warn\""));
    }
}
