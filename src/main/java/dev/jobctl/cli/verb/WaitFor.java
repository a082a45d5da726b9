package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.jsonpath.JsonPath;
import dev.jobctl.cli.jsonpath.JsonPathError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `--for` names.
sealed interface WaitFor {
    record Delete() implements WaitFor {}

    record Create() implements WaitFor {}

    /// Type and status without regard to case.
    record Condition(String type, String status) implements WaitFor {}

    /// A field to look at.
    ///
    /// @param value null: any value will do
    record Path(JsonPath path, @Nullable String value) implements WaitFor {}

    /// The deadline passed first.
    final class TimedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What the text after `--for=` means. Throws [CommandError] with kubectl's words.
    static WaitFor parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("delete")) {
            return new Delete();
        }
        if (lower.equals("create")) {
            return new Create();
        }
        if (lower.startsWith("condition=")) {
            String condition = text.substring("condition=".length());
            int equals = condition.indexOf('=');
            return equals < 0
                    ? new Condition(condition, "true")
                    : new Condition(condition.substring(0, equals), condition.substring(equals + 1));
        }
        if (lower.startsWith("jsonpath=")) {
            return path(text.substring("jsonpath=".length()));
        }
        throw new CommandError("unrecognized condition: \"" + text + "\"");
    }

    private static WaitFor path(String text) {
        int brace = text.lastIndexOf('}');
        int equals = text.indexOf('=', Math.max(0, brace));
        String path = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? null : text.substring(equals + 1);
        if (path.isBlank() || (value != null && value.isEmpty())) {
            throw new CommandError("jsonpath wait condition must have the form --for=jsonpath='{EXPRESSION}'[=VALUE]");
        }
        try {
            return new Path(JsonPath.relaxed(path), value);
        } catch (JsonPathError e) {
            throw new CommandError("error parsing jsonpath " + path + ", " + e.getMessage(), e);
        }
    }

    /// False: there was nothing to wait for and nothing to say. Throws [TimedOut], or the API's NotFound.
    default boolean wait(Session session, Waiting.Target target, Instant deadline) {
        return switch (this) {
            case Delete() -> waitDeleted(session, target, deadline);
            case Create() -> {
                if (Waiting.untilThere(session, session.cluster(), target, deadline) == null) {
                    throw new TimedOut();
                }
                yield true;
            }
            case Condition c -> waitTrue(session, target, deadline, o -> holds(o, c));
            case Path p -> waitTrue(session, target, deadline, o -> found(o, p));
        };
    }

    private static boolean waitDeleted(Session session, Waiting.Target target, Instant deadline) {
        ObjectNode now;
        try {
            now = session.cluster().get(target.type(), target.namespace(), target.name());
        } catch (ApiError e) {
            if (e.notFound() && !e.unknownPath()) {
                return false;
            }
            throw e;
        }
        String uid = now.path("metadata").path("uid").asText();
        if (!Waiting.untilGone(session, session.cluster(), target, uid, deadline)) {
            throw new TimedOut();
        }
        return true;
    }

    private static boolean waitTrue(
            Session session,
            Waiting.Target target,
            Instant deadline,
            java.util.function.Predicate<JsonNode> condition) {
        session.cluster().get(target.type(), target.namespace(), target.name()); // a missing object is an error now
        Waiting.Result result = Waiting.until(session, session.cluster(), target, condition, deadline);
        if (!result.met()) {
            throw new TimedOut();
        }
        return true;
    }

    private static boolean holds(JsonNode object, Condition wanted) {
        long generation = object.path("metadata").path("generation").asLong();
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equalsIgnoreCase(wanted.type())) {
                boolean current = !condition.has("observedGeneration")
                        || condition.path("observedGeneration").asLong() >= generation;
                return current && condition.path("status").asText().equalsIgnoreCase(wanted.status());
            }
        }
        return false;
    }

    private static boolean found(JsonNode object, Path wanted) {
        List<JsonNode> values;
        try {
            values = wanted.path().find(object, true).stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (JsonPathError e) {
            return false; // does not fit this version of the object; a later one may
        }
        if (values.isEmpty()) {
            return false;
        }
        String value = wanted.value();
        return value == null || values.stream().anyMatch(v -> v.asText().equals(value));
    }
}
