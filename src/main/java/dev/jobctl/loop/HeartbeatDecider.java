package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.nodes.Heartbeat;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renews the Leases of nodes of this process, whenever a pod of theirs is written. Keys: nodes.
record HeartbeatDecider() implements Decider {
    private static final String NODES = Kinds.NODE.keyPrefix();

    @Override
    public String name() {
        return "heartbeat";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NODE) || kind.equals(Kinds.POD);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        if (current == null || !NodeLeases.possible(state)) {
            return;
        }
        if (Views.is(current.value(), Kinds.NODE)) {
            ask.accept(change.key());
        } else if (Views.is(current.value(), Kinds.POD)) {
            @Nullable String node = ((Pod) current.value().object()).getSpec().getNodeName();
            if (node != null) {
                ask.accept(NODES + node);
            }
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion node = state.get(ask.key());
        if (node == null || !NodeLeases.possible(state)) {
            return Decision.quiet();
        }
        return Heartbeat.decide(
                Views.health(node), NodeLeases.renewed(state, node.key().name()), ask.now());
    }
}
