package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `logs job/NAME --index --attempt`: of one run of a Job. The local control plane knows them all, also those of pods
/// and Jobs that are gone; on a cluster the pods that are there are its attempts.
final class JobRunLogs {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String JOB = "batch.kubernetes.io/job-name";

    private static final int FORBIDDEN = 403;

    private JobRunLogs() {}

    static int copy(Session session, LogsVerb.Options options) {
        if (options.previous() || options.allPods() || options.allContainers()) {
            throw new UsageError(
                    "--index and --attempt mean one log: leave out --previous, --all-pods and --all-containers");
        }
        String job = job(session, options)
                .orElseThrow(() -> new UsageError("--index and --attempt are for Jobs: write job/NAME"));
        try {
            local(session, options, job).copy(session);
        } catch (ApiError e) {
            if (!unserved(e)) {
                throw e;
            }
            onCluster(session, options, job).copy(session);
        }
        return Exit.OK;
    }

    /// A cluster serves no such path. It may not say so: it asks whether the caller may before it looks whether it can.
    private static boolean unserved(ApiError e) {
        return e.unknownPath() || e.code() == FORBIDDEN;
    }

    /// The Job has no object any more: its newest log, where it is kept.
    static int copyOfGone(Session session, LogsVerb.Options options) {
        String job = job(session, options).orElseThrow();
        try {
            local(session, options, job).copy(session);
            return Exit.OK;
        } catch (ApiError e) {
            if (e.notFound() || unserved(e)) {
                throw LogsVerb.missing(session, KnownTypes.JOBS, job, e);
            }
            throw e;
        }
    }

    private static Optional<String> job(Session session, LogsVerb.Options options) {
        @Nullable String target = options.target();
        int slash = target == null ? -1 : target.indexOf('/');
        if (target == null || slash < 0) {
            return Optional.empty();
        }
        return Selection.type(session.cluster(), target.substring(0, slash)).equals(KnownTypes.JOBS)
                ? Optional.of(target.substring(slash + 1))
                : Optional.empty();
    }

    private static LogStream local(Session session, LogsVerb.Options options, String job) {
        Map<String, String> query = LogsVerb.query(options);
        put(query, "container", options.container());
        put(query, "index", options.index());
        put(query, "attempt", options.attempt());
        String path = KnownTypes.JOBS.path(session.namespace(), job) + "/log";
        return new LogStream(path, "job " + job, query, prefix(options, "job/" + job));
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null) {
            query.put(name, value.toString());
        }
    }

    private static String prefix(LogsVerb.Options options, String what) {
        return options.prefix() ? "[" + what + "] " : "";
    }

    private static LogStream onCluster(Session session, LogsVerb.Options options, String job) {
        String selector = JOB + "=" + job + (options.index() == null ? "" : "," + INDEX + "=" + options.index());
        List<JsonNode> pods = new ArrayList<>(Paging.objects(
                session.cluster(), KnownTypes.PODS, session.namespace(), Flags.selectors(selector, null), 500));
        pods.sort(Comparator.comparing(
                pod -> pod.path("metadata").path("creationTimestamp").asText()));
        long attempt = options.attempt() == null ? pods.size() : options.attempt();
        if (attempt < 1 || attempt > pods.size()) {
            throw new CommandError("the cluster has %d pods of these runs of job %s, no attempt %d"
                    .formatted(pods.size(), job, Math.max(attempt, 1)));
        }
        JsonNode pod = pods.get((int) attempt - 1);
        String name = pod.path("metadata").path("name").asText();
        String container = PodContainers.chosen(session, pod, options).getFirst();
        Map<String, String> query = LogsVerb.query(options);
        query.put("container", container);
        return LogStream.of(session.namespace(), name, query, prefix(options, "pod/" + name + "/" + container));
    }
}
