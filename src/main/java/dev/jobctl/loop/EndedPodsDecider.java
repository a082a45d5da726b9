package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.podgc.PodCollector;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Deletes the first of the ended pods when there are more than `threshold`. One key.
record EndedPodsDecider(int threshold) implements Decider {
    private static final String ALL = "pods that have ended";

    @Override
    public String name() {
        return "ended-pods";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.POD);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        boolean tooMany = threshold > 0 && state.indexes().endedPods().size() > threshold;
        if (tooMany && now != null && Views.is(now, Kinds.POD)) {
            ask.accept(ALL);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        return PodCollector.surplus(state.indexes().endedPods(), threshold);
    }
}
