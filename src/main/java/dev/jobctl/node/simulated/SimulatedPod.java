package dev.jobctl.node.simulated;

import dev.jobctl.node.life.AlikeParts;
import dev.jobctl.node.life.ContainerLife;
import dev.jobctl.node.life.ContainerRole;
import dev.jobctl.node.life.Effect;
import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.life.LifeStep;
import dev.jobctl.node.life.PodEvents;
import dev.jobctl.node.life.PodLife;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.life.PodStatuses;
import dev.jobctl.node.life.PodStatuses.Frame;
import dev.jobctl.node.life.Step;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pod on a simulated node: the same [LifeStep] as a real one, with alarms in place of processes. Owned by its
/// node's thread.
final class SimulatedPod {
    private static final int TERMINATED = 143;
    private static final int KILLED = 137;
    private static final int START_FAILED = 128;

    /// What a pod needs of its node.
    ///
    /// @param hostAddress every pod's hostIP
    record Place(
            SimulatedNode node,
            String hostAddress,
            Behaviour behaviour,
            Console console,
            Alarms alarms,
            AlikeParts parts) {}

    /// A run that has begun, or that is on its way.
    private record Underway(Act.Run act, int attempt, Instant startedAt) {
        Underway moved(Duration by) {
            return new Underway(act, attempt, startedAt.plus(by));
        }
    }

    private final Place place;
    private final ObjectRef ref;
    private final String address;
    private final Map<String, Underway> underway = new HashMap<>(2);
    private final List<String> unanswered = new ArrayList<>(0);
    private final LastWord told;
    private Pod pod;
    private PodLife life;
    private @Nullable Instant wakeAt;
    private boolean gone;
    private boolean farewell;

    SimulatedPod(Place place, Pod pod, String address, Instant now) {
        this.place = place;
        this.pod = pod;
        this.address = address;
        PodPlan plan = PodPlan.of(pod);
        ref = plan.pod();
        PodStatus known = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        told = new LastWord(known.getConditions());
        life = PodLife.begin(plan, known.getStartTime() == null ? now : Instant.parse(known.getStartTime()));
    }

    /// Goes on where the pod's status ends, which an earlier life of this node has reported: what was not reported has
    /// not happened and happens now, what was is not done again.
    void resume(Instant now) {
        @Nullable PodStatus status = pod.getStatus();
        if (status == null || status.getPodIP() == null) {
            return;
        }
        List<ContainerLife> found = new ArrayList<>();
        for (PodPlan.Member member : life.plan().containers()) {
            ContainerLife container = FoundContainer.of(member, status);
            found.add(container);
            if (container.state() instanceof ContainerLife.Running(String id, Instant startedAt, var _)) {
                resume(container, id, startedAt, now);
            }
        }
        life = PodLife.resume(life.plan(), life.startTime(), found);
    }

    private void resume(ContainerLife container, String id, Instant startedAt, Instant now) {
        String name = container.member().name();
        int number = ContainerId.parse(id).map(ContainerId::run).orElse(1);
        Behaviour.Start start = new Behaviour.Start(
                pod, container.member(), container.attempt(), place.node().name());
        Act act = place.behaviour().again(start, number);
        Underway run = new Underway(
                act instanceof Act.Run known ? known : (Act.Run) Act.forever(), container.attempt(), startedAt);
        underway.put(name, run);
        endLater(name, run, startedAt.isAfter(now) ? now : startedAt); // after: the clock was set back
    }

    ObjectRef ref() {
        return ref;
    }

    boolean ended() {
        return life.ended();
    }

    /// The newest version of the object; its effects come with [#look].
    void hear(Pod newest) {
        pod = newest;
    }

    /// The object is gone: nothing of the pod may go on, and nobody wants to hear of it.
    void remove() {
        gone = true;
        underway.clear();
    }

    /// After the object has changed, or the node has come back.
    void look(Instant now) {
        if (life.ended()) {
            report(now); // nothing leads anywhere any more
            return;
        }
        boolean deleted = pod.getMetadata().getDeletionTimestamp() != null;
        happened(deleted ? LifeEvent.Deleted.of(pod, now) : new LifeEvent.Woken(), now);
    }

    /// Another generation of the object is told to have been seen, but nothing more of a pod that has ended.
    void observe(Instant now) {
        if (!life.ended() && told.isOfAnother(pod.getMetadata().getGeneration())) {
            report(now);
        }
    }

