package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.schedule.NodeLoad;
import dev.jobctl.control.schedule.Scheduler;
import dev.jobctl.control.schedule.SchedulerInput;
import dev.jobctl.control.schedule.Unschedulable;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.view.ClaimNames;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The scheduler's place in the loop. One key: all pods that wait for a node are tried together, so that a round with a
/// thousand new pods looks at the nodes once.
record ScheduleDecider() implements Decider {
    private static final String ALL = "pods without a node";

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> any = change.current() != null ? change.current() : change.previous();
        if (any == null) {
            return;
        }
        boolean concerns = Views.is(any.value(), Kinds.POD)
                || Views.is(any.value(), Kinds.NODE)
                || Views.is(any.value(), Kinds.NAMESPACE)
                || Views.is(any.value(), Kinds.PERSISTENT_VOLUME_CLAIM);
        if (concerns && !state.indexes().unboundPods().isEmpty()) {
            ask.accept(ALL);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        Indexes indexes = state.indexes();
        if (indexes.unboundPods().isEmpty()) {
            return Decision.quiet();
        }
        List<NodeLoad> nodes = state.prefixed(Kinds.NODE.keyPrefix()).stream()
                .map(entry -> indexes.load(Views.node(entry.value())))
                .toList();
        Map<String, String> claims = new HashMap<>();
        for (ObjectVersion waiting : indexes.unboundPods()) {
            Pod pod = (Pod) waiting.object();
            if (Settled.list(pod.getSpec().getVolumes()).isEmpty()) {
                continue;
            }
            ClaimNames.of(pod)
                    .flatMap(claim -> wrong(claim, state).stream())
                    .findFirst()
                    .ifPresent(wrong -> claims.put(waiting.ref().uid(), wrong));
        }
        Map<String, Map<String, String>> namespaces = new HashMap<>();
        for (Entry<ObjectVersion> each : state.prefixed(Kinds.NAMESPACE.keyPrefix())) {
            namespaces.put(each.value().key().name(), Views.meta(each.value()).labels());
        }
        return Scheduler.decide(
                new SchedulerInput(Views.pods(indexes.unboundPods()), claims, nodes, namespaces, indexes.budgets()),
                ask.now());
    }

    private static Optional<String> wrong(ObjectKey claim, State state) {
        @Nullable ObjectVersion found = state.get(claim.path());
        if (found == null) {
            return Optional.of(Unschedulable.missingClaim(claim.name()));
        }
        return found.object().getMetadata().getDeletionTimestamp() == null
                ? Optional.empty()
                : Optional.of(Unschedulable.goingClaim(claim.name()));
    }
}
