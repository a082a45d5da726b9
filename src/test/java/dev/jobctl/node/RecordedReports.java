package dev.jobctl.node;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what a node says.
final class RecordedReports implements NodeReports {
    record Told(ObjectRef pod, PodStatus status) {}

    final List<Told> statuses = new CopyOnWriteArrayList<>();
    final List<ObjectRef> ended = new CopyOnWriteArrayList<>();
    final List<EventDraft> events = new CopyOnWriteArrayList<>();

    @Override
    public void status(ObjectRef pod, PodStatus status) {
        statuses.add(new Told(pod, status));
    }

    @Override
    public void ended(ObjectRef pod) {
        ended.add(pod);
    }

    @Override
    public void event(EventDraft event) {
        events.add(event);
    }

    List<PodStatus> of(String podName) {
        return statuses.stream()
                .filter(told -> told.pod().key().name().equals(podName))
                .map(Told::status)
                .toList();
    }
}
