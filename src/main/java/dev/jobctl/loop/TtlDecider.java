package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.ttl.TtlController;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Deletes finished Jobs in time. Keys: Jobs.
record TtlDecider() implements Decider {
    @Override
    public String name() {
        return "ttl";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.JOB);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        if (current != null
                && Views.is(current.value(), Kinds.JOB)
                && Views.job(current.value()).status().finished()) {
            ask.accept(change.key());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable JobView job = Views.job(state, ask.key());
        return job == null ? Decision.quiet() : TtlController.decide(job, ask.now());
    }
}
