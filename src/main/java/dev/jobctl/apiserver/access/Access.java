package dev.jobctl.apiserver.access;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;

/// Whether somebody may do something, by the roles and bindings of one state. Pure.
public final class Access {
    private Access() {}

    /// The answer, and why; the reason is empty where there is nothing to say.
    public record Verdict(boolean allowed, String reason) {}

    public static Verdict decide(Snapshot<ObjectVersion> state, Identity who, Deed deed) {
        if (who.master()) {
            return new Verdict(true, "");
        }
        Grants grants = Grants.of(state, who, deed.namespace());
        for (Grants.Grant grant : grants.all()) {
            if (grant.rules().stream().anyMatch(rule -> RuleMatch.allows(rule, deed))) {
                return new Verdict(true, "RBAC: allowed by " + grant.how());
            }
        }
        return new Verdict(false, refusal(grants.missing()));
    }

    private static String refusal(List<String> missing) {
        return switch (missing.size()) {
            case 0 -> "";
            case 1 -> "RBAC: " + missing.getFirst();
            default -> "RBAC: [" + String.join(", ", missing) + "]";
        };
    }

    /// All that somebody may do in a namespace, as rules.
    public static List<PolicyRule> rules(Snapshot<ObjectVersion> state, Identity who, String namespace) {
        return Grants.of(state, who, namespace).rules();
    }
}
