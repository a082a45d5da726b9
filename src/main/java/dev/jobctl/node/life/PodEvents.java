package dev.jobctl.node.life;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts of the kubelet's events about one pod.
public record PodEvents(ObjectRef pod, String nodeName) {
    private static final String KUBELET = "kubelet";

    /// What the runtime says about the image.
    public EventDraft image(PodPlan.Member member, String reason, String message) {
        return draft(EventDraft.Type.Normal, reason, message, member);
    }

    public EventDraft created(PodPlan.Member member) {
        return draft(EventDraft.Type.Normal, "Created", "Created container: " + member.name(), member);
    }

    EventDraft started(PodPlan.Member member) {
        return draft(EventDraft.Type.Normal, "Started", "Started container " + member.name(), member);
    }

    EventDraft killing(PodPlan.Member member) {
        return draft(EventDraft.Type.Normal, "Killing", "Stopping container " + member.name(), member);
    }

    /// For a probe's sake, not the pod's.
    EventDraft killing(PodPlan.Member member, ProbeKind failed, boolean restarts) {
        boolean app = member.role() == ContainerRole.APP;
        String text = "%s %s failed %s probe%s"
                .formatted(
                        app ? "Container" : "Init container",
                        member.name(),
                        failed.word(),
                        app && restarts ? ", will be restarted" : "");
        return draft(EventDraft.Type.Normal, "Killing", text, member);
    }

    EventDraft unhealthy(PodPlan.Member member, ProbeKind kind, String message) {
        return draft(EventDraft.Type.Warning, "Unhealthy", kind.title() + " probe failed: " + message, member);
    }

    EventDraft probeErrored(PodPlan.Member member, ProbeKind kind, String message) {
        String text = kind.title() + " probe errored and resulted in unknown state: " + message;
        return draft(EventDraft.Type.Warning, "Unhealthy", text, member);
    }

    EventDraft probeWarned(PodPlan.Member member, ProbeKind kind, String message) {
        return draft(EventDraft.Type.Warning, "ProbeWarning", kind.title() + " probe warning: " + message, member);
    }

    EventDraft hookFailed(PodPlan.Member member, LifeEvent.Hook hook) {
        return switch (hook) {
            case POST_START -> draft(EventDraft.Type.Warning, "FailedPostStartHook", "PostStartHook failed", member);
            case PRE_STOP -> draft(EventDraft.Type.Warning, "FailedPreStopHook", "PreStopHook failed", member);
        };
    }

    EventDraft evicted(String message) {
        return draft(EventDraft.Type.Warning, "Evicted", message, null);
    }

    EventDraft failed(PodPlan.Member member, String message) {
        return draft(EventDraft.Type.Warning, "Failed", "Error: " + message, member);
    }

    /// As the kubelet words it for each reason: what is wrong, then what became of the container.
    List<EventDraft> imageMissing(PodPlan.Member member, String reason, String message) {
        EventDraft first = switch (reason) {
            case "ErrImagePull" -> {
                String text = "Failed to pull image \"%s\": %s".formatted(member.image(), message);
                yield draft(EventDraft.Type.Warning, "Failed", text, member);
            }
            case "InvalidImageName" -> draft(EventDraft.Type.Warning, "InspectFailed", message, member);
            case "ErrImageNeverPull" -> draft(EventDraft.Type.Warning, reason, message, member);
            default -> failed(member, message);
        };
        return reason.startsWith("Create") ? List.of(first) : List.of(first, failed(member, reason));
    }

    List<EventDraft> pullWaits(PodPlan.Member member, String reason) {
        String text = "Back-off pulling image \"%s\"".formatted(member.image());
        return List.of(draft(EventDraft.Type.Normal, "BackOff", text, member), failed(member, reason));
    }

    EventDraft backOff(PodPlan.Member member) {
        String text = "Back-off restarting failed container %s in pod %s".formatted(member.name(), podName(pod));
        return draft(EventDraft.Type.Warning, "BackOff", text, member);
    }

    public EventDraft failedMount(String message) {
        return draft(EventDraft.Type.Warning, "FailedMount", message, null);
    }

    /// What the pod has to do without.
    public EventDraft warning(String reason, String message) {
        return draft(EventDraft.Type.Warning, reason, message, null);
    }

    EventDraft deadlineExceeded() {
        return draft(EventDraft.Type.Normal, "DeadlineExceeded", PodStatuses.DEADLINE_MESSAGE, null);
    }

    /// `name_namespace(uid)`, as the kubelet writes it.
    static String podName(ObjectRef pod) {
        return "%s_%s(%s)".formatted(pod.key().name(), pod.key().namespace(), pod.uid());
    }

    private EventDraft draft(EventDraft.Type type, String reason, String message, PodPlan.@Nullable Member member) {
        return new EventDraft(
                pod, type, reason, message, KUBELET, nodeName, member == null ? null : member.fieldPath());
    }
}
