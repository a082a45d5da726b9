package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Roles, and what binds them to users, groups and service accounts.
final class AccessValidation {
    private static final List<String> SUBJECTS = List.of("Group", "ServiceAccount", "User");
    private static final List<String> ROLES = List.of("ClusterRole", "Role");

    private AccessValidation() {}

    static void check(ClusterRole role, Complaints to) {
        rules(role.getRules(), false, to);
        if (role.getAggregationRule() == null) {
            return;
        }
        if (list(role.getAggregationRule().getClusterRoleSelectors()).isEmpty()) {
            to.required(
                    "aggregationRule.clusterRoleSelectors",
                    "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
    }

    /// @param namespaced of a Role, which says nothing of addresses that are no resources
    static void rules(@Nullable List<PolicyRule> rules, boolean namespaced, Complaints to) {
        int index = 0;
        for (PolicyRule rule : list(rules)) {
            rule(rule, "rules[" + index++ + "]", namespaced, to);
        }
    }

    private static void rule(PolicyRule rule, String path, boolean namespaced, Complaints to) {
        if (list(rule.getVerbs()).isEmpty()) {
            to.required(path + ".verbs", "verbs must contain at least one value");
        }
        boolean groups = !list(rule.getApiGroups()).isEmpty();
        boolean resources = !list(rule.getResources()).isEmpty();
        List<String> addresses = list(rule.getNonResourceURLs());
        if (!addresses.isEmpty()) {
            String field = path + ".nonResourceURLs";
            if (namespaced) {
                to.invalid(field, addresses, "namespaced rules cannot apply to non-resource URLs");
            }
            if (groups || resources || !list(rule.getResourceNames()).isEmpty()) {
                to.invalid(field, addresses, "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (!groups) {
            to.required(path + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (!resources) {
            to.required(path + ".resources", "resource rules must supply at least one resource");
        }
    }

    static void binding(@Nullable RoleRef role, @Nullable List<Subject> subjects, boolean namespaced, Complaints to) {
        RoleRef given = role == null ? new RoleRef() : role;
        String group = Settled.orEmpty(given.getApiGroup());
        if (!group.equals(Kinds.RBAC)) {
            to.notSupported("roleRef.apiGroup", group, List.of(Kinds.RBAC));
        }
        List<String> kinds = namespaced ? ROLES : List.of("ClusterRole");
        if (!kinds.contains(Settled.orEmpty(given.getKind()))) {
            to.notSupported("roleRef.kind", Settled.orEmpty(given.getKind()), kinds);
        }
        if (Settled.blank(given.getName())) {
            to.required("roleRef.name", "");
        } else {
            to.invalidEach("roleRef.name", given.getName(), Names.pathSegment(given.getName()));
        }
        int index = 0;
        for (Subject subject : list(subjects)) {
            subject(subject, "subjects[" + index++ + "]", namespaced, to);
        }
    }

    private static void subject(Subject subject, String path, boolean namespaced, Complaints to) {
        String name = Settled.orEmpty(subject.getName());
        String group = Settled.orEmpty(subject.getApiGroup());
        if (name.isEmpty()) {
            to.required(path + ".name", "");
        }
        switch (Settled.orEmpty(subject.getKind())) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    to.invalidEach(path + ".name", name, Names.dnsSubdomain(name));
                }
                if (!group.isEmpty()) {
                    to.notSupported(path + ".apiGroup", group, List.of(""));
                }
                if (!namespaced && Settled.blank(subject.getNamespace())) {
                    to.required(path + ".namespace", "");
                }
            }
            case "User", "Group" -> {
                if (!group.equals(Kinds.RBAC)) {
                    to.notSupported(path + ".apiGroup", group, List.of(Kinds.RBAC));
                }
            }
            default -> to.notSupported(path + ".kind", Settled.orEmpty(subject.getKind()), SUBJECTS);
        }
    }

    /// A binding is for one role for ever: whoever may change its subjects may not change what they get.
    static void change(@Nullable RoleRef old, @Nullable RoleRef changed, Complaints to) {
        if (changed != null && !changed.equals(old)) {
            to.invalidStruct("roleRef", GoText.struct("rbac.RoleRef", changed), "cannot change roleRef");
        }
    }
}
