package dev.jobctl.simulate;

import dev.jobctl.node.NodeReports;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// The nodes' reports on their way to the loop, which takes them when it has room. Owned by the world's thread.
final class Mail implements NodeReports {
    private final Queue<Write> waiting = new ArrayDeque<>();
    private final boolean events;

    Mail(boolean events) {
        this.events = events;
    }

    @Override
    public void status(ObjectRef pod, PodStatus status) {
        waiting.add(new Write.ReportPod(pod, status));
    }

    @Override
    public void ended(ObjectRef pod) {
        waiting.add(new Write.Delete(pod.key(), Deletion.now(pod.uid())));
    }

    @Override
    public void event(EventDraft event) {
        if (events) {
            waiting.add(new Write.RecordEvent(event));
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// At most `count` of them, oldest first.
    void hand(int count, Consumer<Write> taker) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            taker.accept(waiting.remove());
        }
    }

    /// The control plane died: what was on its way is lost.
    void lose() {
        waiting.clear();
    }
}
