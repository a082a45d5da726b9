package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.budget.StaleDisruption;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The disruption controller's second place in the loop. Keys: pods that were to be disrupted.
record StaleDisruptionDecider() implements Decider {
    @Override
    public String name() {
        return "stale-disruption";
    }

    @Override
    public boolean watches(Kind kind) {
        return Views.is(kind, Kinds.POD);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        if (now != null && StaleDisruption.concerns(Views.pod(now))) {
            ask.accept(change.key());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion pod = state.get(ask.key());
        return pod == null ? Decision.quiet() : StaleDisruption.decide(Views.pod(pod), ask.now());
    }
}
