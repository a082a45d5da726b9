package dev.jobctl.node.life;

import dev.jobctl.node.life.ContainerLife.BackingOff;
import dev.jobctl.node.life.ContainerLife.Ended;
import dev.jobctl.node.life.ContainerLife.Running;
import dev.jobctl.node.life.ContainerLife.Starting;
import dev.jobctl.node.life.ContainerLife.Stopping;
import dev.jobctl.node.life.ContainerLife.Waiting;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.std.Backoff;
import dev.jobctl.std.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The kubelet's decisions about one pod: init containers in order, sidecars, apps in parallel, restarts, ending.
/// One object per step, used once.
///
/// Long because a container's start, restart and end depend on one another.
public final class LifeStep {
    /// The first restart is immediate, the second waits for the base.
    static final Backoff RESTART = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    /// For what is missing outside the container, such as a ConfigMap.
    static final Backoff RETRY = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    /// How long a failed pull is shown as that, before it is shown as a wait for the next.
    static final Duration PULL_FAILURE_SHOWN = Duration.ofSeconds(2);

    /// So long a program has from SIGTERM to SIGKILL, also where its preStop hook used up the grace.
    static final Duration SPARED = Duration.ofSeconds(2);

    private static final String PULL_FAILED = "ErrImagePull";
    private static final String PULL_WAITS = "ImagePullBackOff";

    private final Instant now;
    private final PodEvents texts;
    private final List<Effect> effects = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();
    private PodLife life;
    private @Nullable Instant wakeAt;

    private LifeStep(PodLife life, Instant now, PodEvents texts) {
        this.life = life;
        this.now = now;
        this.texts = texts;
    }

    /// `nodeName` becomes the host of the events. After `ended` every event leads to nothing.
    public static Step step(PodLife life, LifeEvent event, Instant now, String nodeName) {
        LifeStep step = new LifeStep(life, now, new PodEvents(life.plan().pod(), nodeName));
        if (!life.ended()) {
            step.take(event);
            step.settle();
        }
        return new Step(step.life, step.effects, step.events, step.wakeAt);
    }

    private void take(LifeEvent event) {
        switch (event) {
            case LifeEvent.Woken() -> {}
            case LifeEvent.Deleted deleted -> {
                life = life.deleted();
                stop(PodLife.Cause.DELETED, life.killAt(deleted));
            }
            case LifeEvent.Shutdown(Instant killAt) -> stop(PodLife.Cause.SHUTDOWN, killAt);
            case LifeEvent.Started(String name, String id, Instant startedAt) -> {
                ContainerLife container = starting(name);
                events.add(texts.started(container.member()));
                life = life.with(container.with(new Running(id, startedAt, Stopping.NO)));
            }
            case LifeEvent.StartFailed(String name, ContainerEnd end) -> {
                ContainerLife container = starting(name);
                events.add(texts.failed(container.member(), end.message()));
                life = life.with(container.ended("", end));
            }
            case LifeEvent.StartDelayed(String name, String reason, String message) -> {
                ContainerLife container = starting(name);
                events.add(texts.failed(container.member(), message));
                delay(container, reason, message);
            }
            case LifeEvent.ImageMissing(String name, String reason, String message) -> {
                ContainerLife container = starting(name);
                events.addAll(texts.imageMissing(container.member(), reason, message));
                delay(container, reason, message, reason.equals(PULL_FAILED) ? RESTART : RETRY);
            }
            case LifeEvent.MountDelayed(String name, String message) -> {
                events.add(texts.failedMount(message));
                delay(starting(name), "", "");
            }
            case LifeEvent.Probed probed -> probed(probed);
            case LifeEvent.ProbeErrored(String name, int attempt, ProbeKind kind, String message) ->
                told(asked(name, attempt, kind), member -> texts.probeErrored(member, kind, message));
            case LifeEvent.ProbeWarned(String name, int attempt, ProbeKind kind, String message) ->
                told(asked(name, attempt, kind), member -> texts.probeWarned(member, kind, message));
            case LifeEvent.HookFailed(String name, int attempt, LifeEvent.Hook hook) -> hookFailed(name, attempt, hook);
            case LifeEvent.PostStarted(String name, int attempt) -> {
                @Nullable ContainerLife container = running(name, attempt);
                if (container != null) {
                    life = life.with(container.with(container.health().postStarted(container.member())));
                }
            }
            case LifeEvent.PreStopped(String name, int attempt) -> preStopped(name, attempt);
            case LifeEvent.Evicted(String message) -> {
                if (life.stop() == null) {
                    events.add(texts.evicted(message));
                    life = life.evicted(message);
                    stop(PodLife.Cause.EVICTED, now);
                }
            }
            case LifeEvent.Exited(String name, int attempt, ContainerEnd end) -> exited(name, attempt, end);
        }
    }

