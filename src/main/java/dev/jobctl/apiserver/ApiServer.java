package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Access;
import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.apiserver.access.Certified;
import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.apiserver.access.Identity;
import dev.jobctl.apiserver.access.Tokens;
import dev.jobctl.apiserver.metrics.Metrics;
import dev.jobctl.resource.ownership.Ownership;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The Kubernetes API without its socket: one request in, one response out. Safe from any thread; a call may wait for a
/// write to become durable, so call it on a virtual thread. What cannot be answered is answered with a Status.
public final class ApiServer implements Answering {
    private static final String BEARER = "bearer ";
    /// What strangers may ask too, as on a real cluster.
    private static final Set<String> PUBLIC = Set.of("/healthz", "/livez", "/readyz", "/version");

    private final ApiBackend backend;
    private final Tokens tokens;
    private final AccountTokens accounts;
    private final Log log;
    private final Time time;
    private final Metrics metrics;
    private final Documents documents;
    private final Reading reading;
    private final Watching watching;
    private final Writing writing;
    private final Patching patching;
    private final Deleting deleting;
    private final PodLogging logging;
    private final JobLogging jobLogging;
    private final PodActions podActions;
    private final PodStreaming streaming;
    private final GroupedEvents events;
    private final Reviews reviews;
    private final TokenRequests tokenRequests;

    /// What the API server works with.
    ///
    /// @param tokens who may call beside service accounts
    /// @param accounts gives out and knows the tokens of service accounts
    /// @param version what `/version` tells
    /// @param metrics what `/metrics` tells; requests are counted there
    public record Parts(
            ApiBackend backend,
            PodLogs logs,
            PodDoors doors,
            Tokens tokens,
            AccountTokens accounts,
            Schemas schemas,
            Time time,
            Luck luck,
            Log log,
            ServerVersion version,
            Metrics metrics) {}

    public ApiServer(Parts parts) {
        tokens = parts.tokens();
        accounts = parts.accounts();
        backend = parts.backend();
        log = parts.log().named("apiserver");
        time = parts.time();
        metrics = parts.metrics();
        Commits commits = new Commits(backend);
        Bodies bodies = new Bodies(parts.schemas());
        events = new GroupedEvents(bodies, this::answer);
        documents = new Documents(parts);
        reading = new Reading(backend, time);
        watching = new Watching(backend, time, parts.luck());
        Accounting accounting = new Accounting(new Ownership(parts.schemas()), time);
        writing = new Writing(backend, commits, bodies, accounting, time, parts.luck());
        ServerSideApply apply = new ServerSideApply(backend, writing, bodies, accounting);
        patching = new Patching(writing, bodies, parts.schemas(), apply);
        deleting = new Deleting(backend, commits, bodies, reading, time);
        logging = new PodLogging(backend, parts.logs(), time);
        jobLogging = new JobLogging(backend, parts.logs(), logging);
        streaming = new PodStreaming(backend, parts.logs(), parts.doors());
        podActions = new PodActions(writing, deleting, bodies, time);
        reviews = new Reviews(backend, tokens, accounts, time);
        tokenRequests = new TokenRequests(backend, accounts, time);
    }

    @Override
    public boolean welcomes(ApiRequest head) {
        return identify(head).isPresent();
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        Duration begin = time.elapsed();
        Call call = new Call(request, identify(request).orElse(Identity.ANONYMOUS));
        ApiResponse response = answered(call);
        Metrics.Asked asked = Asking.of(call);
        if (response instanceof ApiResponse.Stream stream) {
            return following(stream, asked);
        }
        metrics.answered(asked, response.code(), time.elapsed().minus(begin));
        return response;
    }

    /// Counted as open for as long as it is written.
    private ApiResponse following(ApiResponse.Stream stream, Metrics.Asked asked) {
        return new ApiResponse.Stream(stream.code(), stream.headers(), sink -> {
            metrics.began(asked, stream.code());
            try {
                stream.writer().write(sink);
            } finally {
                metrics.ended(asked);
            }
        });
    }

