package dev.jobctl.node.life;

import dev.jobctl.std.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The whole state of a pod on this node. A value: every step makes a new one.
///
/// @param startTime when the node first saw the pod
/// @param stop set once the pod is to end, never unset
/// @param setSinceDeletion by how much the clock was set since the node heard that the pod is to be deleted, null
/// before that
/// @param evictedFor why it was evicted, empty when it was not
/// @param ended nothing runs and nothing will: the phase is final
public record PodLife(
        PodPlan plan,
        Instant startTime,
        List<ContainerLife> containers,
        @Nullable Stop stop,
        @Nullable Duration setSinceDeletion,
        boolean ended,
        String evictedFor) {
    public PodLife {
        containers = List.copyOf(containers);
        Check.that(containers.size() == plan.containers().size(), "containers=%s", containers);
    }

    /// Why and how fast the pod ends.
    ///
    /// @param killAt when SIGTERM becomes SIGKILL
    public record Stop(Cause cause, Instant killAt) {}

    /// What ended the pod.
    public enum Cause {
        /// Its containers did their work, or failed for good.
        FINISHED,
        /// Its activeDeadlineSeconds passed.
        DEADLINE,
        /// Its object was deleted.
        DELETED,
        /// It used more of this machine than it may.
        EVICTED,
        /// The machine went down while it ran.
        REBOOTED,
        /// The node goes away and takes its pods along.
        SHUTDOWN
    }

    /// A pod that this node has never seen.
    public static PodLife begin(PodPlan plan, Instant now) {
        return new PodLife(
                plan, now, plan.containers().stream().map(ContainerLife::fresh).toList(), null, null, false, "");
    }

    /// A pod that an earlier life of this node began, its containers as they were found.
    public static PodLife resume(PodPlan plan, Instant startTime, List<ContainerLife> containers) {
        return new PodLife(plan, startTime, containers, null, null, false, "");
    }

    /// A pod that was running when the machine went down: it fails, whatever its restart policy, since its disk and
    /// address may be gone, too; its owner makes another.
    public PodLife rebooted(Instant now) {
        return stopping(Cause.REBOOTED, now);
    }

    PodLife with(ContainerLife changed) {
        List<ContainerLife> all = new ArrayList<>(containers.size());
        for (ContainerLife old : containers) {
            all.add(old.member().equals(changed.member()) ? changed : old);
        }
        return new PodLife(plan, startTime, all, stop, setSinceDeletion, ended, evictedFor);
    }

    PodLife stopping(Cause cause, Instant killAt) {
        return new PodLife(plan, startTime, containers, new Stop(cause, killAt), setSinceDeletion, ended, evictedFor);
    }

    /// The node has heard that the pod is to be deleted.
    PodLife deleted() {
        Duration set = Objects.requireNonNullElse(setSinceDeletion, Duration.ZERO);
        return new PodLife(plan, startTime, containers, stop, set, ended, evictedFor);
    }

    PodLife evicted(String why) {
        return new PodLife(plan, startTime, containers, stop, setSinceDeletion, ended, why);
    }

    /// Somebody has set the clock by that much: what this node waits for comes as soon as before. The pod's deadline
    /// counts from a time that the API knows, and moves.
    public PodLife clockSet(Duration by) {
        @Nullable
        Stop moved = stop == null ? null : new Stop(stop.cause(), stop.killAt().plus(by));
        List<ContainerLife> all =
                containers.stream().map(container -> container.clockSet(by)).toList();
        @Nullable Duration set = setSinceDeletion == null ? null : setSinceDeletion.plus(by);
        return new PodLife(plan, startTime, all, moved, set, ended, evictedFor);
    }

    boolean stoppedBy(Cause cause) {
        return stop != null && stop.cause() == cause;
    }

    PodLife over() {
        return new PodLife(plan, startTime, containers, stop, setSinceDeletion, true, evictedFor);
    }

    public Optional<ContainerLife> container(String name) {
        for (ContainerLife container : containers) { // asked at every step of every pod: no stream, here and below
            if (container.member().name().equals(name)) {
                return Optional.of(container);
            }
        }
        return Optional.empty();
    }

    /// When the pod's grace ends by what was heard of its deletion.
    Instant killAt(LifeEvent.Deleted heard) {
        Instant byRequest =
                setSinceDeletion == null ? heard.byRequest() : heard.byRequest().plus(setSinceDeletion);
        return heard.byGrace().isBefore(byRequest) ? heard.byGrace() : byRequest;
    }

    /// When the container's grace ends; empty when it is not being stopped.
    public Optional<Instant> killAt(String name) {
        Optional<Instant> own =
                container(name).map(container -> container.health().killAt());
        return stop == null ? own : Optional.of(stop.killAt());
    }

    /// The apps may start. Once one of them has, this stays, whatever becomes of the sidecars.
    boolean initialized() {
        boolean allPassed = true;
        for (ContainerLife container : containers) {
            if (container.member().role() == ContainerRole.APP && container.begun()) {
                return true;
            }
            allPassed &= passed(container.member());
        }
        return allPassed;
    }

    /// What comes after this container need not wait for it: an init container has succeeded; a sidecar has started,
    /// or starts again beside an init container whose turn has come.
    boolean passed(PodPlan.Member member) {
        boolean reached = false;
        boolean passed = true;
        for (ContainerLife container : containers) {
            if (container.member().equals(member)) {
                reached = true;
                passed = switch (member.role()) {
                    case INIT -> container.completed();
                    case SIDECAR -> container.started();
                    case APP -> true;
                };
            } else if (reached && member.role() == ContainerRole.SIDECAR) {
                passed |= container.begun();
            }
        }
        return passed;
    }

    /// Of an init container or sidecar: it is the first, or it or a later one has begun.
    boolean reached(PodPlan.Member member) {
        boolean reached = false;
        for (ContainerLife container : containers) {
            reached |= container.member().equals(member);
            if (reached && container.begun()) {
                return true;
            }
        }
        return containers.getFirst().member().equals(member);
    }

    /// When the pod has run for as long as it may, null for never.
    public @Nullable Instant deadline() {
        Duration after = plan.activeDeadline();
        return after == null ? null : startTime.plus(after);
    }
}
