package dev.jobctl.node.simulated;

import dev.jobctl.node.NodeReports;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A simulated node with one pod, `main` its only container, and a clock that somebody may set.
final class SimulatedBed implements NodeReports {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// What the node has told, oldest first.
    final List<PodStatus> statuses = new ArrayList<>();

    private final Behaviour behaviour;
    private SimulatedNode node;
    private Pod pod = new PodBuilder()
            .withNewMetadata()
            .withName("pi")
            .withNamespace("default")
            .withUid("u1")
            .withGeneration(1L)
            .endMetadata()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("main")
            .withImage("busybox")
            .endContainer()
            .endSpec()
            .build();
    private Instant now = START;

    SimulatedBed(Act act) {
        behaviour = Behaviour.always(act);
        node = newNode();
    }

    private SimulatedNode newNode() {
        return new SimulatedNode("local", 1, behaviour, (ref, container, attempt, at, line) -> {}, this);
    }

    /// Edits a copy of the pod, which the node then hears of.
    SimulatedBed hear(Consumer<Pod> edit) {
        Pod next = new PodBuilder(pod).build();
        edit.accept(next);
        pod = next;
        node.podChanged(pod, now);
        node.advance(now);
        return this;
    }

    /// The pod is new, or told again as it is.
    SimulatedBed hear() {
        return hear(same -> {});
    }

    /// Somebody deletes the pod now.
    SimulatedBed delete(long graceSeconds) {
        return hear(next -> {
            next.getMetadata().setDeletionTimestamp(Timestamps.print(now.plusSeconds(graceSeconds)));
            next.getMetadata().setDeletionGracePeriodSeconds(graceSeconds);
        });
    }

    /// Another node takes its place, which knows what was stored.
    SimulatedBed replaceNode() {
        node = newNode();
        return hear(next -> next.setStatus(statuses.getLast()));
    }

    SimulatedBed after(int seconds) {
        now = now.plusSeconds(seconds);
        node.advance(now);
        return this;
    }

    /// To what comes next; how long that takes.
    Duration sleeps() {
        Instant next = node.next().orElseThrow();
        Duration slept = Duration.between(now, next);
        now = next;
        node.advance(now);
        return slept;
    }

    boolean waits() {
        return node.next().isPresent();
    }

    /// Somebody sets the clock, and the node finds out.
    SimulatedBed set(Duration by) {
        unnoticed(by);
        node.clockSet(by);
        node.advance(now);
        return this;
    }

    /// Somebody sets the clock, and nobody knows.
    SimulatedBed unnoticed(Duration by) {
        now = now.plus(by);
        return this;
    }

    Instant now() {
        return now;
    }

    PodStatus status() {
        return statuses.getLast();
    }

    ContainerStatus main() {
        return status().getContainerStatuses().getFirst();
    }

    @Override
    public void status(ObjectRef ref, PodStatus status) {
        statuses.add(status);
    }

    @Override
    public void ended(ObjectRef ref) {}

    @Override
    public void event(EventDraft event) {}
}
