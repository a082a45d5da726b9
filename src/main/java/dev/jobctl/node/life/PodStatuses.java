package dev.jobctl.node.life;

import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A pod's life as its `status`.
public final class PodStatuses {
    static final String DEADLINE_MESSAGE = "Pod was active on the node longer than the specified deadline";
    static final String REBOOTED_MESSAGE = "The node was rebooted while the pod was running.";
    static final String SHUTDOWN_MESSAGE = "Pod was terminated in response to imminent node shutdown.";

    private PodStatuses() {}

    /// The five phases, without the unused Unknown.
    enum Phase {
        Pending,
        Running,
        Succeeded,
        Failed
    }

    /// What a status says that is not of the pod's life.
    ///
    /// @param generation of the pod that the node has heard of, null where pods have none
    public record Frame(
            String podAddress, String hostAddress, @Nullable Long generation) {
        public static Frame of(Pod pod, String podAddress, String hostAddress) {
            return new Frame(podAddress, hostAddress, pod.getMetadata().getGeneration());
        }
    }

    /// `before` is the status last known: conditions that are not the kubelet's, qosClass and transition times come
    /// from it. The result is new, but its parts may be those of other statuses: they must not be changed.
    public static PodStatus of(PodLife life, PodStatus before, Frame frame, Instant now) {
        return of(life, before, frame, new AlikeParts(), now);
    }

    /// The same, for one of many pods.
    public static PodStatus of(PodLife life, PodStatus before, Frame frame, AlikeParts parts, Instant now) {
        Phase phase = phase(life);
        PodStatus status = new PodStatus();
        status.setPhase(phase.name());
        explain(status, before, life, phase);
        status.setStartTime(parts.stamp(life.startTime()));
        status.setHostIP(frame.hostAddress());
        status.setHostIPs(parts.hosts(frame.hostAddress()));
        status.setPodIP(frame.podAddress());
        status.setPodIPs(List.of(new PodIP(frame.podAddress())));
        status.setObservedGeneration(frame.generation());
        status.setQosClass(before.getQosClass());
        status.setNominatedNodeName(before.getNominatedNodeName());
        status.setInitContainerStatuses(ContainerStatuses.of(life, false, parts));
        status.setContainerStatuses(ContainerStatuses.of(life, true, parts));
        List<PodConditions.Fact> facts = PodConditions.facts(life, phase, before.getConditions());
        status.setConditions(parts.conditions(facts, before.getConditions(), frame.generation(), now));
        return status;
    }

    private static void explain(PodStatus status, PodStatus before, PodLife life, Phase phase) {
        status.setReason(before.getReason());
        status.setMessage(before.getMessage());
        if (phase == Phase.Failed && life.stoppedBy(PodLife.Cause.DEADLINE)) {
            status.setReason("DeadlineExceeded");
            status.setMessage(DEADLINE_MESSAGE);
        } else if (phase == Phase.Failed && life.stoppedBy(PodLife.Cause.EVICTED)) {
            status.setReason("Evicted");
            status.setMessage(life.evictedFor());
        } else if (phase == Phase.Failed && life.stoppedBy(PodLife.Cause.REBOOTED)) {
            status.setReason("NodeRebooted");
            status.setMessage(REBOOTED_MESSAGE);
        } else if (phase == Phase.Failed && life.stoppedBy(PodLife.Cause.SHUTDOWN)) {
            status.setReason("Terminated");
            status.setMessage(SHUTDOWN_MESSAGE);
        }
    }

    /// `ours` with the conditions of `stored` that are not this node's to write, or not there yet: they come from other
    /// writers.
    public static PodStatus withForeignConditions(PodStatus ours, @Nullable PodStatus stored) {
        if (stored == null || stored.getConditions().isEmpty()) {
            return ours;
        }
        PodStatus both = new PodStatusBuilder(ours).build();
        both.getConditions().removeIf(c -> {
            String type = PodConditions.type(c);
            return !PodConditions.own(type) && PodConditions.has(stored.getConditions(), type);
        });
        stored.getConditions().stream()
                .filter(c -> !PodConditions.has(both.getConditions(), PodConditions.type(c)))
                .forEach(c -> both.getConditions().add(c));
        return both;
    }

    static Phase phase(PodLife life) {
        if (life.ended()) {
            boolean well = !life.stoppedBy(PodLife.Cause.DEADLINE)
                    && !life.stoppedBy(PodLife.Cause.EVICTED)
                    && !life.stoppedBy(PodLife.Cause.REBOOTED)
                    && life.initialized()
                    && allApps(life, ContainerLife::completed);
            return well ? Phase.Succeeded : Phase.Failed;
        }
        boolean running = life.initialized() && allApps(life, ContainerLife::begun);
        return running ? Phase.Running : Phase.Pending;
    }

    /// Asked for every status of every pod: no stream.
    private static boolean allApps(PodLife life, Predicate<ContainerLife> wanted) {
        for (ContainerLife container : life.containers()) {
            if (container.member().role() == ContainerRole.APP && !wanted.test(container)) {
                return false;
            }
        }
        return true;
    }

    /// Kubernetes writes times in whole seconds.
    static String timestamp(Instant at) {
        return Timestamps.print(at);
    }
}
