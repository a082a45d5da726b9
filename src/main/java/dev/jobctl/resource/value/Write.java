package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodStatus;

/// One wish to change the state, handed to the loop, which alone carries it out. Objects in it are given away: the
/// sender must not touch them again. Carried out against the newest state; see [Outcome] for what may come of it.
public sealed interface Write {
    /// A new object, complete: defaulted, validated, with uid, name and creationTimestamp.
    /// Gives `Stored`, `Exists` or `Refused` (namespace missing or terminating, quota).
    record Create(ObjectKey key, HasMetadata object) implements Write {}

    /// Asks what `Create` would give at this moment, and stores nothing. `Stored` then has the object as it would be,
    /// with revision 0.
    record TryCreate(ObjectKey key, HasMetadata object) implements Write {}

    /// A new version of the object whose revision is still `expectedRevision`. A version with deletionTimestamp and
    /// without finalizers (pods: and grace 0) removes the object. Gives `Stored`, `Removed`, `Missing`, `Conflict` or
    /// `Refused` (quota).
    record Update(ObjectKey key, long expectedRevision, HasMetadata object) implements Write {}

    /// Gives `Stored` (marked: deletionTimestamp set, waiting for grace or finalizers), `Removed`, `Missing`, or
    /// `Conflict` (a precondition does not hold).
    record Delete(ObjectKey key, Deletion options) implements Write {}

    /// A pod's end that somebody asks for who is not its owner: condition DisruptionTarget, then as `Delete`, in one
    /// round. Outcomes as of `Delete`, and `Refused` when a disruption budget stands against it.
    record Evict(ObjectKey pod, Deletion options) implements Write {}

    /// Asks what `Evict` would give at this moment, and changes nothing. `Removed` then has the pod as it is.
    record TryEvict(ObjectKey pod, Deletion options) implements Write {}

    /// The node's report on a pod: replaces status but keeps conditions that others own (DisruptionTarget and those
    /// of the scheduler). Gives `Stored` or `Missing`.
    record ReportPod(ObjectRef pod, PodStatus status) implements Write {}

    /// Gives `Stored`.
    record RecordEvent(EventDraft event) implements Write {}
}
