package dev.jobctl.node.life;

import dev.jobctl.node.runtime.ContainerEnd;
import java.time.Instant;

/// Something that happened to a pod.
public sealed interface LifeEvent {
    /// Look again: the pod is new or resumed, or the time of an earlier wake-up has come.
    record Woken() implements LifeEvent {}

    /// The pod is to be deleted; `killAt` ends its grace. A later deletion may only shorten it.
    record Deleted(Instant killAt) implements LifeEvent {}

    /// The node goes away; `killAt` as above.
    record Shutdown(Instant killAt) implements LifeEvent {}

    record Started(String container, String id, Instant startedAt) implements LifeEvent {}

    /// The attempt could not start and counts as one that failed.
    record StartFailed(String container, ContainerEnd end) implements LifeEvent {}

    /// The attempt could not start yet.
    record StartDelayed(String container, String reason, String message) implements LifeEvent {}

    /// The attempt ended and nothing of it runs. Of an attempt that is not the present one: ignored.
    record Exited(String container, int attempt, ContainerEnd end) implements LifeEvent {}
}
