package dev.jobctl.apiserver.access;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nobody may give what it does not have: checked when roles and bindings are written. Pure.
public final class Escalation {
    private static final List<PolicyRule> ALL = List.of(
            new PolicyRule(List.of("*"), List.of(), List.of(), List.of("*"), List.of("*")),
            new PolicyRule(List.of(), List.of("*"), List.of(), List.of(), List.of("*")));

    private Escalation() {}

    /// What came of it.
    public sealed interface Finding {
        /// Go on.
        record Fine() implements Finding {}

        record Refused(String why) implements Finding {}

        /// The binding names a role that is not there.
        record NoRole(Kind kind, String name) implements Finding {}
    }

    /// @param old null: it is being created
    public static Finding check(
            Snapshot<ObjectVersion> state, Identity who, @Nullable HasMetadata old, HasMetadata next) {
        if (who.master()) {
            return new Finding.Fine();
        }
        return switch (next) {
            case Role role -> {
                boolean same = old instanceof Role before && Objects.equals(before.getRules(), role.getRules());
                yield same ? new Finding.Fine() : role(state, who, Kinds.ROLE, role, list(role.getRules()));
            }
            case ClusterRole role -> clusterRole(state, who, old instanceof ClusterRole before ? before : null, role);
            case RoleBinding binding -> {
                boolean same = old instanceof RoleBinding before
                        && Objects.equals(before.getSubjects(), binding.getSubjects());
                String namespace = binding.getMetadata().getNamespace();
                yield same ? new Finding.Fine() : binding(state, who, binding.getRoleRef(), namespace);
            }
            case ClusterRoleBinding binding -> {
                boolean same = old instanceof ClusterRoleBinding before
                        && Objects.equals(before.getSubjects(), binding.getSubjects());
                yield same ? new Finding.Fine() : binding(state, who, binding.getRoleRef(), "");
            }
            default -> new Finding.Fine();
        };
    }

    private static Finding clusterRole(
            Snapshot<ObjectVersion> state, Identity who, @Nullable ClusterRole old, ClusterRole role) {
        boolean sameRules = old != null && Objects.equals(old.getRules(), role.getRules());
        boolean sameSelectors = old != null && Objects.equals(old.getAggregationRule(), role.getAggregationRule());
        if (sameRules && sameSelectors) {
            return new Finding.Fine();
        }
        boolean gathers = role.getAggregationRule() != null && !sameSelectors;
        if (gathers
                && !may(state, who, "escalate", Kinds.CLUSTER_ROLE, "", role)
                && !Coverage.missing(Access.rules(state, who, ""), ALL).isEmpty()) {
            return new Finding.Refused("must have cluster-admin privileges to use the aggregationRule");
        }
        return role(state, who, Kinds.CLUSTER_ROLE, role, list(role.getRules()));
    }

    private static Finding role(
            Snapshot<ObjectVersion> state, Identity who, Kind kind, HasMetadata role, List<PolicyRule> rules) {
        String namespace = kind.namespaced() ? role.getMetadata().getNamespace() : "";
        return may(state, who, "escalate", kind, namespace, role)
                ? new Finding.Fine()
                : covered(state, who, namespace, rules);
    }

    private static boolean may(
            Snapshot<ObjectVersion> state, Identity who, String verb, Kind kind, String namespace, HasMetadata role) {
        String name = role.getMetadata().getName();
        return Access.decide(state, who, Deed.onResource(verb, Kinds.RBAC, kind.plural(), namespace, name))
                .allowed();
    }

    private static Finding binding(Snapshot<ObjectVersion> state, Identity who, RoleRef role, String namespace) {
        Kind kind = Grants.kind(role);
        Deed bind = Deed.onResource("bind", Kinds.RBAC, kind.plural(), namespace, role.getName());
        if (Access.decide(state, who, bind).allowed()) {
            return new Finding.Fine();
        }
        Optional<List<PolicyRule>> rules = Grants.rules(state, role, namespace);
        return rules.isEmpty() ? new Finding.NoRole(kind, role.getName()) : covered(state, who, namespace, rules.get());
    }

    private static Finding covered(
            Snapshot<ObjectVersion> state, Identity who, String namespace, List<PolicyRule> wanted) {
        List<String> missing = Coverage.missing(Access.rules(state, who, namespace), wanted);
        if (missing.isEmpty()) {
            return new Finding.Fine();
        }
        return new Finding.Refused("user \"" + who.user() + "\" (groups=" + Coverage.quoted(who.groups())
                + ") is attempting to grant RBAC permissions not currently held:\n"
                + String.join("\n", missing));
    }
}
