package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.nodes.NodeLifecycle;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.NodeHealth;
import dev.jobctl.store.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes readiness from pods whose node is not ready. Keys: pods.
record UnreadyPodDecider() implements Decider {
    @Override
    public String name() {
        return "unready-pod";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NODE);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        if (now != null && Views.is(now, Kinds.NODE) && !Views.health(now).is(NodeHealth.READY, "True")) {
            NodesPods.ask(now, state, ask);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion pod = state.get(ask.key());
        @Nullable ObjectVersion node = NodesPods.find(state, NodesPods.nodeOf(pod));
        return pod == null || node == null
                ? Decision.quiet()
                : NodeLifecycle.unready(Views.pod(pod), Views.health(node), ask.now());
    }
}
