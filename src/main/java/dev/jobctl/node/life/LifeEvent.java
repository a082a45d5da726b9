package dev.jobctl.node.life;

import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a pod.
public sealed interface LifeEvent {
    /// Look again: the pod is new or resumed, or the time of an earlier wake-up has come.
    record Woken() implements LifeEvent {}

    /// The pod is to be deleted. The earlier of the two ends its grace; told again, it may only shorten that.
    ///
    /// @param byGrace counted from when the node hears of it
    /// @param byRequest counted from the request, by the clock as it was then
    record Deleted(Instant byGrace, Instant byRequest) implements LifeEvent {
        public static Deleted at(Instant killAt) {
            return new Deleted(killAt, killAt);
        }

        /// Of a pod with a deletionTimestamp, which is the request's time plus the grace, cut to whole seconds: a pod
        /// seen late gets the rest.
        public static Deleted of(Pod pod, Instant now) {
            @Nullable Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
            Instant byGrace = now.plusSeconds(seconds == null ? 0 : seconds);
            Instant byRequest = Timestamps.parse(pod.getMetadata().getDeletionTimestamp())
                    .orElse(now)
                    .plusSeconds(1);
            return new Deleted(byGrace, byRequest);
        }
    }

    /// The node goes away; `killAt` ends the pod's grace.
    record Shutdown(Instant killAt) implements LifeEvent {}

    record Started(String container, String id, Instant startedAt) implements LifeEvent {}

    /// The attempt could not start and counts as one that failed.
    record StartFailed(String container, ContainerEnd end) implements LifeEvent {}

    /// The attempt could not start yet.
    record StartDelayed(String container, String reason, String message) implements LifeEvent {}

    /// The container's image is not here.
    ///
    /// @param reason its waiting reason, such as `ErrImagePull`
    record ImageMissing(String container, String reason, String message) implements LifeEvent {}

    /// The pod's volumes cannot be mounted yet; the container waits for them.
    record MountDelayed(String container, String message) implements LifeEvent {}

    /// What a probe of a running attempt found. Of an attempt that is not the present one: ignored.
    ///
    /// @param verdict as many answers in a row as its threshold wants; else only a failure to be told
    /// @param grace between SIGTERM and SIGKILL if this ends the container, null for the pod's
    record Probed(
            String container,
            int attempt,
            ProbeKind kind,
            boolean well,
            boolean verdict,
            String message,
            @Nullable Duration grace)
            implements LifeEvent {}

    /// A probe of a running attempt could not be asked, which says nothing about the container. Of an attempt that is
    /// not the present one: ignored.
    record ProbeErrored(String container, int attempt, ProbeKind kind, String message) implements LifeEvent {}

    /// A probe of a running attempt succeeded, but not as it was meant. Of an attempt that is not the present one:
    /// ignored.
    record ProbeWarned(String container, int attempt, ProbeKind kind, String message) implements LifeEvent {}

    /// A hook of a running attempt failed.
    record HookFailed(String container, int attempt, Hook hook) implements LifeEvent {}

    /// The postStart hook of a running attempt has succeeded.
    record PostStarted(String container, int attempt) implements LifeEvent {}

    /// The preStop hook of a running attempt is over, well or not.
    record PreStopped(String container, int attempt) implements LifeEvent {}

    /// The two lifecycle hooks.
    enum Hook {
        POST_START,
        PRE_STOP
    }

    /// The pod uses more of this machine than it may: it ends at once.
    record Evicted(String message) implements LifeEvent {}

    /// The attempt ended and nothing of it runs. Of an attempt that is not the present one: ignored.
    record Exited(String container, int attempt, ContainerEnd end) implements LifeEvent {}
}
