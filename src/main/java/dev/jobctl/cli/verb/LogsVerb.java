package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl logs`: what containers wrote.
public final class LogsVerb {
    /// @param target `POD` or `TYPE/NAME`; null with a selector
    /// @param tail null: the default of the form
    record Options(
            @Nullable String target,
            @Nullable String selector,
            @Nullable String container,
            boolean allContainers,
            boolean allPods,
            boolean follow,
            boolean previous,
            boolean timestamps,
            boolean prefix,
            boolean ignoreErrors,
            @Nullable Long tail,
            @Nullable Duration since,
            @Nullable String sinceTime,
            @Nullable Long limitBytes,
            @Nullable Long index,
            @Nullable Long attempt,
            long maxRequests,
            Duration podWait) {}

    private LogsVerb() {}

    static Command<Options> command() {
        return Command.named("logs")
                .summary("Print what the containers of a pod or Job wrote")
                .words("POD | TYPE/NAME [CONTAINER]")
                .value("-l --selector", "SELECTOR", "All pods with these labels")
                .value("-c --container", "NAME", "Which container")
                .flag("--all-containers", "All containers")
                .flag("--all-pods", "All pods of the Job, each line with its pod in front")
                .flag("-f --follow", "Go on until the containers end")
                .flag("-p --previous", "Of the run before the last restart")
                .value("--index", "N", "Of a Job's completion index, also when its pods or the Job are gone")
                .value("--attempt", "N", "The Nth run of the index, or of the Job, from 1 (default the newest)")
                .flag("--timestamps", "Time in front of each line")
                .flag("--prefix", "Pod and container in front of each line")
                .flag("--ignore-errors", "Go on when one log of several cannot be read")
                .value("--tail", "N", "Only the last N lines (default all; 10 with a selector)")
                .value("--since", "DURATION", "Only lines of the last 5s, 2m, 3h")
                .value("--since-time", "TIME", "Only lines after this RFC 3339 time")
                .value("--limit-bytes", "N", "At most this much")
                .value("--max-log-requests", "N", "How many logs to follow at once (default 5)")
                .value("--pod-running-timeout", "DURATION", "How long to wait for a Job's first pod (default 20s)")
                .examples(
                        "jobctl logs job/pi",
                        "jobctl logs -f job/pi --all-pods",
                        "jobctl logs pi-abcde --tail=20",
                        "jobctl logs job/pi --index=7 --attempt=2")
                .build(LogsVerb::read, LogsVerb::run);
    }

    private static Options read(Parsed p) {
        Duration podWait = p.duration("--pod-running-timeout");
        Long max = p.number("--max-log-requests");
        List<String> words = p.words();
        String selector = p.text("--selector");
        String usage = """
            expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
            POD or TYPE/NAME is a required argument for the logs command
            See 'jobctl logs -h' for help and examples\
            """;
        if (words.size() > 2 || words.isEmpty() == (selector == null)) {
            throw new UsageError(selector != null ? "only a selector (-l) or a POD name is allowed" : usage);
        }
        String container = p.text("--container");
        if (words.size() == 2 && container != null) {
            throw new UsageError("only one of -c or an inline [CONTAINER] arg is allowed");
        }
        Long tail = p.number("--tail");
        if (tail != null && tail < -1) {
            throw new CommandError("--tail must be greater than or equal to -1");
        }
        Duration since = p.duration("--since");
        if (since != null && since.isNegative()) {
            throw new CommandError("--since must be greater than 0");
        }
        return new Options(
                words.isEmpty() ? null : words.getFirst(),
                selector,
                words.size() == 2 ? words.get(1) : container,
                p.flag("--all-containers"),
                p.flag("--all-pods"),
                p.flag("--follow"),
                p.flag("--previous"),
                p.flag("--timestamps"),
                p.flag("--prefix") || p.flag("--all-pods"),
                p.flag("--ignore-errors"),
                tail,
                since == null || since.isZero() ? null : since,
                p.text("--since-time"),
                p.number("--limit-bytes"),
                p.number("--index"),
                p.number("--attempt"),
                max == null ? 5 : max,
                podWait == null ? Duration.ofSeconds(20) : podWait);
    }

    static int run(Session session, Options options) {
        if (options.index() != null || options.attempt() != null) {
            return JobRunLogs.copy(session, options);
        }
        @Nullable List<JsonNode> pods = pods(session, options);
        if (pods == null) {
            return JobRunLogs.copyOfGone(session, options);
        }
        if (pods.isEmpty()) {
            session.err().println("No resources found in " + session.namespace() + " namespace.");
            return Exit.OK;
        }
        List<LogStream> streams = new ArrayList<>();
        for (JsonNode pod : pods) {
            for (String container : PodContainers.chosen(session, pod, options)) {
                streams.add(stream(options, pod, container));
            }
        }
        if (options.follow() && streams.size() > options.maxRequests()) {
            throw new CommandError("you are attempting to follow " + streams.size()
                    + " log streams, but maximum allowed concurrency is " + options.maxRequests()
                    + ", use --max-log-requests to increase the limit");
        }
        return options.follow() && streams.size() > 1
                ? LogStream.together(session, streams, options.ignoreErrors())
                : inTurn(session, streams, options.ignoreErrors());
    }

    private static int inTurn(Session session, List<LogStream> streams, boolean ignoreErrors) {
        for (LogStream stream : streams) {
            session.checkCancelled();
            try {
                stream.copy(session);
            } catch (ApiError e) {
                if (!ignoreErrors) {
                    throw e;
                }
                session.err().println("error: " + e.getMessage());
            }
        }
        return Exit.OK;
    }

    private static LogStream stream(Options options, JsonNode pod, String container) {
        Map<String, String> query = query(options);
        query.put("container", container);
        String name = pod.path("metadata").path("name").asText();
        String prefix = options.prefix() ? "[pod/" + name + "/" + container + "] " : "";
        return LogStream.of(pod.path("metadata").path("namespace").asText(), name, query, prefix);
    }

    /// What the options say of the wanted part of a log.
    static Map<String, String> query(Options options) {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "follow", options.follow());
        put(query, "previous", options.previous());
        put(query, "timestamps", options.timestamps());
        Long tail = options.tail() == null && options.selector() != null ? Long.valueOf(10) : options.tail();
        if (tail != null && tail >= 0) {
            query.put("tailLines", tail.toString());
        }
        Duration since = options.since();
        if (since != null) {
            query.put("sinceSeconds", Long.toString(Math.max(1, since.toSeconds())));
        }
        String sinceTime = options.sinceTime();
        if (sinceTime != null) {
            query.put("sinceTime", sinceTime);
        }
        Long limit = options.limitBytes();
        if (limit != null) {
            query.put("limitBytes", limit.toString());
        }
        return query;
    }

    private static void put(Map<String, String> query, String name, boolean value) {
        if (value) {
            query.put(name, "true");
        }
    }

    /// Null when the Job that is named has no object.
    private static @Nullable List<JsonNode> pods(Session session, Options options) {
        Cluster cluster = session.cluster();
        String target = options.target();
        if (target == null) {
            return List.copyOf(Paging.objects(
                    cluster, KnownTypes.PODS, session.namespace(), Flags.selectors(options.selector(), null), 500));
        }
        int slash = target.indexOf('/');
        ResourceType type = slash < 0 ? KnownTypes.PODS : Selection.type(cluster, target.substring(0, slash));
        String name = target.substring(slash + 1);
        if (type.equals(KnownTypes.PODS)) {
            return List.of(cluster.get(type, session.namespace(), name));
        }
        @Nullable JsonNode owner = owner(session, options, type, name);
        if (owner == null) {
            return null;
        }
        List<JsonNode> pods = podsOf(session, options, owner, type);
        if (options.allPods()) {
            return pods;
        }
        if (pods.size() > 1) {
            session.err()
                    .println("Found " + pods.size() + " pods, using pod/"
                            + pods.getFirst().path("metadata").path("name").asText());
        }
        return List.of(pods.getFirst());
    }

    /// Null when it is a Job, and there is none, and one log of it is wanted: that may be kept.
    private static @Nullable JsonNode owner(Session session, Options options, ResourceType type, String name) {
        try {
            return session.cluster().get(type, session.namespace(), name);
        } catch (ApiError e) {
            if (!e.notFound() || e.unknownPath()) {
                throw e;
            }
            boolean one = !options.previous() && !options.allPods() && !options.allContainers();
            if (type.equals(KnownTypes.JOBS) && one) {
                return null;
            }
            throw missing(session, type, name, e);
        }
    }

    static CommandError missing(Session session, ResourceType type, String name, ApiError cause) {
        return new CommandError(
                "error from server (NotFound): " + type.qualifiedPlural() + " \"" + name
                        + "\" not found in namespace \"" + session.namespace() + "\"",
                cause);
    }

    /// At least one, best first; waits for the first.
    private static List<JsonNode> podsOf(Session session, Options options, JsonNode owner, ResourceType type) {
        String selector = LabelQuery.ofPods(owner);
        if (selector.isEmpty()) {
            throw new CommandError("cannot get the logs from " + type.kind() + ": it selects no pods");
        }
        Map<String, String> query = Flags.selectors(selector, null);
        Instant deadline = session.time().now().plus(options.podWait());
        List<JsonNode> pods = new ArrayList<>(
                Waiting.untilAny(session, session.cluster(), KnownTypes.PODS, session.namespace(), query, deadline));
        if (pods.isEmpty()) {
            throw new CommandError("timed out waiting for the condition");
        }
        pods.sort(PodContainers.LOGS_ORDER);
        return pods;
    }
}
