package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.job.JobController;
import dev.jobctl.control.job.JobInput;
import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Job controller's place in the loop. Keys: Jobs.
record JobDecider(JobController controller) implements Decider {
    private static final String JOBS = Kinds.JOB.keyPrefix();

    @Override
    public String name() {
        return "job";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.POD) || kind.equals(Kinds.JOB);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null && Views.is(current.value(), Kinds.JOB)) {
            ask.accept(change.key());
        }
        @Nullable String before = previous == null ? null : controller(previous.value());
        @Nullable String now = current == null ? null : controller(current.value());
        if (now != null) {
            askOwner(now, state, ask);
        }
        if (now == null
                && current != null
                && Views.is(current.value(), Kinds.POD)
                && (previous == null || movedSince(previous.value(), current.value()))) {
            askMatching(current.value(), state, ask);
        }
        if (before != null && !before.equals(now)) {
            askOwner(before, state, ask);
        }
    }

    /// Room in a quota, other rules for pods or another account in the Job's namespace, another priority class.
    @Override
    public boolean lifts(Change<ObjectVersion> change, String key) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        @Nullable Entry<ObjectVersion> any = current != null ? current : previous;
        if (any == null) {
            return false;
        }
        if (Views.is(any.value(), Kinds.PRIORITY_CLASS)) {
            return true;
        }
        String namespace = any.value().object().getMetadata().getNamespace();
        if (namespace == null || !key.startsWith(Kinds.JOB.keyPrefix() + namespace + "/")) {
            return false;
        }
        if (Views.is(any.value(), Kinds.RESOURCE_QUOTA)) {
            return previous != null && (current == null || bounds(previous.value(), current.value()));
        }
        if (Views.is(any.value(), Kinds.LIMIT_RANGE) || Views.is(any.value(), Kinds.SERVICE_ACCOUNT)) {
            return true;
        }
        return Views.is(any.value(), Kinds.POD)
                && previous != null
                && !Pods.terminal((Pod) previous.value().object())
                && (current == null || Pods.terminal((Pod) current.value().object()));
    }

    private static boolean bounds(ObjectVersion before, ObjectVersion after) {
        return !QuotaLedger.view(before).hard().equals(QuotaLedger.view(after).hard());
    }

    /// Uid of a pod's controller; null for none, and for anything but a pod.
    private static @Nullable String controller(ObjectVersion version) {
        return Views.is(version, Kinds.POD)
                ? Pods.controllerUid(version.object().getMetadata())
                : null;
    }

    private static void askOwner(String uid, State state, Consumer<String> ask) {
        @Nullable String key = state.indexes().place(uid);
        if (key != null && key.startsWith(JOBS)) {
            ask.accept(key);
        }
    }

    private static boolean movedSince(ObjectVersion before, ObjectVersion after) {
        ObjectMeta old = before.object().getMetadata();
        ObjectMeta now = after.object().getMetadata();
        return !old.getLabels().equals(now.getLabels())
                || !old.getOwnerReferences().equals(now.getOwnerReferences());
    }

    /// A pod without a controller may be adopted by any Job that selects it.
    private static void askMatching(ObjectVersion pod, State state, Consumer<String> ask) {
        ObjectMeta meta = pod.object().getMetadata();
        for (Entry<ObjectVersion> job : state.prefixed(JOBS + meta.getNamespace() + "/")) {
            if (Views.job(job.value()).spec().selector().matches(meta.getLabels())) {
                ask.accept(job.key());
            }
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable JobView job = Views.job(state, ask.key());
        if (job == null) {
            return Decision.quiet();
        }
        List<PodView> pods = Views.pods(state.indexes().livingPods(job.meta().uid()));
        for (ObjectVersion loose : state.indexes().loosePods(job.meta().namespace())) {
            if (job.spec().selector().matches(loose.object().getMetadata().getLabels())) {
                pods.add(Views.pod(loose));
            }
        }
        var memory = HiddenKinds.memory(state, job.ref().key(), job.meta().uid());
        Creation creation = Refusals.terminating(job.meta().namespace(), state)
                ? Creation.OVER
                : ask.held() ? Creation.HELD : Creation.ALLOWED;
        return controller.decide(new JobInput(job, pods, memory, creation), ask.now());
    }
}
