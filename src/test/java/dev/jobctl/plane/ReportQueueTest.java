package dev.jobctl.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Log;
import dev.jobctl.store.StoreError;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A disk that is full for a while, with the pauses run by hand.
class ReportQueueTest {
    private static final ObjectRef POD = new ObjectRef(new ObjectKey(Kinds.POD, "default", "a"), "uid-a");

    private final List<String> stored = new ArrayList<>();
    private final Deque<Runnable> pauses = new ArrayDeque<>();
    private final ReportQueue queue = new ReportQueue(this::store, pauses::add, Log.none());
    private boolean full;

    @Test
    void reportsGoStraightThrough() {
        send("Running");
        send("Succeeded");
        assertThat(stored).containsExactly("Running", "Succeeded");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aPodThatEndsWhileTheDiskIsFullIsReportedLater() {
        full = true;
        send("Succeeded");
        pauses.remove().run();
        assertThat(stored).isEmpty();
        full = false;
        pauses.remove().run();
        assertThat(stored).containsExactly("Succeeded");
        assertThat(pauses).isEmpty();
        send("Failed");
        assertThat(stored).containsExactly("Succeeded", "Failed");
    }

    @Test
    void whatWaitsKeepsItsOrderAndOnlyTheLastStatus() {
        full = true;
        send("Pending");
        send("Running");
        send("Succeeded");
        queue.send(POD, new Write.Delete(POD.key(), Deletion.now(POD.uid())));
        full = false;
        pauses.remove().run();
        assertThat(stored).containsExactly("Pending", "Succeeded", "delete");
    }

    private void send(String phase) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        queue.send(POD, new Write.ReportPod(POD, status));
    }

    private CompletableFuture<Outcome> store(Write write) {
        if (full) {
            return CompletableFuture.failedFuture(new StoreError("the disk is full", new IOException("full")));
        }
        stored.add(write instanceof Write.ReportPod report ? report.status().getPhase() : "delete");
        return CompletableFuture.completedFuture(new Outcome.Missing());
    }
}
