package dev.jobctl.plane;

import dev.jobctl.loop.Overloaded;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Log;
import dev.jobctl.store.StoreError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The node's reports on their way to the loop. One that could not be stored, such as on a full disk, is sent again
/// until it is: the node says a pod's end once, and a Job would wait for it for ever. Safe from any thread.
///
/// Per pod at most one report of each kind waits, the newest; while one waits, what follows about that pod waits
/// behind it. A report about a pod that has gone meanwhile is answered by `Missing` and so forgotten; one that the
/// loop refuses for another reason, such as that it closes, is lost.
final class Reports {
    private final Function<Write, CompletableFuture<Outcome>> submit;
    private final Executor later;
    private final Log log;

    /// Held while handing over too, which never waits: so reports about one pod stay in order.
    private final ReentrantLock lock = new ReentrantLock();
    /// Uid of the pod -> kind of write -> its newest report that was not stored.
    private final Map<String, Map<Class<?>, Report>> waiting = new HashMap<>();
    /// Uid of the pod -> kind of write -> the newest of its reports that were handed over and not answered.
    private final Map<String, Map<Class<?>, Long>> handed = new HashMap<>();
    private long sent;

    private record Report(long order, ObjectRef pod, Write write) {
        String name() {
            return write.getClass().getSimpleName();
        }

        String podName() {
            return pod.key().name();
        }
    }

    /// `later` runs what it is given after a pause.
    Reports(Function<Write, CompletableFuture<Outcome>> submit, Executor later, Log log) {
        this.submit = submit;
        this.later = later;
        this.log = log;
    }

    void send(ObjectRef pod, Write write) {
        lock.lock();
        try {
            Report report = new Report(sent++, pod, write);
            if (waiting.containsKey(pod.uid())) {
                keep(report);
            } else {
                hand(report);
            }
        } finally {
            lock.unlock();
        }
    }

    private void hand(Report report) {
        handed.computeIfAbsent(report.pod().uid(), uid -> new HashMap<>())
                .put(report.write().getClass(), report.order());
        submit.apply(report.write()).whenComplete((Outcome outcome, @Nullable Throwable failure) -> {
            boolean newest = newest(report);
            if (failure instanceof StoreError || failure instanceof Overloaded) {
                if (newest) { // or it would be stored over the one that followed it
                    failed(report, failure);
                }
            } else if (failure != null) {
                log.warning("report lost", "report", report.name(), "pod", report.podName(), "cause", failure);
            }
        });
    }

    /// Whether no newer one was handed over; what is answered need not be known any more.
    private boolean newest(Report report) {
        lock.lock();
        try {
            @Nullable Map<Class<?>, Long> ofPod = handed.get(report.pod().uid());
            boolean newest = ofPod != null && ofPod.remove(report.write().getClass(), report.order());
            if (ofPod != null && ofPod.isEmpty()) {
                handed.remove(report.pod().uid());
            }
            return newest;
        } finally {
            lock.unlock();
        }
    }

    private void failed(Report report, Throwable failure) {
        lock.lock();
        try {
            String cause = String.valueOf(failure.getMessage());
            log.debug("report comes again", "report", report.name(), "pod", report.podName(), "cause", cause);
            boolean first = waiting.isEmpty();
            keep(report);
            if (first) {
                later.execute(this::again);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Report report) {
        waiting.computeIfAbsent(report.pod().uid(), uid -> new HashMap<>())
                .merge(report.write().getClass(), report, (a, b) -> a.order() > b.order() ? a : b);
    }

    private void again() {
        lock.lock();
        try {
            List<Report> all = new ArrayList<>();
            waiting.values().forEach(ofPod -> all.addAll(ofPod.values()));
            all.sort(Comparator.comparingLong(Report::order));
            waiting.clear();
            all.forEach(this::hand);
        } finally {
            lock.unlock();
        }
    }
}
