package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PriorityClass: users have the values up to a thousand million, the system has the two classes above.
final class PriorityClassValidation {
    private static final int HIGHEST_OF_USERS = 1_000_000_000;
    private static final String SYSTEM_PREFIX = "system-";
    private static final List<String> POLICIES = List.of("Never", "PreemptLowerPriority");

    private PriorityClassValidation() {}

    /// Rule PRI-001, "value": see the class.
    static void check(PriorityClass object, Complaints to) {
        String name = Settled.orEmpty(object.getMetadata().getName());
        int value = Settled.orZero(object.getValue());
        if (name.startsWith(SYSTEM_PREFIX)) {
            @Nullable String wrong = wrongInSystemClass(name, value, Settled.isTrue(object.getGlobalDefault()));
            if (wrong != null) {
                to.forbidden(
                        "metadata.name",
                        "priority class names with '" + SYSTEM_PREFIX
                                + "' prefix are reserved for system use only. error: " + wrong);
            }
        } else if (value > HIGHEST_OF_USERS) {
            to.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
        }
        String policy = Settled.orEmpty(object.getPreemptionPolicy());
        if (!policy.isEmpty() && !POLICIES.contains(policy)) {
            to.notSupported("preemptionPolicy", policy, POLICIES);
        }
    }

    private static @Nullable String wrongInSystemClass(String name, int value, boolean globalDefault) {
        int known = switch (name) {
            case "system-cluster-critical" -> 2_000_000_000;
            case "system-node-critical" -> 2_000_001_000;
            default -> 0;
        };
        if (known == 0) {
            return name + " is not a known system priority class";
        }
        if (value != known) {
            return "value of " + name + " PriorityClass must be " + known;
        }
        return globalDefault ? "globalDefault of " + name + " PriorityClass must be false" : null;
    }

    /// Rule PRI-002: value and preemptionPolicy stay as they were.
    static void change(PriorityClass old, PriorityClass changed, Complaints to) {
        if (Settled.orZero(old.getValue()) != Settled.orZero(changed.getValue())) {
            to.forbidden("value", "may not be changed in an update.");
        }
        to.immutable("preemptionPolicy", "", old.getPreemptionPolicy(), changed.getPreemptionPolicy());
    }
}
