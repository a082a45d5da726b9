package dev.jobctl.node.life;

import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod's life on virtual time, told as text: each verb returns the effects it led to, and `status()` is one line.
final class LifeBed {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<EventDraft> events = new ArrayList<>();
    private PodStatus status = new PodStatus();
    private Instant now = START;
    private Instant requested = START;
    private PodLife life;
    private @Nullable Instant wakeAt;

    /// Members as `init:a`, `sidecar:b`, `app:c`; `sidecar+startup:b` has a startup probe, `app+postStart:c`
    /// and `app+preStop:c` have hooks.
    LifeBed(RestartPolicy policy, @Nullable Duration deadline, String... members) {
        ObjectRef pod = new ObjectRef(new ObjectKey(Kinds.POD, "default", "pi-x"), "u1");
        List<PodPlan.Member> all = Stream.of(members).map(LifeBed::member).toList();
        life = PodLife.begin(new PodPlan(pod, policy, all, deadline, Duration.ofSeconds(30)), now);
    }

    static LifeBed of(RestartPolicy policy, String... members) {
        return new LifeBed(policy, null, members);
    }

    private static PodPlan.Member member(String text) {
        String[] words = text.split(":", 2);
        ContainerRole role =
                ContainerRole.valueOf(words[0].replaceFirst("[+].*", "").toUpperCase(Locale.ROOT));
        return new PodPlan.Member(
                words[1],
                role,
                "image",
                words[0].contains("+startup"),
                false,
                words[0].contains("+postStart"),
                words[0].contains("+preStop"));
    }

    String wake() {
        return take(new LifeEvent.Woken());
    }

    String started(String name) {
        return take(new LifeEvent.Started(name, "id://" + name, now));
    }

    /// Woken and, as the runtime would answer, started.
    String run(String name) {
        String effects = wake();
        return effects.contains("start " + name) ? effects + "; " + started(name) : effects;
    }

    String exits(String name, int code) {
        ContainerLife container = life.container(name).orElseThrow();
        Instant startedAt = container.state() instanceof ContainerLife.Running running ? running.startedAt() : now;
        return take(new LifeEvent.Exited(name, container.attempt(), ContainerEnd.exited(code, "", startedAt, now)));
    }

    String exitsSaying(String name, String message) {
        int attempt = life.container(name).orElseThrow().attempt();
        return take(new LifeEvent.Exited(name, attempt, ContainerEnd.exited(1, message, now, now)));
    }

    /// It ended now, and then somebody set the clock.
    String exitedThen(String name, int code, Duration set) {
        ContainerLife container = life.container(name).orElseThrow();
        ContainerEnd end = ContainerEnd.exited(code, "", now, now);
        now = now.plus(set);
        return take(new LifeEvent.Exited(name, container.attempt(), end));
    }

    /// The verdict of a probe.
    String probed(String name, ProbeKind kind, boolean well) {
        int attempt = life.container(name).orElseThrow().attempt();
        return take(new LifeEvent.Probed(name, attempt, kind, well, true, "why", null));
    }

    String probeErrored(String name, int attempt) {
        return take(new LifeEvent.ProbeErrored(name, attempt, ProbeKind.LIVENESS, "why"));
    }

    String probeWarned(String name, int attempt, ProbeKind kind) {
        return take(new LifeEvent.ProbeWarned(name, attempt, kind, "why"));
    }

    String hookFailed(String name, LifeEvent.Hook hook) {
        int attempt = life.container(name).orElseThrow().attempt();
        return take(new LifeEvent.HookFailed(name, attempt, hook));
    }

    String postStarted(String name) {
        return take(new LifeEvent.PostStarted(
                name, life.container(name).orElseThrow().attempt()));
    }

    String preStopped(String name) {
        return take(new LifeEvent.PreStopped(
                name, life.container(name).orElseThrow().attempt()));
    }

    String delayed(String name, String reason) {
        return take(new LifeEvent.StartDelayed(name, reason, "why"));
    }

    String imageMissing(String name, String reason) {
        return take(new LifeEvent.ImageMissing(name, reason, "why"));
    }

    String cannotStart(String name) {
        return take(new LifeEvent.StartFailed(name, new ContainerEnd(128, "StartError", "why", now, now)));
    }

    String deleted(int graceSeconds) {
        requested = now;
        return deletedAgain(graceSeconds);
    }

    /// The deletion that was asked for is heard again, or one with a shorter grace.
    String deletedAgain(int graceSeconds) {
        return take(new LifeEvent.Deleted(now.plusSeconds(graceSeconds), requested.plusSeconds(graceSeconds)));
    }

    String shutdown(int graceSeconds) {
        return take(new LifeEvent.Shutdown(now.plusSeconds(graceSeconds)));
    }

    String evicted() {
        return take(new LifeEvent.Evicted("why"));
    }

    LifeBed after(Duration time) {
        now = now.plus(time);
        return this;
    }

    LifeBed after(int seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    /// Somebody sets the clock.
    LifeBed clockSet(Duration by) {
        now = now.plus(by);
        life = life.clockSet(by);
        return this;
    }

    /// To the next wake-up; its distance in seconds.
    long sleeps() {
        Instant until = Objects.requireNonNull(wakeAt);
        long seconds = Duration.between(now, until).toSeconds();
        now = until;
        return seconds;
    }

    boolean waits() {
        return wakeAt != null;
    }

    PodLife life() {
        return life;
    }

    private String take(LifeEvent event) {
        Step step = LifeStep.step(life, event, now, "local");
        life = step.life();
        wakeAt = step.wakeAt();
        events.addAll(step.events());
        status = PodStatuses.of(life, status, new PodStatuses.Frame("127.1.0.1", "127.0.0.1", 1L), now);
        return String.join(", ", step.effects().stream().map(LifeBed::text).toList());
    }

    private static String text(Effect effect) {
        return switch (effect) {
            case Effect.Start(String name, int attempt) -> "start " + name + " " + attempt;
            case Effect.PreStop(String name) -> "preStop " + name;
            case Effect.Terminate(String name) -> "term " + name;
            case Effect.Kill(String name) -> "kill " + name;
        };
    }

    PodStatus full() {
        return status;
    }

    /// `Running main=running#0`, with `!` behind a container that is ready.
    String status() {
        Stream<ContainerStatus> all =
                Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
        String reason = status.getReason() == null ? "" : "(" + status.getReason() + ")";
        return status.getPhase() + reason + " "
                + String.join(" ", all.map(LifeBed::text).toList());
    }

    private static String text(ContainerStatus container) {
        return container.getName() + "=" + text(container.getState()) + "#" + container.getRestartCount()
                + (container.getReady() ? "!" : "");
    }

    private static String text(ContainerState state) {
        if (state.getRunning() != null) {
            return "running";
        }
        return state.getWaiting() != null
                ? state.getWaiting().getReason()
                : state.getTerminated().getReason() + ":"
                        + state.getTerminated().getExitCode();
    }

    String condition(String type) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .map(c -> c.getStatus()
                        + (c.getReason() == null ? "" : " " + c.getReason())
                        + (c.getMessage() == null ? "" : " " + c.getMessage()))
                .findFirst()
                .orElse("none");
    }

    List<String> events() {
        return events.stream()
                .map(e -> "%s %s %s %s".formatted(e.type(), e.reason(), e.message(), e.fieldPath()))
                .toList();
    }
}
