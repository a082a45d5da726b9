package dev.jobctl.loop;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All nodes in one file: a bound pod runs at once, ends when its plan says so or when it is told to, and a deleted one
/// obeys SIGTERM at once. What it knows survives a crash of the control plane, as real processes do.
final class SimulatedNode {
    /// How long a pod runs and with which code it ends.
    record Plan(Duration runs, int exitCode) {}

    private final Map<String, Instant> started = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private final TreeMap<Instant, List<String>> ends = new TreeMap<>();
    private final Map<String, Integer> planned = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private Function<Pod, @Nullable Plan> plans = pod -> null;

    /// Null: it runs until told.
    void plan(Function<Pod, @Nullable Plan> plan) {
        plans = plan;
    }

    void end(String podUid, int exitCode) {
        ended.put(podUid, exitCode);
    }

    /// Nothing is heard of that node's pods any more; they go on, unless somebody calls [#reboot].
    void silence(String node) {
        silent.add(node);
    }

    void unsilence(String node) {
        silent.remove(node);
    }

    /// All containers of that node are gone, without anybody having seen their end.
    void reboot(String node) {
        places.forEach((uid, place) -> {
            if (place.equals(node)) {
                ended.putIfAbsent(uid, 137);
            }
        });
    }

    Optional<Instant> nextEnd() {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.firstKey());
    }

    int everStarted() {
        return started.size();
    }

    /// What it has to report on the pods as they are published.
    List<Write> look(Snapshot<ObjectVersion> snapshot, Instant now) {
        while (!ends.isEmpty() && !ends.firstKey().isAfter(now)) {
            for (String uid : ends.pollFirstEntry().getValue()) {
                ended.putIfAbsent(uid, planned.getOrDefault(uid, 0));
            }
        }
        List<Write> writes = new ArrayList<>();
        for (Entry<ObjectVersion> entry : snapshot.prefixed(Kinds.POD.keyPrefix())) {
            look(entry.value(), now, writes);
        }
        return writes;
    }

    private void look(ObjectVersion version, Instant now, List<Write> writes) {
        Pod pod = (Pod) version.object();
        String uid = pod.getMetadata().getUid();
        ObjectRef ref = version.ref();
        @Nullable String node = pod.getSpec().getNodeName();
        if (node == null || silent.contains(node)) {
            return;
        }
        boolean deleting = pod.getMetadata().getDeletionTimestamp() != null;
        if (Pods.terminal(pod)) {
            if (deleting && pod.getMetadata().getDeletionGracePeriodSeconds() > 0) {
                writes.add(new Write.Delete(ref.key(), Deletion.now(uid)));
            }
            return;
        }
        if (deleting) {
            ended.putIfAbsent(uid, 143);
        }
        if (!started.containsKey(uid) && !deleting) {
            start(pod, now);
        }
        if (ended.containsKey(uid)) {
            writes.add(new Write.ReportPod(ref, end(pod, now)));
        } else if (!"Running".equals(pod.getStatus().getPhase()) || !ready(pod)) {
            writes.add(new Write.ReportPod(ref, running(pod, now)));
        }
    }

    /// For a bound pod without any plan: first it runs, then it has ended well; null once it has.
    @Nullable
    PodStatus next(Pod pod, Instant now) {
        if (Pods.terminal(pod)) {
            return null;
        }
        if ("Running".equals(pod.getStatus().getPhase())) {
            return end(pod, now);
        }
        started.put(pod.getMetadata().getUid(), now);
        return running(pod, now);
    }

    private void start(Pod pod, Instant now) {
        String uid = pod.getMetadata().getUid();
        started.put(uid, now);
        places.put(uid, pod.getSpec().getNodeName());
        @Nullable Plan plan = plans.apply(pod);
        if (plan != null) {
            planned.put(uid, plan.exitCode());
            ends.computeIfAbsent(now.plus(plan.runs()), at -> new ArrayList<>()).add(uid);
        }
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
    }

    private PodStatus running(Pod pod, Instant now) {
        ContainerStatus container = container(pod)
                .withReady(true)
                .withNewState()
                .withNewRunning(startTime(pod))
                .endState()
                .build();
        return status(pod, "Running", "True", container, now);
    }

    private PodStatus end(Pod pod, Instant now) {
        int code = ended.getOrDefault(pod.getMetadata().getUid(), 0);
        ContainerStatus container = container(pod)
                .withReady(false)
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(code == 0 ? "Completed" : "Error")
                .withStartedAt(startTime(pod))
                .withFinishedAt(Timestamps.print(now))
                .endTerminated()
                .endState()
                .build();
        return status(pod, code == 0 ? "Succeeded" : "Failed", "False", container, now);
    }

    private String startTime(Pod pod) {
        return Timestamps.print(started.getOrDefault(pod.getMetadata().getUid(), Instant.EPOCH));
    }

    private static ContainerStatusBuilder container(Pod pod) {
        return new ContainerStatusBuilder()
                .withName(pod.getSpec().getContainers().getFirst().getName())
                .withRestartCount(0);
    }

    private PodStatus status(Pod pod, String phase, String ready, ContainerStatus container, Instant now) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        status.setStartTime(startTime(pod));
        status.setConditions(List.of(new PodConditionBuilder()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(Timestamps.print(now))
                .build()));
        status.setContainerStatuses(List.of(container));
        return status;
    }
}
