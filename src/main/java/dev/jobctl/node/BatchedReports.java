package dev.jobctl.node;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps reports until [#send]; of each pod only the newest status goes out. Owned by one thread.
final class BatchedReports implements NodeReports {
    private final NodeReports target;
    private final Map<ObjectRef, PodStatus> statuses = new LinkedHashMap<>();
    private final List<ObjectRef> ended = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();

    BatchedReports(NodeReports target) {
        this.target = target;
    }

    @Override
    public void status(ObjectRef pod, PodStatus status) {
        statuses.put(pod, status);
    }

    @Override
    public void ended(ObjectRef pod) {
        ended.add(pod);
    }

    @Override
    public void event(EventDraft event) {
        events.add(event);
    }

    /// The statuses go first: Jobs wait for them, and nobody for the events.
    void send() {
        statuses.forEach(target::status);
        ended.forEach(target::ended);
        events.forEach(target::event);
        statuses.clear();
        ended.clear();
        events.clear();
    }
}
