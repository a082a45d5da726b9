package dev.jobctl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.cluster.AccessError;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.ConnectionError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/// The one place where a failure becomes a message on stderr and an exit code.
public final class Failures {
    private Failures() {}

    /// Prints and returns the exit code. Never a stack trace unless `debug`.
    public static int report(RuntimeException failure, Terminal terminal, boolean debug) {
        if (failure instanceof Cancelled || terminal.cancelled().isDone()) {
            return Exit.INTERRUPTED;
        }
        terminal.err().println(text(failure));
        if (debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            terminal.err().print(trace);
        }
        return failure instanceof UsageError ? Exit.USAGE : Exit.ERROR;
    }

    /// The whole message, with its `error: ` or `Error from server` in front.
    public static String text(RuntimeException failure) {
        return switch (failure) {
            case ApiError e -> text(e, "");
            case ConnectionError e -> message(e);
            case AccessError e -> "error: " + message(e);
            case CommandError e -> "error: " + message(e);
            case UsageError e -> "error: " + message(e);
            case java.io.UncheckedIOException e -> "error: " + message(e);
            default -> told(failure);
        };
    }

    /// kubectl's words for a refusal. `what` such as `error when creating "job.yaml": ` stands before the server's
    /// message; an Invalid has its own form without it.
    public static String text(ApiError e, String what) {
        if (e.reason().equals("Invalid") && !e.details().path("causes").isEmpty()) {
            return invalid(e);
        }
        if (e.reason().equals("Invalid") && e.details().path("kind").asText().isEmpty()) {
            return "The request is invalid: " + message(e);
        }
        if (e.code() == 401) {
            return "error: You must be logged in to the server (" + message(e) + ")";
        }
        if (e.reason().isEmpty()) {
            return "Error from server: " + what + message(e);
        }
        return "Error from server (" + e.reason() + "): " + what + message(e);
    }

    /// `The Job "pi" is invalid: PATH: MESSAGE`, or one line per cause.
    private static String invalid(ApiError e) {
        JsonNode details = e.details();
        Set<String> causes = new LinkedHashSet<>();
        for (JsonNode cause : details.path("causes")) {
            causes.add(
                    cause.path("field").asText() + ": " + cause.path("message").asText());
        }
        String kind = details.path("kind").asText();
        String start = kind.isEmpty()
                ? "The request is invalid: "
                : "The " + kind + " \"" + details.path("name").asText() + "\" is invalid: ";
        if (causes.size() == 1) {
            return start + causes.iterator().next();
        }
        return start + "\n* " + String.join("\n* ", causes);
    }

    /// Failures that name their cause and the way out by themselves (a home that is not writable) come from other
    /// rooms; a bug of ours says its kind, since its message alone may be cryptic.
    private static String told(RuntimeException failure) {
        String name = failure.getClass().getSimpleName();
        boolean known = name.endsWith("Error") && failure.getMessage() != null;
        return "error: " + (known ? message(failure) : "internal error: " + failure);
    }

    private static String message(RuntimeException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
