package dev.jobctl.node;

import dev.jobctl.node.runtime.StartGate;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Pods whose objects are being stored, which are made ready meanwhile. Safe from any thread.
final class ExpectedPods {
    /// Of many at once each waits for the others anyhow.
    private static final int MOST = 4;

    private final NodeParts parts;
    private final Predicate<PodRunner> finished;
    private final Map<String, PodRunner> runners = new ConcurrentHashMap<>();

    /// `finished` as a [PodRunner] has it.
    ExpectedPods(NodeParts parts, Predicate<PodRunner> finished) {
        this.parts = parts;
        this.finished = finished;
    }

    /// Begins with a pod that is followed by [#take] or [#drop], if its runtime has anything to make ready and all of
    /// that is the pod's own.
    void expect(Pod pod) {
        if (runners.size() < MOST && !shares(pod) && parts.runtimes().startsAhead(pod)) {
            PodRunner runner = new PodRunner(parts, pod, new StartGate(), finished);
            runners.put(pod.getMetadata().getUid(), runner);
            runner.start();
        }
    }

    /// All of them are stored, and may go on. Then they are taken.
    void stored() {
        runners.values().forEach(PodRunner::stored);
    }

    /// The runner of a pod that is stored.
    Optional<PodRunner> take(String uid) {
        Optional<PodRunner> runner = Optional.ofNullable(runners.remove(uid));
        runner.ifPresent(PodRunner::stored);
        return runner;
    }

    /// None of those that are expected will come. Returns them: they end soon.
    List<PodRunner> drop() {
        List<PodRunner> dropped = new ArrayList<>();
        runners.values().removeIf(runner -> {
            runner.drop();
            return dropped.add(runner);
        });
        return dropped;
    }

    /// Making volumes ready may make directories that others see and that outlive the pod.
    private static boolean shares(Pod pod) {
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getHostPath() != null || volume.getPersistentVolumeClaim() != null) {
                return true;
            }
        }
        return false;
    }
}
