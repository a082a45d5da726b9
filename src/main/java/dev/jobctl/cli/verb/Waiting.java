package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.cluster.Watching;
import dev.jobctl.cli.command.Guard;
import dev.jobctl.cli.command.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Waits on one object: looks, then watches from there, again when the server ends a watch.
final class Waiting {
    /// Before a watch that the server ended is begun anew, so that a server that ends each at once is not stormed.
    private static final Duration BETWEEN_WATCHES = Duration.ofMillis(300);

    private Waiting() {}

    record Target(ResourceType type, String namespace, String name) {}

    /// How a wait ended.
    ///
    /// @param object the last version seen, null for none
    record Result(boolean met, boolean deleted, @Nullable JsonNode object) {}

    /// Until `condition` holds for the object, or it is gone, or `deadline` ([Instant#MAX]: never). A `deadline` that
    /// is past still looks once. Throws `Cancelled` when the caller goes.
    static Result until(
            Session session, Cluster cluster, Target target, Predicate<JsonNode> condition, Instant deadline) {
        @Nullable JsonNode last = null;
        while (true) {
            session.checkCancelled();
            ObjectNode list = cluster.list(target.type(), target.namespace(), only(target));
            JsonNode found = list.path("items").path(0);
            if (found.isMissingNode()) {
                return new Result(false, true, last);
            }
            last = found;
            if (condition.test(found)) {
                return new Result(true, false, found);
            }
            if (!session.time().now().isBefore(deadline)) {
                return new Result(false, false, found);
            }
            Result result = watch(session, cluster, path(target), from(target, list), condition, deadline);
            if (result != null) {
                return result;
            }
        }
    }

    /// Until there is no object of that uid any more. False when `deadline` passed first.
    static boolean untilGone(Session session, Cluster cluster, Target target, String uid, Instant deadline) {
        Result result = until(
                session,
                cluster,
                target,
                o -> !uid.isEmpty() && !o.path("metadata").path("uid").asText().equals(uid),
                deadline);
        return result.met() || result.deleted();
    }

    /// Until there is such an object. Null when `deadline` passed first.
    static @Nullable JsonNode untilThere(Session session, Cluster cluster, Target target, Instant deadline) {
        while (true) {
            session.checkCancelled();
            ObjectNode list = cluster.list(target.type(), target.namespace(), only(target));
            JsonNode found = list.path("items").path(0);
            if (!found.isMissingNode()) {
                return found;
            }
            if (!session.time().now().isBefore(deadline)) {
                return null;
            }
            Result result = watch(session, cluster, path(target), from(target, list), o -> true, deadline);
            if (result != null && result.object() != null) {
                return result.object();
            }
        }
    }

    /// The objects of a collection, as soon as there is one. Empty when `deadline` passed first.
    static List<ObjectNode> untilAny(
            Session session,
            Cluster cluster,
            ResourceType type,
            String namespace,
            Map<String, String> query,
            Instant deadline) {
        while (true) {
            session.checkCancelled();
            ObjectNode list = cluster.list(type, namespace, query);
            if (!list.path("items").isEmpty()) {
                return list.path("items")
                        .valueStream()
                        .map(ObjectNode.class::cast)
                        .toList();
            }
            if (!session.time().now().isBefore(deadline)) {
                return List.of();
            }
            Map<String, String> from = new LinkedHashMap<>(query);
            from.put("resourceVersion", revision(list));
            watch(session, cluster, type.path(namespace), from, o -> true, deadline);
        }
    }

    /// Null: the watch ended without an answer; look again.
    private static @Nullable Result watch(
            Session session,
            Cluster cluster,
            String path,
            Map<String, String> query,
            Predicate<JsonNode> condition,
            Instant deadline) {
        @Nullable
        Duration left = deadline.equals(Instant.MAX)
                ? null
                : Duration.between(session.time().now(), deadline);
        try (Watching watching = cluster.watch(path, query, Call.JSON);
                Guard guard = Guard.over(session, left, watching::close)) {
            for (Watching.Event event = watching.next(); event != null; event = watching.next()) {
                if (event.type().equals("DELETED")) {
                    return new Result(false, true, event.object());
                }
                if (!event.type().equals("BOOKMARK") && condition.test(event.object())) {
                    return new Result(true, false, event.object());
                }
            }
            if (!guard.timedOut()) {
                session.pause(BETWEEN_WATCHES);
            }
            return null;
        } catch (ApiError e) {
            if (e.code() == 410) {
                return null; // the revision is too old by now
            }
            throw e;
        }
    }

    private static Map<String, String> only(Target target) {
        return Flags.selectors(null, "metadata.name=" + target.name());
    }

    private static String path(Target target) {
        return target.type().path(target.namespace());
    }

    private static Map<String, String> from(Target target, JsonNode list) {
        Map<String, String> query = only(target);
        query.put("resourceVersion", revision(list));
        return query;
    }

    private static String revision(JsonNode list) {
        return list.path("metadata").path("resourceVersion").asText("");
    }
}