    private ContainerLife starting(String name) {
        ContainerLife container = life.container(name).orElseThrow();
        Check.that(container.state() instanceof Starting, "container=%s", container);
        return container;
    }

    /// The first cause stays; a later one may only hurry. Without any grace nothing is waited for.
    private void stop(PodLife.Cause newCause, Instant killAt) {
        PodLife.Stop stop = life.stop();
        if (stop != null && !killAt.isBefore(stop.killAt())) {
            return;
        }
        life = life.stopping(stop == null ? newCause : stop.cause(), killAt);
        if (!now.isBefore(killAt)) {
            life.containers().forEach(this::kill);
        }
    }

    private void exited(String name, int attempt, ContainerEnd end) {
        ContainerLife container = life.container(name).orElseThrow();
        if (container.attempt() == attempt && container.state() instanceof Running(String id, Instant _, Stopping _)) {
            life = life.with(container.ended(id, end));
        }
    }

    /// The attempt, if it is the present one, runs, and is not being stopped.
    private @Nullable ContainerLife running(String name, int attempt) {
        return running(name, attempt, Stopping.NO);
    }

    private @Nullable ContainerLife running(String name, int attempt, Stopping wanted) {
        ContainerLife container = life.container(name).orElseThrow();
        boolean runs =
                container.state() instanceof Running(String _, Instant _, Stopping stopping) && stopping == wanted;
        return runs && container.attempt() == attempt ? container : null;
    }

    /// Where the pod ends, only readiness is still asked for.
    private @Nullable ContainerLife asked(String name, int attempt, ProbeKind kind) {
        return life.stop() == null || kind == ProbeKind.READINESS ? running(name, attempt) : null;
    }

    private void told(@Nullable ContainerLife container, Function<PodPlan.Member, EventDraft> event) {
        if (container != null) {
            events.add(event.apply(container.member()));
        }
    }

    private void probed(LifeEvent.Probed probed) {
        @Nullable ContainerLife container = asked(probed.container(), probed.attempt(), probed.kind());
        if (container == null) {
            return;
        }
        if (!probed.well()) {
            events.add(texts.unhealthy(container.member(), probed.kind(), probed.message()));
        }
        if (!probed.verdict()) {
            return;
        }
        if (probed.kind() == ProbeKind.READINESS) {
            life = life.with(container.with(container.health().readyNow(probed.well())));
        } else if (!probed.well()) {
            ContainerLife failed = container.with(container.health().failedNow());
            events.add(texts.killing(container.member(), probed.kind(), mayRestart(failed)));
            Duration grace = probed.grace() == null ? life.plan().grace() : probed.grace();
            stopAlone(failed, grace);
        } else if (probed.kind() == ProbeKind.STARTUP) {
            life = life.with(container.with(container.health().begun(container.member())));
        }
    }

    private void hookFailed(String name, int attempt, LifeEvent.Hook hook) {
        ContainerLife container = life.container(name).orElseThrow();
        events.add(texts.hookFailed(container.member(), hook));
        @Nullable ContainerLife running = running(name, attempt);
        if (hook == LifeEvent.Hook.POST_START && running != null) {
            stopAlone(running, life.plan().grace());
        }
    }

    /// The pod goes on; the container starts again if its policy says so.
    private void stopAlone(ContainerLife container, Duration grace) {
        Instant killAt = now.plus(grace);
        stop(container.with(container.health().killedAt(killAt)), killAt);
    }

    private void preStopped(String name, int attempt) {
        @Nullable ContainerLife container = running(name, attempt, Stopping.PREPARING);
        if (container != null) {
            life = life.with(container.stopping(Stopping.PREPARED));
        }
    }

