package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameters of a list or watch, checked against each other as the real server does.
///
/// @param revision null when the client named none or the empty text
/// @param match empty, `Exact` or `NotOlderThan`
/// @param limit 0 for none
record ListOptions(
        boolean watch,
        @Nullable Long revision,
        String match,
        long limit,
        Optional<Pages.Token> next,
        boolean bookmarks,
        @Nullable Boolean initialEvents,
        @Nullable Long timeoutSeconds) {

    static ListOptions of(Call call) {
        boolean watch = call.flag("watch");
        String match = call.text("resourceVersionMatch").orElse("");
        @Nullable Long limit = call.number("limit");
        Optional<String> revision = call.text("resourceVersion");
        @Nullable
        Boolean initialEvents = call.text("sendInitialEvents").isPresent() ? call.flag("sendInitialEvents") : null;
        Optional<String> next = call.text("continue");
        check(watch, match, revision.orElse(""), next.isPresent(), initialEvents);
        if (limit != null && limit < 0) {
            throw error("limit", FieldError.Type.Invalid, "" + limit, "must be greater than or equal to 0");
        }
        return new ListOptions(
                watch,
                revision.isEmpty() ? null : revision(revision.get()),
                match,
                limit == null ? 0 : limit,
                next.map(Pages.Token::of),
                call.flag("allowWatchBookmarks"),
                initialEvents,
                call.number("timeoutSeconds"));
    }

    private static void check(
            boolean watch, String match, String revision, boolean next, @Nullable Boolean initialEvents) {
        if (!match.isEmpty() && !match.equals("Exact") && !match.equals("NotOlderThan")) {
            throw error(
                    "resourceVersionMatch",
                    FieldError.Type.NotSupported,
                    "\"" + match + "\"",
                    "supported values: \"Exact\", \"NotOlderThan\", \"\"");
        }
        if (watch) {
            checkWatch(match, initialEvents);
        } else {
            checkList(match, revision, next, initialEvents);
        }
    }

    private static void checkWatch(String match, @Nullable Boolean initialEvents) {
        if (initialEvents != null && !match.equals("NotOlderThan")) {
            throw forbidden(
                    "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (initialEvents == null && !match.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless" + " sendInitialEvents is provided");
        }
    }

    private static void checkList(String match, String revision, boolean next, @Nullable Boolean initialEvents) {
        if (initialEvents != null) {
            throw forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        if (!match.isEmpty() && next) {
            throw forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        }
        if (!match.isEmpty() && revision.isEmpty()) {
            throw forbidden(
                    "resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (match.equals("Exact") && revision.equals("0")) {
            throw forbidden(
                    "resourceVersionMatch", "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        }
        if (next && !revision.isEmpty() && !revision.equals("0")) {
            throw ApiError.badRequest("specifying resource version is not allowed when using continue");
        }
    }

    /// Throws [ApiError] for anything but a number from 0 up.
    static long revision(String text) {
        try {
            return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw error(
                    "resourceVersion",
                    FieldError.Type.Invalid,
                    "\"" + text + "\"",
                    "strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static ApiError forbidden(String field, String why) {
        return ApiError.invalidOptions("ListOptions", new FieldError(field, FieldError.Type.Forbidden, null, why));
    }

    private static ApiError error(String field, FieldError.Type type, String value, String why) {
        return ApiError.invalidOptions("ListOptions", new FieldError(field, type, value, why));
    }
}