    /// Whether the alarm still means something.
    boolean awaits(Alarms.Alarm alarm) {
        if (gone || life.ended()) {
            return false;
        }
        return switch (alarm.event()) {
            case LifeEvent.Woken() -> alarm.at().equals(wakeAt);
            case LifeEvent.Started(String name, String _, Instant _) -> starts(name, alarm.at());
            case LifeEvent.Exited(String name, int attempt, ContainerEnd _) -> runs(name, attempt);
            default -> true;
        };
    }

    private boolean starts(String container, Instant at) {
        @Nullable Underway run = underway.get(container);
        return run != null && run.startedAt().equals(at) && unanswered.contains(container);
    }

    private boolean runs(String container, int attempt) {
        @Nullable Underway run = underway.get(container);
        return run != null && run.attempt() == attempt;
    }

    /// See [SimulatedNode#clockSet]; the alarms have been moved. Those who run have begun when they were said to. The
    /// pod's deadline counts from a time that the API knows, so it may come sooner now than what was awaited.
    void clockSet(Duration by) {
        if (life.ended()) {
            return;
        }
        life = life.clockSet(by);
        told.clockSet(by);
        unanswered.forEach(name -> underway.computeIfPresent(name, (_, run) -> run.moved(by)));
        if (wakeAt != null) {
            wakeAt = wakeAt.plus(by);
            @Nullable Instant deadline = life.deadline();
            wake(deadline != null && deadline.isBefore(wakeAt) ? deadline : wakeAt);
        }
    }

    /// What was told may not have been heard.
    void sayAgain() {
        told.forget();
        farewell = false;
    }

    /// All processes die unseen, as when the power fails.
    void powerFails() {
        wakeAt = null;
    }

