package dev.jobctl.simulate;

import dev.jobctl.node.NodeReports;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The nodes' reports on their way to the loop, which takes them when it has room. One that could not be stored is
/// handed in again, as a real plane does: a node says a pod's end once. Owned by the world's thread.
final class Mail implements NodeReports {
    private final Deque<Write> waiting = new ArrayDeque<>();
    private @Nullable Handed handed;
    private final boolean events;

    Mail(boolean events) {
        this.events = events;
    }

    private record Handed(List<Write> writes, CompletableFuture<Outcome> answer) {}

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

    /// At most `count` of them, oldest first, all at once.
    void hand(int count, Function<List<Write>, CompletableFuture<Outcome>> taker) {
        List<Write> some = new ArrayList<>(Math.min(count, waiting.size()));
        while (some.size() < count && !waiting.isEmpty()) {
            some.add(waiting.remove());
        }
        if (!some.isEmpty()) {
            handed = new Handed(some, taker.apply(some));
        }
    }

    /// After the loop's round: what was not stored waits again, before what came since.
    void answered() {
        if (handed != null && handed.answer().isCompletedExceptionally()) {
            handed.writes().reversed().forEach(waiting::addFirst);
        }
        handed = null;
    }

    /// The control plane died: what was on its way is lost.
    void lose() {
        waiting.clear();
        handed = null;
    }
}
