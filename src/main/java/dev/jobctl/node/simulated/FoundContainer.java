package dev.jobctl.node.simulated;

import dev.jobctl.node.life.ContainerLife;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.runtime.ContainerEnd;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A container's life, read from the status that was made of it.
final class FoundContainer {
    private FoundContainer() {}

    /// Times are whole seconds here, so that what is found is at most a second older than it was.
    static ContainerLife of(PodPlan.Member member, PodStatus status) {
        return ContainerId.status(status, member.name())
                .map(each -> of(member, each))
                .orElseGet(() -> ContainerLife.fresh(member));
    }

    private static ContainerLife of(PodPlan.Member member, ContainerStatus status) {
        @Nullable ContainerState state = status.getState();
        ContainerLife.@Nullable Ended last = end(status.getLastState());
        ContainerLife.@Nullable Ended end = end(state);
        int attempt = Objects.requireNonNullElse(status.getRestartCount(), 0);
        String id = Objects.requireNonNullElse(status.getContainerID(), "");
        if (state != null && state.getRunning() != null) {
            return ContainerLife.resumed(member, attempt, last)
                    .runs(id, Instant.parse(state.getRunning().getStartedAt()));
        }
        if (end != null) {
            return ContainerLife.resumed(member, attempt, last).ended(id, end.end());
        }
        // Waiting for its next start, after the end of the attempt that the status names.
        return last != null && !id.isEmpty()
                ? ContainerLife.resumed(member, attempt, null).ended(id, last.end())
                : ContainerLife.resumed(member, attempt, last);
    }

    private static ContainerLife.@Nullable Ended end(@Nullable ContainerState state) {
        @Nullable ContainerStateTerminated end = state == null ? null : state.getTerminated();
        return end == null
                ? null
                : new ContainerLife.Ended(
                        Objects.requireNonNullElse(end.getContainerID(), ""),
                        new ContainerEnd(
                                Objects.requireNonNullElse(end.getExitCode(), 0),
                                Objects.requireNonNullElse(end.getReason(), ""),
                                Objects.requireNonNullElse(end.getMessage(), ""),
                                Instant.parse(end.getStartedAt()),
                                Instant.parse(end.getFinishedAt())));
    }
}
