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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A report that the loop could not store is not lost, and reports about one pod stay in order.
class ReportsTest {
    private final List<String> stored = new ArrayList<>();
    private final Queue<Runnable> pauses = new ArrayDeque<>();
    /// What the loop has not answered yet.
    private final Queue<CompletableFuture<Outcome>> pending = new ArrayDeque<>();
    private final Reports reports = new Reports(this::submit, pauses::add, Log.none());
    private RuntimeException failure = new StoreError("the disk is full", new IOException("no space"));
    private int refusals;

    private CompletableFuture<Outcome> submit(Write write) {
        if (!pending.isEmpty()) {
            return pending.remove();
        }
        if (refusals > 0) {
            refusals--;
            return CompletableFuture.failedFuture(failure);
        }
        stored.add(
                write instanceof Write.ReportPod report
                        ? report.pod().uid() + " " + report.status().getPhase()
                        : write.getClass().getSimpleName());
        return CompletableFuture.completedFuture(new Outcome.Missing());
    }

    private static ObjectRef pod(String uid) {
        return new ObjectRef(new ObjectKey(Kinds.POD, "default", "pod-" + uid), uid);
    }

    private void status(String uid, String phase) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        reports.send(pod(uid), new Write.ReportPod(pod(uid), status));
    }

    private void ended(String uid) {
        reports.send(pod(uid), new Write.Delete(pod(uid).key(), Deletion.now(uid)));
    }

    private void pause() {
        List<Runnable> due = List.copyOf(pauses);
        pauses.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void aReportThatCouldNotBeStoredIsSentAgainUntilItIs() {
        refusals = 2;
        status("a", "Succeeded");
        assertThat(pauses).hasSize(1);
        pause();
        assertThat(stored).isEmpty();
        pause();
        assertThat(stored).containsExactly("a Succeeded");
        assertThat(pauses).isEmpty();
    }

    @Test
    void oneThatFailsAfterANewerOneWasHandedOverIsNotStoredOverIt() {
        CompletableFuture<Outcome> older = new CompletableFuture<>();
        pending.add(older);
        status("a", "Pending");
        status("a", "Running");
        older.completeExceptionally(failure);
        pause();
        assertThat(stored).containsExactly("a Running");
        CompletableFuture<Outcome> newer = new CompletableFuture<>();
        pending.add(newer);
        status("a", "Failed");
        newer.completeExceptionally(failure);
        pause();
        assertThat(stored).containsExactly("a Running", "a Failed");
    }

    @Test
    void whatFollowsAboutThatPodWaitsBehindItAndTheNewestCounts() {
        refusals = 1;
        status("a", "Pending");
        status("a", "Running");
        status("b", "Running");
        status("a", "Failed");
        ended("a");
        assertThat(stored).containsExactly("b Running");
        pause();
        assertThat(stored).containsExactly("b Running", "a Failed", "Delete");
    }

    @Test
    void aReportThatCanNeverBeStoredIsNotSentAgain() {
        failure = new IllegalStateException("a bug");
        refusals = 1;
        status("a", "Running");
        assertThat(pauses).isEmpty();
        status("a", "Failed");
        assertThat(stored).containsExactly("a Failed");
    }
}
