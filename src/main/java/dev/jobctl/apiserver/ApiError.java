package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request is answered with a failure: the Status that the client gets, in the real server's words.
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    ApiError(Status status) {
        super(status.getMessage(), null, false, false);
        this.status = status;
    }

    Status status() {
        return status;
    }

    static ApiError of(int code, String reason, @Nullable String message) {
        return of(code, reason, message, new StatusDetails());
    }

    static ApiError of(int code, String reason, @Nullable String message, StatusDetails details) {
        Status status = new Status();
        status.setMetadata(new ListMeta());
        status.setStatus("Failure");
        status.setMessage(message);
        status.setReason(reason);
        status.setDetails(details);
        status.setCode(code);
        return new ApiError(status);
    }

    static ApiError badRequest(@Nullable String message) {
        return of(400, "BadRequest", message);
    }

    static ApiError unauthorized() {
        return of(401, "Unauthorized", "Unauthorized");
    }

    /// Admission says no.
    static ApiError forbidden(Kind kind, String name, String why) {
        return of(403, "Forbidden", about(kind, name) + " is forbidden: " + why, details(kind, name));
    }

    /// Nobody has allowed it.
    ///
    /// @param reason empty for none
    static ApiError forbidden(Deed deed, String user, String reason) {
        String why =
                deed.refusal(user).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String text = reason.isEmpty() ? why : why + ": " + reason;
        if (!deed.path().isEmpty()) {
            return of(403, "Forbidden", "forbidden: " + text);
        }
        String resource = deed.group().isEmpty() ? deed.resource() : deed.resource() + "." + deed.group();
        String about = deed.name().isEmpty() ? resource : resource + " \"" + deed.name() + "\"";
        StatusDetails details = new StatusDetails();
        details.setName(emptyToNull(deed.name()));
        details.setGroup(emptyToNull(deed.group()));
        details.setKind(deed.resource());
        return of(403, "Forbidden", about + " is forbidden: " + text, details);
    }

    static ApiError notFound(Kind kind, String name) {
        return of(404, "NotFound", about(kind, name) + " not found", details(kind, name));
    }

    /// Something of the object is not there; `message` says what.
    static ApiError notFound(Kind kind, String name, String message) {
        return of(404, "NotFound", message, details(kind, name));
    }

    /// Nothing is served at that path.
    static ApiError noSuchPath() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError methodNotAllowed() {
        return of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static ApiError notAcceptable(String accepted) {
        return of(406, "NotAcceptable", "only the following media types are accepted: " + accepted);
    }

    static ApiError exists(Kind kind, String name) {
        return of(409, "AlreadyExists", about(kind, name) + " already exists", details(kind, name));
    }

    static ApiError stale(Kind kind, String name) {
        return conflict(
                kind,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError conflict(Kind kind, String name, String why) {
        String message = "Operation cannot be fulfilled on " + about(kind, name) + ": " + why;
        return of(409, "Conflict", message, details(kind, name));
    }

    /// The list or watch wants changes that are no longer known.
    static ApiError expired(String message) {
        return of(410, "Expired", message);
    }

    static ApiError tooLarge(int limit) {
        return of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    static ApiError unsupportedMedia(String accepted) {
        return of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    static ApiError invalid(Kind kind, String name, List<FieldError> errors) {
        return invalid(kind.group(), kind.kind(), name, errors);
    }

    /// For bad query parameters: `options` such as `ListOptions`.
    static ApiError invalidOptions(String options, FieldError error) {
        return invalid("meta.k8s.io", options, "", List.of(error));
    }

    /// An empty `kind` is the form for a patch whose outcome cannot be read.
    static ApiError invalid(String group, String kind, String name, List<FieldError> errors) {
        List<String> texts = errors.stream().map(FieldError::toString).toList();
        String all = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        StatusDetails details = new StatusDetails();
        details.setName(emptyToNull(name));
        details.setGroup(emptyToNull(group));
        details.setKind(emptyToNull(kind));
        List<StatusCause> causes = new ArrayList<>();
        for (FieldError error : errors) {
            causes.add(
                    new StatusCause(error.path(), error.message(), error.type().reason()));
        }
        details.setCauses(causes);
        return of(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + all, details);
    }

    static ApiError internal(@Nullable String message) {
        return of(500, "InternalError", "Internal error occurred: " + message);
    }

    /// What the real server's store refuses: it has no reason and no details.
    static ApiError unsuited(String message) {
        Status status = of(500, "", message).status();
        status.setReason(null);
        status.setDetails(null);
        return new ApiError(status);
    }

    static ApiError unavailable(String message) {
        return of(503, "ServiceUnavailable", message);
    }

    static StatusDetails details(Kind kind, String name) {
        StatusDetails details = new StatusDetails();
        details.setName(emptyToNull(name));
        details.setGroup(emptyToNull(kind.group()));
        details.setKind(kind.plural());
        return details;
    }

    private static String about(Kind kind, String name) {
        return kind.qualifiedPlural() + " \"" + name + "\"";
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
