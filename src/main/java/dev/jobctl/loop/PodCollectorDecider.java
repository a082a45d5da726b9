package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.podgc.PodCollector;
import dev.jobctl.control.podgc.PodPlace;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ends pods that no node will ever end. Keys: pods that are being deleted.
record PodCollectorDecider() implements Decider {
    @Override
    public String name() {
        return "pod-collector";
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        if (current != null
                && Views.is(current.value(), Kinds.POD)
                && current.value().object().getMetadata().getDeletionTimestamp() != null) {
            ask.accept(change.key());
        }
    }

    /// Only pods without a node: whether a node is gone for good, the one local node cannot tell.
    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null) {
            return Decision.quiet();
        }
        PodView pod = Views.pod(found);
        return pod.node() == null ? PodCollector.decide(new PodPlace(pod, null, null), ask.now()) : Decision.quiet();
    }
}
