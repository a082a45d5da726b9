package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pods and the nodes that they are bound to, as the deciders that bring both together look at them.
final class NodesPods {
    private static final String NODES = Kinds.NODE.keyPrefix();

    private NodesPods() {}

    /// Null for a pod without a node, and for anything but a pod.
    static @Nullable String nodeOf(@Nullable ObjectVersion version) {
        if (version == null || !Views.is(version, Kinds.POD)) {
            return null;
        }
        @Nullable String node = ((Pod) version.object()).getSpec().getNodeName();
        return node == null || node.isEmpty() ? null : node;
    }

    /// Null when there is no node of that name.
    static @Nullable ObjectVersion find(State state, @Nullable String node) {
        return node == null ? null : state.get(NODES + node);
    }

    /// Asks about each pod of a node.
    static void ask(ObjectVersion node, State state, Consumer<String> ask) {
        state.indexes()
                .podsOf(node.key().name())
                .forEach(pod -> ask.accept(pod.key().path()));
    }
}