    private void delay(ContainerLife container, String reason, String message) {
        delay(container, reason, message, RETRY);
    }

    private void delay(ContainerLife container, String reason, String message, Backoff backoff) {
        int tries = container.state() instanceof Starting(int before) ? before + 1 : 1;
        Instant retryAt = now.plus(backoff.after(tries));
        life = life.with(container.with(new Waiting(reason, message, retryAt, tries)));
    }

    private void settle() {
        Instant deadline = life.deadline();
        if (life.stop() == null && deadline != null && !now.isBefore(deadline)) {
            events.add(texts.deadlineExceeded());
            life = life.stopping(PodLife.Cause.DEADLINE, now.plus(life.plan().grace()));
        }
        if (life.stop() == null && finished()) {
            life = life.stopping(PodLife.Cause.FINISHED, now.plus(life.plan().grace()));
        }
        PodLife.Stop stop = life.stop();
        if (stop == null) {
            progress();
            wake(deadline);
        } else {
            end(stop);
        }
    }

    /// All work is done, or can no longer be done.
    private boolean finished() {
        boolean allApps = true;
        for (ContainerLife container : life.containers()) { // asked at every step of every pod: no stream
            ContainerRole role = container.member().role();
            if (role == ContainerRole.INIT && forGood(container) && !container.completed()) {
                return true;
            }
            allApps &= role != ContainerRole.APP || forGood(container);
        }
        return allApps;
    }

    private boolean forGood(ContainerLife container) {
        return container.state() instanceof Ended(String _, ContainerEnd end) && !restarts(container, end);
    }

    /// What a probe had stopped starts again whatever its code, if anything does.
    private boolean restarts(ContainerLife container, ContainerEnd end) {
        return life.plan().policyOf(container.member()).restarts(end)
                || (container.health().failed() && mayRestart(container));
    }

    private boolean mayRestart(ContainerLife container) {
        return life.plan().policyOf(container.member()) != RestartPolicy.Never;
    }

    private void progress() {
        boolean before = !life.initialized();
        boolean held = false;
        for (ContainerLife container : life.containers()) {
            boolean app = container.member().role() == ContainerRole.APP;
            if (app && before && !life.initialized()) {
                return;
            }
            if (!held || container.state() instanceof Running) {
                advance(container);
            }
            held |= container.member().postStart() && postStarting(container.member());
            if (!app && before && !life.passed(container.member())) {
                return;
            }
        }
    }

    /// A container that is being started keeps back those after it until its postStart hook is over.
    private boolean postStarting(PodPlan.Member member) {
        ContainerLife container = life.container(member.name()).orElseThrow();
        return container.state() instanceof Starting || container.postStarting();
    }

    private void advance(ContainerLife container) {
        switch (container.state()) {
            case Starting(int _) -> {}
            case Running(String _, Instant _, Stopping _) -> {
                @Nullable Instant killAt = container.health().killAt();
                if (killAt != null) {
                    stop(container, killAt);
                }
            }
            case Waiting(String reason, String message, Instant retryAt, int tries) -> {
                if (reason.equals(PULL_FAILED) && retryAt != null) {
                    showBackOff(container, message, retryAt, tries);
                }
                if (retryAt == null || !now.isBefore(retryAt)) {
                    start(container.with(new Starting(tries)));
                } else {
                    wake(retryAt);
                }
            }
            case Ended(String id, ContainerEnd end) -> {
                if (restarts(container, end)) {
                    backOff(container, id, end);
                }
            }
            case BackingOff(String id, ContainerEnd end, Duration _, Instant until) -> {
                if (now.isBefore(until)) {
                    wake(until);
                } else {
                    start(container.again(new Ended(id, end)));
                }
            }
        }
    }

    /// A while after a pull failed, its container is said to wait for the next.
    private void showBackOff(ContainerLife container, String message, Instant retryAt, int tries) {
        Instant shownUntil = retryAt.minus(RESTART.after(tries)).plus(PULL_FAILURE_SHOWN);
        if (now.isBefore(shownUntil)) {
            wake(shownUntil);
            return;
        }
        String image = container.member().image();
        String text = "Back-off pulling image \"%s\": %s: %s".formatted(image, PULL_FAILED, message);
        events.addAll(texts.pullWaits(container.member(), PULL_WAITS));
        life = life.with(container.with(new Waiting(PULL_WAITS, text, retryAt, tries)));
    }

