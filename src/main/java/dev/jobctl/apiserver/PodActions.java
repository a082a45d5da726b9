package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The subresources of pods that are deeds: `binding` gives a pod a node, `eviction` asks it to go.
final class PodActions {
    private final Writing writing;
    private final Deleting deleting;
    private final Bodies bodies;
    private final Time time;

    PodActions(Writing writing, Deleting deleting, Bodies bodies, Time time) {
        this.writing = writing;
        this.deleting = deleting;
        this.bodies = bodies;
        this.time = time;
    }

    ApiResponse bind(Call call, Target target) {
        Binding binding = bodies.other(call, Binding.class);
        @Nullable
        String node = binding.getTarget() == null ? null : binding.getTarget().getName();
        if (node == null || node.isEmpty()) {
            throw ApiError.badRequest("target.name: Required value");
        }
        writing.update(
                call, target, "CreateOptions", current -> Writing.Next.unaccounted(bound(target, current, node)));
        return Replies.json(call, 201, Json.write(Deleting.successStatus()));
    }

    ApiResponse evict(Call call, Target target) {
        Eviction eviction = bodies.other(call, Eviction.class);
        boolean dryRun = call.dryRun("CreateOptions");
        @Nullable
        String named =
                eviction.getMetadata() == null ? null : eviction.getMetadata().getName();
        if (named != null && !named.equals(target.name())) {
            throw ApiError.badRequest("name in URL does not match name in Eviction object");
        }
        return deleting.evict(call, pod(target), eviction.getDeleteOptions(), dryRun);
    }

    private Pod bound(Target target, ObjectVersion current, String node) {
        Pod pod = Json.copy((Pod) current.object());
        String known = pod.getSpec().getNodeName();
        if (!Writing.blank(known)) {
            throw ApiError.conflict(
                    target.kind(),
                    target.name(),
                    "pod " + target.name() + " is already assigned to node \"" + known + "\"");
        }
        pod.getSpec().setNodeName(node);
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        List<PodCondition> conditions = new ArrayList<>();
        if (status.getConditions() != null) {
            status.getConditions().stream()
                    .filter(condition -> !"PodScheduled".equals(condition.getType()))
                    .forEach(conditions::add);
        }
        PodCondition scheduled = new PodCondition();
        scheduled.setType("PodScheduled");
        scheduled.setStatus("True");
        scheduled.setLastTransitionTime(Timestamps.print(time.now()));
        conditions.add(scheduled);
        status.setConditions(conditions);
        pod.setStatus(status);
        return pod;
    }

    private static Target pod(Target target) {
        return new Target(Kinds.POD, target.namespace(), target.name(), "");
    }
}
