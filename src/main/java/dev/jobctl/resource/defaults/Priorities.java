package dev.jobctl.resource.defaults;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A new pod's priority: that of its class, or of the class that is the global default, or 0.
final class Priorities {
    private static final String PREEMPTS = "PreemptLowerPriority";

    private Priorities() {}

    /// Rule PRI-003: what is said already stays; see [#refusal]. Of several defaults the lowest counts.
    static void admit(PodSpec spec, PodRules rules) {
        if (Settled.blank(spec.getPriorityClassName())) {
            rules.priorityClasses().stream()
                    .filter(each -> Settled.isTrue(each.getGlobalDefault()))
                    .min(Comparator.comparingInt(each -> Settled.orZero(each.getValue())))
                    .ifPresent(
                            each -> spec.setPriorityClassName(each.getMetadata().getName()));
        }
        if (spec.getPriority() == null) {
            spec.setPriority(priority(Settled.orEmpty(spec.getPriorityClassName()), rules));
        }
        if (spec.getPreemptionPolicy() == null) {
            spec.setPreemptionPolicy(preemption(Settled.orEmpty(spec.getPriorityClassName()), rules));
        }
    }

    /// Rule PRI-004: an unknown class, or numbers of one's own beside the class.
    static @Nullable String refusal(PodSpec spec, PodRules rules) {
        String name = Settled.orEmpty(spec.getPriorityClassName());
        if (!name.isEmpty() && rules.priorityClass(name) == null && builtIn(name) == 0) {
            return "no PriorityClass with name " + name + " was found";
        }
        int priority = priority(name, rules);
        if (spec.getPriority() != null && spec.getPriority() != priority) {
            return "the integer value of priority (" + spec.getPriority()
                    + ") must not be provided in pod spec; priority admission controller computed " + priority
                    + " from the given PriorityClass name";
        }
        String policy = preemption(name, rules);
        if (spec.getPreemptionPolicy() != null && !spec.getPreemptionPolicy().equals(policy)) {
            return "the string value of PreemptionPolicy (" + spec.getPreemptionPolicy()
                    + ") must not be provided in pod spec; priority admission controller computed " + policy
                    + " from the given PriorityClass name";
        }
        return null;
    }

    private static int priority(String name, PodRules rules) {
        @Nullable PriorityClass known = rules.priorityClass(name);
        return known == null ? builtIn(name) : Settled.orZero(known.getValue());
    }

    private static String preemption(String name, PodRules rules) {
        @Nullable PriorityClass known = rules.priorityClass(name);
        String policy = known == null ? "" : Settled.orEmpty(known.getPreemptionPolicy());
        return policy.isEmpty() ? PREEMPTS : policy;
    }

    /// The two classes that every cluster has; 0 for all others.
    private static int builtIn(String className) {
        return switch (className) {
            case "system-cluster-critical" -> 2_000_000_000;
            case "system-node-critical" -> 2_000_001_000;
            default -> 0;
        };
    }
}
