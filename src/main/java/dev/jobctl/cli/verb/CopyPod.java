package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.verb.CopyVerb.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The container that is copied from or into.
record CopyPod(Session session, String namespace, String name, String container) {
    /// `place` names a pod; `container` may be null when there is one that is meant.
    static CopyPod find(Session session, Place place, @Nullable String container) {
        String wanted = place.namespace();
        String namespace = wanted == null ? session.namespace() : wanted;
        String name = Objects.requireNonNull(place.pod());
        JsonNode pod = session.cluster().get(KnownTypes.PODS, namespace, name);
        return new CopyPod(session, namespace, name, PodContainers.one(session, pod, container, false));
    }

    /// Begins a command there.
    Conversation exec(boolean input, List<String> command) {
        return Conversation.begin(
                session, namespace, name, "exec", IntoPodVerb.query(container, input, false, command));
    }
}
