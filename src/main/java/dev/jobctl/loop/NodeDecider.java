package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.nodes.NodeGrace;
import dev.jobctl.control.nodes.NodeInput;
import dev.jobctl.control.nodes.NodeLife;
import dev.jobctl.control.nodes.NodeLifecycle;
import dev.jobctl.control.nodes.OtherNodes;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Judges nodes. Keys: nodes.
record NodeDecider(NodeGrace grace) implements Decider {
    @Override
    public String name() {
        return "node";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NODE) || kind.equals(Kinds.LEASE);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        @Nullable ObjectVersion before = Views.version(change.previous());
        if (now != null && Views.is(now, Kinds.LEASE)) {
            @Nullable String node = NodeLeases.nodeKey(now);
            if (node != null) {
                ask.accept(node);
            }
        } else if (concerns(now) || concerns(before)) {
            ask.accept(change.key());
            if (now == null || before == null || lives(now) != lives(before)) {
                state.prefixed(Kinds.NODE.keyPrefix()).forEach(each -> ask.accept(each.key()));
            }
        }
    }

    private static boolean concerns(@Nullable ObjectVersion version) {
        return version != null && Views.is(version, Kinds.NODE);
    }

    private static boolean lives(@Nullable ObjectVersion node) {
        return node != null && Views.health(node).is(NodeHealth.READY, "True");
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion node = state.get(ask.key());
        if (node == null) {
            return Decision.quiet();
        }
        NodeInput input = new NodeInput(life(node, state), () -> others(ask, state));
        return NodeLifecycle.decide(input, grace, ask.now());
    }

    private static NodeLife life(ObjectVersion node, State state) {
        return new NodeLife(
                Views.health(node),
                NodeLeases.renewed(state, node.key().name()),
                state.indexes().began());
    }

    /// By their lives at that moment, not by what is written of them: of nodes that fell silent together the first to
    /// be judged must know of the others.
    private OtherNodes others(Ask ask, State state) {
        int ready = 0;
        int lost = 0;
        for (Entry<ObjectVersion> other : state.prefixed(Kinds.NODE.keyPrefix())) {
            if (!other.key().equals(ask.key())) {
                boolean lives = lives(other.value()) && heard(other.value(), state, ask);
                ready += lives ? 1 : 0;
                lost += lives ? 0 : 1;
                if (NodeLifecycle.enough(ready, lost)) { // more would change nothing
                    break;
                }
            }
        }
        return new OtherNodes(ready, lost);
    }

    /// Of a ready node. A Lease is looked up only where it can matter.
    private boolean heard(ObjectVersion node, State state, Ask ask) {
        return Views.health(node).inProcess() || NodeLifecycle.lives(life(node, state), grace, ask.now());
    }
}
