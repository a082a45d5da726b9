package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
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

    /// `since`, or when the pod was put on its node if that was later.
    static Instant notBeforeBinding(PodView pod, Instant since) {
        Instant there = later(since, pod.meta().creation());
        @Nullable ConditionView bound = pod.condition("PodScheduled");
        return bound == null || bound.lastTransition() == null ? there : later(there, bound.lastTransition());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Asks about each pod of a node.
    static void ask(ObjectVersion node, State state, Consumer<String> ask) {
        state.indexes()
                .podsOf(node.key().name())
                .forEach(pod -> ask.accept(pod.key().path()));
    }
}
