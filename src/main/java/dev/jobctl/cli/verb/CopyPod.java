package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.verb.CopyVerb.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The container that is copied from or into; `uid` tells its pod from another one of that name.
record CopyPod(Session session, String namespace, String name, String uid, String container) {
    /// `place` names a pod; `container` may be null when there is one that is meant.
    static CopyPod find(Session session, Place place, @Nullable String container) {
        String wanted = place.namespace();
        String namespace = wanted == null ? session.namespace() : wanted;
        String name = Objects.requireNonNull(place.pod());
        JsonNode pod = session.cluster().get(KnownTypes.PODS, namespace, name);
        String uid = pod.path("metadata").path("uid").asText();
        return new CopyPod(session, namespace, name, uid, PodContainers.one(session, pod, container, false));
    }

    /// Throws [CommandError] when nothing more can come of it: its pod was replaced or has ended, or the container has
    /// ended for good. One that may start again is worth waiting for. Throws what the API answers to the question.
    void mayGoOn() {
        JsonNode pod = session.cluster().get(KnownTypes.PODS, namespace, name);
        if (!pod.path("metadata").path("uid").asText().equals(uid)) {
            throw new CommandError("pod \"" + name + "\" was replaced by another one of its name");
        }
        JsonNode status = pod.path("status");
        String phase = status.path("phase").asText();
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            throw new CommandError("pod \"" + name + "\" has ended: " + phase);
        }
        String policy = pod.path("spec").path("restartPolicy").asText();
        for (JsonNode each : status.path("containerStatuses")) {
            JsonNode end = each.path("state").path("terminated");
            boolean stays = policy.equals("Never")
                    || policy.equals("OnFailure") && end.path("exitCode").asInt() == 0;
            if (each.path("name").asText().equals(container) && end.isObject() && stays) {
                throw new CommandError("container \"" + container + "\" of pod \"" + name + "\" has ended");
            }
        }
    }

    /// Begins a command there.
    Conversation exec(boolean input, List<String> command) {
        return Conversation.begin(
                session, namespace, name, "exec", IntoPodVerb.query(container, input, false, command));
    }
}
