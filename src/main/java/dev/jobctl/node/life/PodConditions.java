package dev.jobctl.node.life;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The conditions of a pod in their usual order, those of other writers (DisruptionTarget) after them.
public final class PodConditions {
    private static final String SCHEDULED = "PodScheduled";
    private static final String DISRUPTED = "DisruptionTarget";
    private static final Set<String> OWN =
            Set.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", SCHEDULED, DISRUPTED);

    private PodConditions() {}

    /// A condition without its times.
    record Fact(
            String type,
            boolean holds,
            @Nullable String reason,
            @Nullable String message) {}

    static List<Fact> facts(PodLife life, PodStatuses.Phase phase, List<PodCondition> before) {
        Fact created = new Fact("PodReadyToStartContainers", !life.ended(), null, null);
        Fact ready = gated(ready("Ready", life, phase), life, before);
        Fact containers = ready("ContainersReady", life, phase);
        Fact scheduled = new Fact(SCHEDULED, true, null, null);
        String disruption = phase == PodStatuses.Phase.Failed ? disruption(life) : "";
        return disruption.isEmpty()
                ? List.of(created, initialized(life, phase), ready, containers, scheduled)
                : List.of(
                        created,
                        initialized(life, phase),
                        ready,
                        containers,
                        scheduled,
                        new Fact(DISRUPTED, true, "TerminationByKubelet", disruption));
    }

    /// Those of `before` that still say the same are the same objects.
    ///
    /// @param stamp now, as the API writes it
    static List<PodCondition> of(List<Fact> facts, List<PodCondition> before, @Nullable Long generation, String stamp) {
        List<PodCondition> all = new ArrayList<>(facts.size() + 1);
        for (Fact fact : facts) {
            all.add(condition(fact, before, generation, stamp));
        }
        for (PodCondition other : before) {
            if (!has(all, type(other))) {
                all.add(other);
            }
        }
        return List.copyOf(all);
    }

    /// Why this node ended the pod before its time; empty when it did not.
    private static String disruption(PodLife life) {
        if (life.stoppedBy(PodLife.Cause.SHUTDOWN)) {
            return PodStatuses.SHUTDOWN_MESSAGE;
        }
        return life.stoppedBy(PodLife.Cause.REBOOTED) ? PodStatuses.REBOOTED_MESSAGE : life.evictedFor();
    }

    /// Whether conditions of this type are this node's to write. It also writes [#DISRUPTED], as others do.
    static boolean own(String type) {
        return OWN.contains(type);
    }

    /// Empty where its writer has left it out.
    public static String type(PodCondition condition) {
        return Settled.orEmpty(condition.getType());
    }

    /// Whether one is of this type.
    public static boolean has(List<PodCondition> conditions, String type) {
        for (PodCondition condition : conditions) {
            if (type(condition).equals(type)) {
                return true;
            }
        }
        return false;
    }

    private static Fact initialized(PodLife life, PodStatuses.Phase phase) {
        if (phase == PodStatuses.Phase.Succeeded) {
            return new Fact("Initialized", true, "PodCompleted", null);
        }
        if (life.initialized()) {
            return new Fact("Initialized", true, null, null);
        }
        String names = names(life, c -> !life.passed(c.member()));
        return new Fact(
                "Initialized", false, "ContainersNotInitialized", "containers with incomplete status: " + names);
    }

    private static Fact ready(String type, PodLife life, PodStatuses.Phase phase) {
        return switch (phase) {
            case Succeeded -> new Fact(type, false, "PodCompleted", null);
            case Failed -> new Fact(type, false, "PodFailed", null);
            case Pending, Running -> {
                Predicate<ContainerLife> unready =
                        c -> c.member().role() != ContainerRole.INIT && !ContainerStatuses.ready(c);
                yield any(life, unready)
                        ? new Fact(
                                type,
                                false,
                                "ContainersNotReady",
                                "containers with unready status: " + names(life, unready))
                        : new Fact(type, true, null, null);
            }
        };
    }

    /// Asked for every status of every pod: no stream.
    private static boolean any(PodLife life, Predicate<ContainerLife> wanted) {
        for (ContainerLife container : life.containers()) {
            if (wanted.test(container)) {
                return true;
            }
        }
        return false;
    }

    /// The containers alone do not make the pod ready.
    private static Fact gated(Fact ready, PodLife life, List<PodCondition> before) {
        if (!ready.holds() || life.plan().readinessGates().isEmpty()) {
            return ready;
        }
        List<String> closed = new ArrayList<>();
        for (String gate : life.plan().readinessGates()) {
            String status = before.stream()
                    .filter(condition -> type(condition).equals(gate))
                    .map(condition -> Settled.orEmpty(condition.getStatus()))
                    .findFirst()
                    .orElse("");
            if (status.isEmpty()) {
                closed.add("corresponding condition of pod readiness gate \"%s\" does not exist.".formatted(gate));
            } else if (!status.equals("True")) {
                closed.add("the status of pod readiness gate \"%s\" is not \"True\", but %s".formatted(gate, status));
            }
        }
        return closed.isEmpty()
                ? ready
                : new Fact(ready.type(), false, "ReadinessGatesNotReady", String.join(", ", closed));
    }

    /// As Go prints a list: `[a b]`.
    private static String names(PodLife life, Predicate<ContainerLife> wanted) {
        return "["
                + String.join(
                        " ",
                        life.containers().stream()
                                .filter(wanted)
                                .map(c -> c.member().name())
                                .toList()) + "]";
    }

    /// What ended the pod is told once, about the generation of then.
    private static PodCondition condition(
            Fact fact, List<PodCondition> before, @Nullable Long generation, String stamp) {
        PodCondition condition = new PodCondition();
        condition.setType(fact.type());
        condition.setStatus(fact.holds() ? "True" : "False");
        condition.setReason(fact.reason());
        condition.setMessage(fact.message());
        condition.setLastTransitionTime(stamp);
        condition.setObservedGeneration(generation);
        for (PodCondition old : before) {
            if (fact.type().equals(old.getType())
                    && condition.getStatus().equals(old.getStatus())
                    && old.getLastTransitionTime() != null) {
                condition.setLastTransitionTime(old.getLastTransitionTime());
                if (fact.type().equals(DISRUPTED)) {
                    condition.setObservedGeneration(old.getObservedGeneration());
                }
                return condition.equals(old) ? old : condition;
            }
        }
        return condition;
    }
}
