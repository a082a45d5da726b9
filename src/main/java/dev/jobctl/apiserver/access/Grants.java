package dev.jobctl.apiserver.access;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that the bindings of one state give to one caller.
///
/// @param missing roles that a binding names and nobody has made, in the real server's words
record Grants(List<Grant> all, List<String> missing) {
    /// One role that a caller has, and by what.
    ///
    /// @param how such as `RoleBinding "read/default" of Role "read" to User "ann"`
    record Grant(String how, List<PolicyRule> rules) {}

    List<PolicyRule> rules() {
        return all.stream().flatMap(grant -> grant.rules().stream()).toList();
    }

    /// @param namespace empty: what holds everywhere only
    static Grants of(Snapshot<ObjectVersion> state, Identity who, String namespace) {
        Grants grants = new Grants(new ArrayList<>(), new ArrayList<>());
        for (Entry<ObjectVersion> each : state.prefixed(Kinds.CLUSTER_ROLE_BINDING.keyPrefix())) {
            var binding = (ClusterRoleBinding) each.value().object();
            String name = "ClusterRoleBinding \"" + binding.getMetadata().getName() + "\"";
            grants.add(state, who, "", name, binding.getRoleRef(), binding.getSubjects());
        }
        if (!namespace.isEmpty()) {
            for (Entry<ObjectVersion> each : state.prefixed(Kinds.ROLE_BINDING.keyPrefix() + namespace + "/")) {
                var binding = (RoleBinding) each.value().object();
                String name = "RoleBinding \"" + binding.getMetadata().getName() + "/" + namespace + "\"";
                grants.add(state, who, namespace, name, binding.getRoleRef(), binding.getSubjects());
            }
        }
        return grants;
    }

    private void add(
            Snapshot<ObjectVersion> state,
            Identity who,
            String namespace,
            String binding,
            RoleRef role,
            @Nullable List<Subject> subjects) {
        Optional<Subject> subject = list(subjects).stream()
                .filter(each -> fits(each, who, namespace))
                .findFirst();
        if (subject.isEmpty()) {
            return;
        }
        Optional<List<PolicyRule>> rules = rules(state, role, namespace);
        if (rules.isEmpty()) {
            missing.add(kind(role).singular() + "." + Kinds.RBAC + " \"" + role.getName() + "\" not found");
            return;
        }
        String how = binding + " of " + role.getKind() + " \"" + role.getName() + "\" to "
                + described(subject.get(), namespace);
        all.add(new Grant(how, rules.get()));
    }

    private static boolean fits(Subject subject, Identity who, String namespace) {
        String name = Settled.orEmpty(subject.getName());
        return switch (Settled.orEmpty(subject.getKind())) {
            case "User" -> who.user().equals(name);
            case "Group" -> who.groups().contains(name);
            case "ServiceAccount" ->
                who.user().equals(Identity.ACCOUNT + place(subject, namespace) + ":" + name)
                        && !place(subject, namespace).isEmpty();
            default -> false;
        };
    }

    private static String place(Subject subject, String namespace) {
        return Settled.blank(subject.getNamespace()) ? namespace : subject.getNamespace();
    }

    private static String described(Subject subject, String namespace) {
        String where = subject.getKind().equals("ServiceAccount") ? "/" + place(subject, namespace) : "";
        return subject.getKind() + " \"" + subject.getName() + where + "\"";
    }

    static Kind kind(RoleRef role) {
        return "Role".equals(role.getKind()) ? Kinds.ROLE : Kinds.CLUSTER_ROLE;
    }

    /// The rules of a role; empty when there is none of that name.
    static Optional<List<PolicyRule>> rules(Snapshot<ObjectVersion> state, RoleRef role, String namespace) {
        Kind kind = kind(role);
        String key = kind.keyPrefix() + (kind.namespaced() ? namespace + "/" : "") + role.getName();
        @Nullable Entry<ObjectVersion> found = state.get(key);
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (found.value().object()) {
                    case Role object -> list(object.getRules());
                    case ClusterRole object -> list(object.getRules());
                    default -> List.of();
                });
    }
}
