package dev.jobctl.apiserver.access;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.rbac.AggregationRule;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The roles and bindings that every cluster has, with the real server's rules as far as the resources go that are
/// served here.
public final class BuiltInRoles {
    private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
    private static final String READ = "get,list,watch";
    private static final String WRITE = "create,delete,deletecollection,patch,update";
    private static final String BOTH = "create,delete,deletecollection,get,list,patch,update,watch";
    private static final String JOBS = "cronjobs,cronjobs/status,jobs,jobs/status";
    private static final String INTO_PODS = "pods/attach,pods/exec,pods/portforward,pods/proxy";

    private BuiltInRoles() {}

    /// ClusterRoles first, in order of name.
    public static List<HasMetadata> all() {
        List<HasMetadata> all = new ArrayList<>(roles());
        all.add(binding("cluster-admin", Identity.MASTERS));
        all.add(binding("system:basic-user", Identity.AUTHENTICATED));
        all.add(binding("system:discovery", Identity.AUTHENTICATED));
        all.add(binding("system:public-info-viewer", Identity.AUTHENTICATED, "system:unauthenticated"));
        all.add(binding("system:service-account-issuer-discovery", "system:serviceaccounts"));
        return all;
    }

    private static List<ClusterRole> roles() {
        return List.of(
                gathering("admin", "admin", ""),
                role("cluster-admin", on("*", "*", "*"), at("*", "*")),
                gathering("edit", "edit", "admin"),
                part("admin", administering()),
                part("edit", editing()),
                part("view", viewing()),
                role(
                        "system:basic-user",
                        on("authorization.k8s.io", "selfsubjectaccessreviews,selfsubjectrulesreviews", "create"),
                        on("authentication.k8s.io", "selfsubjectreviews", "create")),
                role(
                        "system:discovery",
                        at(
                                "/api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,"
                                        + "/version/",
                                "get")),
                role("system:public-info-viewer", at("/healthz,/livez,/readyz,/version,/version/", "get")),
                role(
                        "system:service-account-issuer-discovery",
                        at(
                                "/.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,"
                                        + "/openid/v1/jwks/",
                                "get")),
                gathering("view", "view", "edit"));
    }

    private static PolicyRule[] administering() {
        return new PolicyRule[] {
            on("authorization.k8s.io", "localsubjectaccessreviews", "create"),
            on(Kinds.RBAC, "rolebindings,roles", BOTH)
        };
    }

    private static PolicyRule[] editing() {
        return new PolicyRule[] {
            on("", INTO_PODS + ",secrets", READ),
            on("", "serviceaccounts", "impersonate"),
            on("", "pods," + INTO_PODS, WRITE),
            on("", "pods/eviction", "create"),
            on("", "configmaps,events,persistentvolumeclaims,secrets,serviceaccounts,services", WRITE),
            on("", "serviceaccounts/token", "create"),
            on("batch", JOBS, WRITE),
            on("policy", "poddisruptionbudgets,poddisruptionbudgets/status", WRITE),
            on("coordination.k8s.io", "leases", BOTH)
        };
    }

    private static PolicyRule[] viewing() {
        return new PolicyRule[] {
            on("", "configmaps,persistentvolumeclaims,pods,serviceaccounts,services", READ),
            on(
                    "",
                    "bindings,events,limitranges,namespaces/status,pods/log,pods/status,resourcequotas,"
                            + "resourcequotas/status",
                    READ),
            on("", "namespaces", READ),
            on("batch", JOBS, READ),
            on("policy", "poddisruptionbudgets,poddisruptionbudgets/status", READ)
        };
    }

    private static PolicyRule on(String groups, String resources, String verbs) {
        PolicyRule rule = new PolicyRule();
        rule.setApiGroups(List.of(groups.split(",", -1)));
        rule.setResources(List.of(resources.split(",", -1)));
        rule.setVerbs(List.of(verbs.split(",", -1)));
        return rule;
    }

    private static PolicyRule at(String addresses, String verbs) {
        PolicyRule rule = new PolicyRule();
        rule.setNonResourceURLs(List.of(addresses.split(",", -1)));
        rule.setVerbs(List.of(verbs.split(",", -1)));
        return rule;
    }

    private static ClusterRole role(String name, PolicyRule... rules) {
        ClusterRole role = new ClusterRole();
        role.setMetadata(meta(name, ""));
        role.setRules(List.of(rules));
        return role;
    }

    private static ClusterRole part(String of, PolicyRule... rules) {
        ClusterRole role = role("system:aggregate-to-" + of, rules);
        role.setMetadata(meta("system:aggregate-to-" + of, of));
        return role;
    }

    /// One whose rules are those of all roles with a label.
    ///
    /// @param into which other role takes in this one; empty: none
    private static ClusterRole gathering(String name, String label, String into) {
        ClusterRole role = role(name);
        role.setMetadata(meta(name, into));
        LabelSelector selector = new LabelSelector();
        selector.setMatchLabels(Map.of(AGGREGATE + label, "true"));
        role.setAggregationRule(new AggregationRule(List.of(selector)));
        return role;
    }

    private static ClusterRoleBinding binding(String role, String... groups) {
        ClusterRoleBinding binding = new ClusterRoleBinding();
        binding.setMetadata(meta(role, ""));
        binding.setRoleRef(new RoleRef(Kinds.RBAC, "ClusterRole", role));
        List<Subject> subjects = new ArrayList<>();
        for (String group : groups) {
            subjects.add(new Subject(Kinds.RBAC, "Group", group, nowhere()));
        }
        binding.setSubjects(subjects);
        return binding;
    }

    private static @Nullable String nowhere() {
        return null;
    }

    private static ObjectMeta meta(String name, String into) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(name);
        meta.setAnnotations(Map.of("rbac.authorization.kubernetes.io/autoupdate", "true"));
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/bootstrapping", "rbac-defaults");
        if (!into.isEmpty()) {
            labels.put(AGGREGATE + into, "true");
        }
        meta.setLabels(labels);
        return meta;
    }
}
