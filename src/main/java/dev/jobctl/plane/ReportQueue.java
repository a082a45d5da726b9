package dev.jobctl.plane;

import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Log;
import dev.jobctl.store.StoreError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends the node's reports about its pods, and sends again, in order, those that could not be stored: a pod that ends
/// while the disk is full is counted once there is room. Of several statuses that wait for one pod only the last is
/// kept, so what waits is bounded by twice the pods of the node. Any thread.
final class ReportQueue {
    private final Function<Write, CompletableFuture<Outcome>> store;
    private final Executor later;
    private final Log log;
    private final Map<ObjectRef, Deque<Report>> waiting = new HashMap<>();
    private long reports;

    private record Report(long number, ObjectRef pod, Write write) {}

    /// @param later runs the next attempt after a pause
    ReportQueue(Function<Write, CompletableFuture<Outcome>> store, Executor later, Log log) {
        this.store = store;
        this.later = later;
        this.log = log;
    }

    void send(ObjectRef pod, Write write) {
        Report report;
        synchronized (this) {
            report = new Report(++reports, pod, write);
            @Nullable Deque<Report> before = waiting.get(pod);
            if (before != null) {
                append(before, report);
                return;
            }
        }
        submit(report);
    }

    private void submit(Report report) {
        store.apply(report.write).whenComplete((Outcome outcome, @Nullable Throwable failure) -> {
            if (failure instanceof StoreError) {
                keep(report, failure);
            } else {
                if (failure != null) {
                    String what = report.write.getClass().getSimpleName();
                    log.warning("report not stored", "report", what, "cause", failure);
                }
                goOn(report);
            }
        });
    }

    private synchronized void keep(Report report, Throwable failure) {
        @Nullable Deque<Report> queue = waiting.get(report.pod);
        if (queue == null) {
            queue = new ArrayDeque<>();
            waiting.put(report.pod, queue);
            log.warning("report waits", "pod", report.pod.key().path(), "because", failure.getMessage());
            queue.add(report);
        } else if (!queue.contains(report)) {
            append(queue, report);
            return;
        }
        later.execute(() -> again(report.pod));
    }

    /// The report is settled, and with it all that were sent before it; the next one that waits is sent.
    private void goOn(Report report) {
        Report next;
        synchronized (this) {
            @Nullable Deque<Report> queue = waiting.get(report.pod);
            if (queue == null) {
                return;
            }
            boolean first = !queue.isEmpty() && queue.getFirst().equals(report);
            queue.removeIf(r -> r.number <= report.number);
            if (queue.isEmpty()) {
                waiting.remove(report.pod);
                return;
            }
            if (!first) {
                return;
            }
            next = queue.getFirst();
        }
        submit(next);
    }

    private void again(ObjectRef pod) {
        Report first;
        synchronized (this) {
            @Nullable Deque<Report> queue = waiting.get(pod);
            if (queue == null) {
                return;
            }
            first = queue.getFirst();
        }
        submit(first);
    }

    private static void append(Deque<Report> queue, Report report) {
        if (queue.size() > 1 && queue.getLast().write instanceof Write.ReportPod && report.write instanceof Write.ReportPod) {
            queue.removeLast();
        }
        queue.add(report);
    }
}