    private ApiResponse answered(Call call) {
        ApiRequest request = call.request();
        try {
            boolean named =
                    request.header("authorization").isPresent() || !(request.certified() instanceof Certified.Not);
            boolean stranger = call.who().equals(Identity.ANONYMOUS);
            if (stranger && (named || !PUBLIC.contains(request.path()))) {
                throw ApiError.unauthorized();
            }
            List<String> path = segments(request.path());
            if (!stranger) {
                authorize(call, path);
            }
            return answer(call, path);
        } catch (ApiError e) {
            return Replies.error(call, e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.error("request failed", e, "method", request.method(), "path", request.path());
            return Replies.error(
                    call, ApiError.internal(e.getClass().getSimpleName() + " in this server; see its log"));
        }
    }

    /// A certificate comes before a token, as on the real server.
    private Optional<Identity> identify(ApiRequest request) {
        if (request.certified() instanceof Certified.As caller && caller.at(time.now())) {
            return Optional.of(caller.who());
        }
        String header = request.header("authorization").orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        String token = header.substring(BEARER.length()).strip();
        return tokens.identify(token).or(() -> accounts.identify(token));
    }

    /// Throws [ApiError] 403 when the caller, or the one it acts as, may not do this.
    private void authorize(Call call, List<String> path) {
        call.actAs(Impersonation.of(call.request(), call.who(), backend.snapshot()));
        Deed deed = Deeds.of(call.request(), path);
        Access.Verdict verdict = Access.decide(backend.snapshot(), call.who(), deed);
        if (!verdict.allowed()) {
            throw ApiError.forbidden(deed, call.who().user(), verdict.reason());
        }
    }

    private ApiResponse answer(Call call, List<String> path) {
        Optional<ApiResponse> event = events.answer(call, path);
        if (event.isPresent()) {
            return event.get();
        }
        Optional<Target> target = Target.of(path);
        if (target.isPresent()) {
            call.about(target.get());
            return resource(call, target.get());
        }
        Optional<ApiResponse> review = reviews.answer(call, path);
        if (review.isPresent()) {
            return review.get();
        }
        Optional<ApiResponse> document = documents.answer(call, path);
        if (document.isEmpty()) {
            throw Documents.unknown(path);
        }
        if (!call.request().method().equals("GET") && !call.request().method().equals("HEAD")) {
            throw ApiError.methodNotAllowed();
        }
        return document.get();
    }

    /// Without empty parts at the ends; an empty part in between names nothing.
    private static List<String> segments(String path) {
        List<String> all = new ArrayList<>(List.of(path.split("/", -1)));
        while (!all.isEmpty() && all.getLast().isEmpty()) {
            all.removeLast();
        }
        return all.isEmpty() ? List.of() : all.subList(1, all.size());
    }

    private ApiResponse resource(Call call, Target target) {
        if (!target.subresource().isEmpty()) {
            return subresource(call, target);
        }
        if (target.named()) {
            return object(call, target);
        }
        return collection(call, target);
    }

    private ApiResponse collection(Call call, Target target) {
        boolean everywhere = target.kind().namespaced() && target.namespace().isEmpty();
        return switch (call.request().method()) {
            case "GET" -> {
                ListOptions options = ListOptions.of(call);
                yield options.watch() ? watching.watch(call, target, options) : reading.list(call, target, options);
            }
            case "POST" -> {
                if (everywhere) {
                    throw ApiError.methodNotAllowed();
                }
                yield writing.create(call, target);
            }
            case "DELETE" -> {
                if (everywhere || !Kinds.deletedTogether(target.kind())) {
                    throw ApiError.methodNotAllowed();
                }
                yield deleting.deleteCollection(call, target);
            }
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private ApiResponse object(Call call, Target target) {
        return switch (call.request().method()) {
            case "GET" -> reading.get(call, target);
            case "PUT" -> writing.replace(call, target);
            case "PATCH" -> patching.patch(call, target);
            case "DELETE" -> deleting.delete(call, target);
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private ApiResponse subresource(Call call, Target target) {
        String name = target.subresource();
        if (target.kind().equals(Kinds.JOB)
                && name.equals("log")
                && call.request().method().equals("GET")) {
            return jobLogging.log(call, target);
        }
        if (Subresource.of(target.kind()).stream().noneMatch(part -> part.name().equals(name))) {
            throw ApiError.noSuchPath();
        }
        String verb = call.request().method() + " " + name;
        return switch (verb) {
            case "GET status" -> reading.get(call, target);
            case "PUT status", "PUT finalize" -> writing.replace(call, target);
            case "PATCH status" -> patching.patch(call, target);
            case "GET log" -> logging.log(call, target);
            case "GET exec", "POST exec" -> streaming.exec(call, target);
            case "GET attach", "POST attach" -> streaming.attach(call, target);
            case "GET portforward", "POST portforward" -> streaming.portForward(call, target);
            case "POST token" -> tokenRequests.create(call, target);
            case "POST binding" -> podActions.bind(call, target);
            case "POST eviction" -> podActions.evict(call, target);
            default -> throw ApiError.methodNotAllowed();
        };
    }
}
