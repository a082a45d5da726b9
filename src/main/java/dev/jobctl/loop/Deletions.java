package dev.jobctl.loop;

import dev.jobctl.control.garbage.GarbageCollector;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Check;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a DELETE does, step by step as the API server does it: mark, wait for grace and finalizers, remove.
///
/// Example, a running pod of a Job, grace 30: DELETE marks it (deletionTimestamp = now + 30 s); the node stops it and
/// deletes again with grace 0, which sets the grace to 0; the Job controller counts it and takes the last finalizer
/// away, which removes it.
final class Deletions {
    private static final String NAMESPACE_FINALIZER = "kubernetes";
    private static final long DEFAULT_POD_GRACE = 30;

    private Deletions() {}

    /// The object was found and the preconditions hold.
    static Outcome delete(WorkingState state, ObjectVersion found, Deletion options, Instant now) {
        if (Views.is(found, Kinds.NAMESPACE)) {
            return namespace(state, found, now);
        }
        return Views.is(found, Kinds.POD)
                ? pod(state, found, options, now)
                : plain(state, found, options.propagation(), now);
    }

    /// Stores the next version of an object, or removes it when it was only waiting for this.
    static Outcome settle(WorkingState state, ObjectVersion found, HasMetadata next) {
        if (removable(next)) {
            state.remove(found);
            return new Outcome.Removed(
                    ObjectVersion.of(found.kind(), next, state.draft().revision()));
        }
        return new Outcome.Stored(state.put(found, next));
    }

    /// Marked, nobody holds it, and for a pod: the node has let go of it.
    private static boolean removable(HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        if (meta.getDeletionTimestamp() == null || !meta.getFinalizers().isEmpty()) {
            return false;
        }
        return switch (object) {
            case Pod pod -> grace(pod.getMetadata()) == 0;
            case Namespace namespace ->
                namespace.getSpec() == null
                        || namespace.getSpec().getFinalizers().isEmpty();
            default -> true;
        };
    }

    private static long grace(ObjectMeta meta) {
        Long grace = meta.getDeletionGracePeriodSeconds();
        return grace == null ? 0 : grace;
    }

    private static Outcome plain(
            WorkingState state, ObjectVersion found, @Nullable Propagation propagation, Instant now) {
        Edit<HasMetadata> edit = Edit.of(found);
        edit.meta().setFinalizers(finalizers(found, propagation));
        if (edit.meta().getFinalizers().isEmpty()) {
            state.remove(found);
            return new Outcome.Removed(found);
        }
        if (edit.meta().getDeletionTimestamp() != null
                && edit.meta()
                        .getFinalizers()
                        .equals(found.object().getMetadata().getFinalizers())) {
            return new Outcome.Stored(found);
        }
        mark(edit, now);
        return new Outcome.Stored(state.put(found.kind(), edit.object()));
    }

    private static void mark(Edit<?> edit, Instant now) {
        if (edit.meta().getDeletionTimestamp() == null) {
            edit.nextGeneration();
            edit.meta().setDeletionTimestamp(Timestamps.print(now));
        }
        edit.meta().setDeletionGracePeriodSeconds(0L);
    }

    /// The finalizers after a DELETE with that policy. Without a policy those that are there decide, then the kind.
    private static List<String> finalizers(ObjectVersion found, @Nullable Propagation propagation) {
        List<String> now = found.object().getMetadata().getFinalizers();
        if (propagation == null
                && (now.contains(GarbageCollector.ORPHAN) || now.contains(GarbageCollector.FOREGROUND))) {
            return now;
        }
        List<String> next = new ArrayList<>(now);
        next.removeIf(finalizer ->
                finalizer.equals(GarbageCollector.ORPHAN) || finalizer.equals(GarbageCollector.FOREGROUND));
        Propagation kindsOwn = Views.is(found, Kinds.JOB) ? Propagation.Orphan : Propagation.Background;
        switch (propagation == null ? kindsOwn : propagation) {
            case Orphan -> next.add(GarbageCollector.ORPHAN);
            case Foreground -> next.add(GarbageCollector.FOREGROUND);
            case Background -> {}
        }
        return next;
    }

    private static Outcome pod(WorkingState state, ObjectVersion found, Deletion options, Instant now) {
        ObjectMeta old = found.object().getMetadata();
        Edit<Pod> edit = Edit.ofPod(found);
        if (old.getDeletionTimestamp() == null) {
            long grace = grace(edit.object(), options);
            edit.nextGeneration();
            edit.meta().setFinalizers(finalizers(found, options.propagation()));
            edit.meta().setDeletionTimestamp(Timestamps.print(now.plusSeconds(grace)));
            edit.meta().setDeletionGracePeriodSeconds(grace);
        } else if (options.graceSeconds() != null && options.graceSeconds() < grace(old)) {
            Instant marked = Timestamps.parse(old.getDeletionTimestamp())
                    .orElseThrow(() -> new IllegalStateException("deletionTimestamp " + old.getDeletionTimestamp()))
                    .minusSeconds(grace(old));
            edit.meta().setDeletionTimestamp(Timestamps.print(marked.plusSeconds(options.graceSeconds())));
            edit.meta().setDeletionGracePeriodSeconds(Math.max(0, options.graceSeconds()));
        } else if (removable(edit.object())) {
            return settle(state, found, edit.object());
        } else {
            return new Outcome.Stored(found);
        }
        // Watches see the mark before the removal, as they do with a real server.
        ObjectVersion marked = state.put(found, edit.object());
        if (removable(marked.object())) {
            state.remove(marked);
            return new Outcome.Removed(marked);
        }
        return new Outcome.Stored(marked);
    }

    private static long grace(Pod pod, Deletion options) {
        if (pod.getSpec().getNodeName() == null || pod.getSpec().getNodeName().isEmpty() || Pods.terminal(pod)) {
            return 0;
        }
        if (options.graceSeconds() != null) {
            return options.graceSeconds() < 0 ? 1 : options.graceSeconds();
        }
        Long own = pod.getSpec().getTerminationGracePeriodSeconds();
        return own == null ? DEFAULT_POD_GRACE : own < 0 ? 1 : own;
    }

    /// Always waits for its content: whoever empties it takes the finalizer `kubernetes` away.
    private static Outcome namespace(WorkingState state, ObjectVersion found, Instant now) {
        Namespace old = (Namespace) found.object();
        if (old.getMetadata().getDeletionTimestamp() != null) {
            return new Outcome.Stored(found);
        }
        Edit<HasMetadata> edit = Edit.of(found);
        Check.that(
                edit.object() instanceof Namespace,
                "namespace key holds %s",
                edit.object().getClass());
        Namespace next = (Namespace) edit.object();
        edit.meta().setDeletionTimestamp(Timestamps.print(now));
        next.setStatus(Edit.terminating(next));
        if (next.getSpec() == null || next.getSpec().getFinalizers().isEmpty()) {
            NamespaceSpec spec = new NamespaceSpec();
            spec.setFinalizers(List.of(NAMESPACE_FINALIZER));
            next.setSpec(spec);
        }
        return new Outcome.Stored(state.put(Kinds.NAMESPACE, next));
    }
}