    private void backOff(ContainerLife container, String id, ContainerEnd end) {
        Duration delay = RESTART.after(container.endsInRow() - 1);
        Instant ended = end.finishedAt().isAfter(now) ? now : end.finishedAt(); // before the clock was set back
        Instant until = ended.plus(delay);
        if (!now.isBefore(until)) {
            start(container.again(new Ended(id, end)));
            return;
        }
        events.add(texts.backOff(container.member()));
        life = life.with(container.with(new BackingOff(id, end, delay, until)));
        wake(until);
    }

    private void start(ContainerLife starting) {
        life = life.with(starting);
        effects.add(new Effect.Start(starting.member().name(), starting.attempt()));
    }

    private void end(PodLife.Stop stop) {
        if (nothingLives()) {
            life = life.over();
        } else {
            life.containers().forEach(container -> stop(container, stop.killAt()));
        }
    }

    private boolean nothingLives() {
        for (ContainerLife container : life.containers()) {
            if (container.live()) {
                return false;
            }
        }
        return true;
    }

    /// The next step to the container's end, if it is time for it: preStop hook, SIGTERM, SIGKILL.
    private void stop(ContainerLife container, Instant killAt) {
        if (!(container.state() instanceof Running(String _, Instant _, Stopping stopping))) {
            return;
        }
        boolean late = !now.isBefore(killAt);
        switch (stopping) {
            case NO -> {
                if (late) {
                    kill(container);
                } else {
                    begin(container, killAt);
                }
            }
            case PREPARING, PREPARED -> {
                if (late || stopping == Stopping.PREPARED && hasTurn(container)) {
                    terminate(container, killAt);
                } else {
                    wake(killAt);
                }
            }
            case TERMINATED -> {
                Instant due = container.health().killed(killAt);
                if (now.isBefore(due)) {
                    wake(due);
                } else {
                    kill(container);
                }
            }
            case KILLED -> {}
        }
    }

    /// What a probe or hook stops has been told of already.
    private void tellStop(ContainerLife container) {
        if (container.health().killAt() == null) {
            events.add(texts.killing(container.member()));
        }
    }

    /// Whether SIGTERM may come. Where the pod ends, apps and a running init container are first, then the sidecars,
    /// last started first; preStop hooks do not wait for that.
    private boolean hasTurn(ContainerLife container) {
        if (life.stop() == null || container.member().role() != ContainerRole.SIDECAR) {
            return true;
        }
        boolean later = false;
        for (ContainerLife other : life.containers()) {
            if (later && other.live()) {
                return false;
            }
            later |= other.member().equals(container.member());
        }
        return true;
    }

    private void begin(ContainerLife container, Instant killAt) {
        if (container.member().preStop()) {
            tellStop(container);
            effects.add(new Effect.PreStop(container.member().name()));
            life = life.with(container.stopping(Stopping.PREPARING));
            wake(killAt);
        } else if (hasTurn(container)) {
            tellStop(container);
            terminate(container, killAt);
        } else {
            wake(killAt);
        }
    }

    private void terminate(ContainerLife container, Instant killAt) {
        effects.add(new Effect.Terminate(container.member().name()));
        ContainerLife terminated = container.stopping(Stopping.TERMINATED);
        if (container.member().preStop()) {
            terminated = terminated.with(terminated.health().sparedUntil(now.plus(SPARED)));
        }
        life = life.with(terminated);
        wake(terminated.health().killed(killAt));
    }

    private void kill(ContainerLife container) {
        if (!(container.state() instanceof Running(String _, Instant _, Stopping stopping))
                || stopping == Stopping.KILLED) {
            return;
        }
        if (stopping == Stopping.NO) {
            tellStop(container);
        }
        effects.add(new Effect.Kill(container.member().name()));
        life = life.with(container.stopping(Stopping.KILLED));
    }

    private void wake(@Nullable Instant at) {
        if (at != null && (wakeAt == null || at.isBefore(wakeAt))) {
            wakeAt = at;
        }
    }
}