    /// After a power failure: what ran has ended, nobody knows how; what was about to start is tried again. A pod that
    /// was deleted meanwhile only ends.
    void boot(Instant now) {
        underway.clear();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            happened(LifeEvent.Deleted.of(pod, now), now);
        }
        for (ContainerLife container : List.copyOf(life.containers())) {
            String name = container.member().name();
            if (container.state() instanceof ContainerLife.Running(String _, Instant startedAt, var _)) {
                happened(new LifeEvent.Exited(name, container.attempt(), ContainerEnd.unknown(startedAt, now)), now);
            } else if (unanswered.remove(name)) {
                start(name, container.attempt(), now).ifPresent(answer -> happened(answer, now));
            }
        }
        happened(new LifeEvent.Woken(), now);
    }

    /// Its app containers end now with that code, whatever they were to do.
    void end(int exitCode, Instant now) {
        for (ContainerLife container : List.copyOf(life.containers())) {
            if (container.member().role() == ContainerRole.APP) {
                end(container.member().name(), exitCode, now).ifPresent(exit -> happened(exit, now));
            }
        }
    }

    void happened(LifeEvent first, Instant now) {
        if (gone) {
            return;
        }
        Deque<LifeEvent> events = new ArrayDeque<>(4);
        events.add(first);
        while (!events.isEmpty()) {
            step(events.remove(), events, now);
            if (life.stop() != null) {
                giveUpStarts(events, now);
            }
        }
        report(now);
    }

    private void step(LifeEvent event, Deque<LifeEvent> more, Instant now) {
        switch (event) {
            case LifeEvent.Exited(String container, int _, ContainerEnd _) -> underway.remove(container);
            case LifeEvent.Started(String container, String _, Instant at) -> started(container, at);
            default -> {}
        }
        Step step = LifeStep.step(life, event, now, place.node().name());
        if (step.life().ended() && !life.ended()) {
            place.node().podEnded();
        }
        life = step.life();
        step.events().forEach(place.node()::event);
        step.effects().forEach(effect -> perform(effect, more, now));
        wake(step.wakeAt());
    }

    private void wake(@Nullable Instant at) {
        if (!Objects.equals(at, wakeAt)) {
            wakeAt = at;
            if (at != null) {
                place.alarms().set(at, this, new LifeEvent.Woken());
            }
        }
    }

    private void perform(Effect effect, Deque<LifeEvent> answers, Instant now) {
        switch (effect) {
            case Effect.Start(String container, int attempt) ->
                start(container, attempt, now).ifPresent(answers::add);
            case Effect.PreStop(String _) -> {} // its plan has no hooks
            case Effect.Terminate(String container) -> terminate(container, answers, now);
            case Effect.Kill(String container) -> end(container, KILLED, now).ifPresent(answers::add);
        }
    }

    /// The answer, if there is one already.
    private Optional<LifeEvent> start(String container, int attempt, Instant now) {
        PodPlan.Member member = life.container(container).orElseThrow().member();
        Act act = place.behaviour()
                .act(new Behaviour.Start(pod, member, attempt, place.node().name()));
        return Optional.ofNullable(
                switch (act) {
                    case Act.Run run -> begin(member, run, attempt, now);
                    case Act.Delayed(String reason, String message) ->
                        new LifeEvent.StartDelayed(container, reason, message);
                    case Act.Broken(String reason, String message) ->
                        new LifeEvent.StartFailed(container, new ContainerEnd(START_FAILED, reason, message, now, now));
                    case Act.Stuck() -> {
                        unanswered.add(container);
                        yield null;
                    }
                });
    }

    private @Nullable LifeEvent begin(PodPlan.Member member, Act.Run run, int attempt, Instant now) {
        String name = member.name();
        Instant at = now.plus(run.startsAfter());
        underway.put(name, new Underway(run, attempt, at));
        unanswered.add(name);
        var started =
                new LifeEvent.Started(name, new ContainerId(ref.uid(), name, attempt, run.number()).toString(), at);
        if (run.startsAfter().isZero()) {
            return started;
        }
        place.alarms().set(at, this, started);
        return null;
    }

    private void started(String container, Instant at) {
        unanswered.remove(container);
        Underway run = Objects.requireNonNull(underway.get(container));
        PodPlan.Member member = life.container(container).orElseThrow().member();
        PodEvents texts = new PodEvents(ref, place.node().name());
        place.node().event(texts.image(member, "Pulled", "Simulated: image \"" + member.image() + "\" is not pulled"));
        place.node().event(texts.created(member));
        for (String line : run.act().lines()) {
            place.console().line(ref, container, run.attempt(), at, line);
        }
        endLater(container, run, at);
    }

    private void endLater(String container, Underway run, Instant from) {
        if (run.act().runs() != null) {
            Instant end = from.plus(run.act().runs());
            place.alarms().set(end, this, exit(container, run, end(run.act().result(), run.startedAt(), end)));
        }
    }

    private static LifeEvent exit(String container, Underway run, ContainerEnd end) {
        return new LifeEvent.Exited(container, run.attempt(), end);
    }

    private static ContainerEnd end(Act.Result result, Instant from, Instant to) {
        return result.outOfMemory()
                ? new ContainerEnd(result.exitCode(), "OOMKilled", result.message(), from, to)
                : ContainerEnd.exited(result.exitCode(), result.message(), from, to);
    }

    private void terminate(String container, Deque<LifeEvent> answers, Instant now) {
        @Nullable Underway run = underway.get(container);
        if (run == null || run.act().stopsAfter() == null) {
            return;
        }
        if (run.act().stopsAfter().isZero()) {
            end(container, TERMINATED, now).ifPresent(answers::add);
        } else {
            Instant at = now.plus(run.act().stopsAfter());
            ContainerEnd end = ContainerEnd.exited(TERMINATED, "", run.startedAt(), at);
            place.alarms().set(at, this, exit(container, run, end));
        }
    }

    private Optional<LifeEvent> end(String container, int code, Instant now) {
        return Optional.ofNullable(underway.get(container))
                .map(run -> exit(container, run, ContainerEnd.exited(code, "", run.startedAt(), now)));
    }

    /// A pod that is to end does not wait for a container that has not started.
    private void giveUpStarts(Deque<LifeEvent> answers, Instant now) {
        for (String container : unanswered) {
            underway.remove(container);
            answers.add(new LifeEvent.StartFailed(container, ContainerEnd.unknown(now, now)));
        }
        unanswered.clear();
    }

    /// Tells the control plane what it does not know yet, if it can be reached.
    void report(Instant now) {
        if (!place.node().reachable() || gone) {
            return;
        }
        Frame frame = Frame.of(pod, address, place.hostAddress());
        if (!told.says(life, frame)) {
            PodStatus status = PodStatuses.of(life, told.with(pod.getStatus()), frame, place.parts(), now);
            told.is(life, frame, status);
            place.node().status(ref, status);
        }
        if (life.ended() && pod.getMetadata().getDeletionTimestamp() != null && !farewell) {
            farewell = true;
            place.node().over(ref);
        }
    }
}
