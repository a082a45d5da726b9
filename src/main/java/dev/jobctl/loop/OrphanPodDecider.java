package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.job.OrphanPods;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Frees pods that no Job will count any more. Keys: pods.
record OrphanPodDecider() implements Decider {
    @Override
    public String name() {
        return "orphan-pod";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.POD) || kind.equals(Kinds.JOB);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null && Views.is(current.value(), Kinds.POD)) {
            ObjectMeta meta = current.value().object().getMetadata();
            if (meta.getFinalizers().contains(Pods.TRACKING_FINALIZER) && !counted(meta, state)) {
                ask.accept(change.key());
            }
        } else if (previous != null && Views.is(previous.value(), Kinds.JOB)) {
            boolean over =
                    current == null || Views.job(current.value()).status().finished();
            if (over) {
                String uid = previous.value().object().getMetadata().getUid();
                state.indexes()
                        .livingPods(uid)
                        .forEach(pod -> ask.accept(pod.key().path()));
            }
        }
    }

    private static boolean counted(ObjectMeta pod, State state) {
        @Nullable JobView job = owner(pod, state);
        return job != null && !job.status().finished();
    }

    private static @Nullable JobView owner(ObjectMeta pod, State state) {
        @Nullable String uid = Pods.controllerUid(pod);
        return uid == null ? null : Views.jobByUid(state, uid);
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion pod = state.get(ask.key());
        return pod == null
                ? Decision.quiet()
                : OrphanPods.decide(Views.pod(pod), owner(pod.object().getMetadata(), state));
    }
}
