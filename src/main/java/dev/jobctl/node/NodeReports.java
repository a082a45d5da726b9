package dev.jobctl.node;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.PodStatus;

/// What the node tells the control plane. Calls return at once and may come from any thread; those about one pod come
/// in order.
public interface NodeReports {
    /// The pod's whole status as the node sees it; the node gives the object away.
    void status(ObjectRef pod, PodStatus status);

    /// A pod with a deletionTimestamp has ended here, nothing of it runs any more: its object may go.
    void ended(ObjectRef pod);

    void event(EventDraft event);
}
