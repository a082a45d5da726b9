package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A condition of a Job, Pod, Node or Namespace. `status` is `True`, `False` or `Unknown`; empty reason and message
/// mean absent.
///
/// @param lastTransition to the second, as it is stored; null for absent
public record ConditionView(
        String type,
        String status,
        String reason,
        String message,
        @Nullable Instant lastTransition) {
    public ConditionView {
        lastTransition = Times.stored(lastTransition);
    }

    public boolean isTrue() {
        return status.equals("True");
    }

    static ConditionView of(JobCondition condition) {
        return new ConditionView(
                Holes.text(condition.getType()),
                Holes.text(condition.getStatus()),
                Holes.text(condition.getReason()),
                Holes.text(condition.getMessage()),
                Times.read(condition.getLastTransitionTime()));
    }

    /// Of a stored namespace.
    public static ConditionView of(NamespaceCondition condition) {
        return new ConditionView(
                Holes.text(condition.getType()),
                Holes.text(condition.getStatus()),
                Holes.text(condition.getReason()),
                Holes.text(condition.getMessage()),
                Times.read(condition.getLastTransitionTime()));
    }

    /// Those that are there. Most of a pod's conditions changed at one time, which is read once.
    static List<ConditionView> ofPod(@Nullable List<PodCondition> conditions) {
        if (conditions == null || conditions.isEmpty()) {
            return List.of();
        }
        List<ConditionView> views = new ArrayList<>(conditions.size());
        String text = "";
        @Nullable Instant time = null;
        for (PodCondition condition : conditions) {
            if (condition != null) {
                String written = Holes.text(condition.getLastTransitionTime());
                time = written.equals(text) ? time : Times.read(written);
                text = written;
                views.add(of(condition, time));
            }
        }
        return List.copyOf(views);
    }

    private static ConditionView of(PodCondition condition, @Nullable Instant time) {
        return new ConditionView(
                Holes.text(condition.getType()),
                Holes.text(condition.getStatus()),
                Holes.text(condition.getReason()),
                Holes.text(condition.getMessage()),
                time);
    }

    /// As the Job controller writes it: both times are that of the entry's creation.
    JobCondition toJobCondition() {
        JobCondition condition = new JobCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason.isEmpty() ? null : reason);
        condition.setMessage(message.isEmpty() ? null : message);
        if (lastTransition != null) {
            condition.setLastProbeTime(Times.write(lastTransition));
            condition.setLastTransitionTime(Times.write(lastTransition));
        }
        return condition;
    }

    /// As the node controller writes it, `heartbeat` being the node's last.
    public NodeCondition toNodeCondition(@Nullable Instant heartbeat) {
        NodeCondition condition = new NodeCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason.isEmpty() ? null : reason);
        condition.setMessage(message.isEmpty() ? null : message);
        condition.setLastHeartbeatTime(Times.write(heartbeat));
        condition.setLastTransitionTime(Times.write(lastTransition));
        return condition;
    }

    /// As the namespace controller writes it.
    public NamespaceCondition toNamespaceCondition() {
        return new NamespaceCondition(
                Times.write(lastTransition),
                message.isEmpty() ? null : message,
                reason.isEmpty() ? null : reason,
                status,
                type);
    }

    /// As a controller adds it to a pod.
    public PodCondition toPodCondition() {
        PodCondition condition = new PodCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason.isEmpty() ? null : reason);
        condition.setMessage(message.isEmpty() ? null : message);
        condition.setLastTransitionTime(Times.write(lastTransition));
        return condition;
    }
}
