package dev.jobctl.resource.view;

import dev.jobctl.resource.value.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Pod as controllers see it.
///
/// @param reason status.reason such as `Evicted`, empty for none
/// @param index completion index, [#NO_INDEX] without a readable one
/// @param failureCount annotation job-index-failure-count, 0 when absent or unreadable
/// @param ignoredFailureCount annotation job-index-ignored-failure-count, 0 when absent or unreadable
/// @param ready condition Ready is True
/// @param readySince since when it is what it is, null for unknown
/// @param containers app containers in the order of their status
/// @param initContainers init containers, sidecars among them
/// @param restarts of all containers together
/// @param finishTime when it ended, as far as can be told; only of use for a pod that has
/// @param node null: not bound yet
/// @param nominated the node where room is being made for it, null for none
public record PodView(
        MetaView meta,
        Phase phase,
        String reason,
        int index,
        int failureCount,
        int ignoredFailureCount,
        boolean ready,
        @Nullable Instant readySince,
        List<ConditionView> conditions,
        List<ContainerView> containers,
        List<ContainerView> initContainers,
        int restarts,
        Instant finishTime,
        @Nullable String node,
        PodNeeds needs,
        @Nullable String nominated) {
    public static final String TRACKING_FINALIZER = "batch.kubernetes.io/job-tracking";
    public static final int NO_INDEX = -1;

    public PodView {
        conditions = List.copyOf(conditions);
        containers = List.copyOf(containers);
        initContainers = List.copyOf(initContainers);
    }

    /// status.phase.
    public enum Phase {
        Pending,
        Running,
        Succeeded,
        Failed,
        Unknown
    }

    /// From a stored Pod: name, namespace and uid are set.
    public static PodView of(io.fabric8.kubernetes.api.model.Pod pod) {
        return PodReading.read(pod);
    }

    /// The same, from a pod that shares parts with an `other` one, of which `like` is the view.
    public static PodView of(
            io.fabric8.kubernetes.api.model.Pod pod,
            io.fabric8.kubernetes.api.model.Pod other,
            PodView like,
            ConditionViews conditions) {
        return PodReading.read(pod, other, like, conditions);
    }

    public ObjectRef ref() {
        return meta.ref();
    }

    public String uid() {
        return meta.uid();
    }

    /// Succeeded or Failed.
    public boolean terminal() {
        return phase == Phase.Succeeded || phase == Phase.Failed;
    }

    public boolean deleting() {
        return meta.deleting();
    }

    /// Neither ended nor being deleted: what a Job counts in `active`.
    public boolean active() {
        return !terminal() && !deleting();
    }

    /// Being deleted and not ended yet: what a Job counts in `terminating`.
    public boolean terminating() {
        return !terminal() && deleting();
    }

    /// Whether it has the tracking finalizer, that is, its Job has not accounted for it yet.
    public boolean tracked() {
        return meta.hasFinalizer(TRACKING_FINALIZER);
    }

    /// The same pod with or without the tracking finalizer.
    public PodView withTracking(boolean wanted) {
        if (tracked() == wanted) {
            return this;
        }
        List<String> finalizers = new ArrayList<>(meta.finalizers());
        if (wanted) {
            finalizers.add(TRACKING_FINALIZER);
        } else {
            finalizers.remove(TRACKING_FINALIZER);
        }
        MetaView other = new MetaView(
                meta.ref(),
                meta.labels(),
                meta.owners(),
                finalizers,
                meta.creation(),
                meta.deletion(),
                meta.graceSeconds());
        return new PodView(
                other,
                phase,
                reason,
                index,
                failureCount,
                ignoredFailureCount,
                ready,
                readySince,
                conditions,
                containers,
                initContainers,
                restarts,
                finishTime,
                node,
                needs,
                nominated);
    }

    public @Nullable OwnerView controller() {
        return meta.controller();
    }

    /// The condition of that type, null for none.
    public @Nullable ConditionView condition(String type) {
        for (ConditionView condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }
}
