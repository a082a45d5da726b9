package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.budget.SharedPod;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The disruption controller's third place in the loop. Keys: pods that have changed and that several budgets protect.
record SharedPodDecider() implements Decider {
    @Override
    public String name() {
        return "shared-pod";
    }

    @Override
    public boolean watches(Kind kind) {
        return Views.is(kind, Kinds.POD);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        if (now != null
                && state.indexes().budgets(now.key().namespace()).size() > 1
                && BudgetDecider.own(now, state).size() > 1) {
            ask.accept(change.key());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion pod = state.get(ask.key());
        return pod == null ? Decision.quiet() : SharedPod.decide(Views.pod(pod), BudgetDecider.own(pod, state));
    }
}
