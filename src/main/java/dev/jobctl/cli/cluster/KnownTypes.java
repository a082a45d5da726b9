package dev.jobctl.cli.cluster;

import java.util.List;
import java.util.Locale;

/// The types that every cluster has, known without asking. A server that lacks one answers 404, which the verbs turn
/// into "the server doesn't have a resource type".
public final class KnownTypes {
    public static final ResourceType JOBS =
            new ResourceType("batch", "v1", "Job", "jobs", "job", List.of(), List.of("all"), true);
    public static final ResourceType CRON_JOBS =
            new ResourceType("batch", "v1", "CronJob", "cronjobs", "cronjob", List.of("cj"), List.of("all"), true);
    public static final ResourceType PODS =
            new ResourceType("", "v1", "Pod", "pods", "pod", List.of("po"), List.of("all"), true);
    public static final ResourceType EVENTS = core("Event", "events", "ev");

    public static final ResourceType NODES = wide("", "Node", "nodes", "no");
    public static final ResourceType NAMESPACES = wide("", "Namespace", "namespaces", "ns");
    public static final ResourceType CONFIG_MAPS = core("ConfigMap", "configmaps", "cm");
    public static final ResourceType SECRETS = core("Secret", "secrets");
    public static final ResourceType QUOTAS = core("ResourceQuota", "resourcequotas", "quota");
    public static final ResourceType LIMITS = core("LimitRange", "limitranges", "limits");
    public static final ResourceType ENDPOINT_SLICES = narrow("discovery.k8s.io", "EndpointSlice", "endpointslices");
    public static final ResourceType LEASES = narrow("coordination.k8s.io", "Lease", "leases");

    private static final List<ResourceType> ALL = List.of(
            JOBS,
            CRON_JOBS,
            PODS,
            EVENTS,
            NAMESPACES,
            NODES,
            wide("", "PersistentVolume", "persistentvolumes", "pv"),
            CONFIG_MAPS,
            SECRETS,
            core("ServiceAccount", "serviceaccounts", "sa"),
            new ResourceType("", "v1", "Service", "services", "service", List.of("svc"), List.of("all"), true),
            core("Endpoints", "endpoints", "ep"),
            ENDPOINT_SLICES,
            core("PersistentVolumeClaim", "persistentvolumeclaims", "pvc"),
            QUOTAS,
            LIMITS,
            LEASES,
            narrow("apps", "Deployment", "deployments", "deploy"),
            narrow("apps", "ReplicaSet", "replicasets", "rs"),
            narrow("apps", "StatefulSet", "statefulsets", "sts"),
            narrow("apps", "DaemonSet", "daemonsets", "ds"),
            narrow("rbac.authorization.k8s.io", "Role", "roles"),
            narrow("rbac.authorization.k8s.io", "RoleBinding", "rolebindings"),
            wide("rbac.authorization.k8s.io", "ClusterRole", "clusterroles"),
            wide("rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings"),
            new ResourceType(
                    "scheduling.k8s.io",
                    "v1",
                    "PriorityClass",
                    "priorityclasses",
                    "priorityclass",
                    List.of("pc"),
                    List.of(),
                    false),
            new ResourceType(
                    "node.k8s.io",
                    "v1",
                    "RuntimeClass",
                    "runtimeclasses",
                    "runtimeclass",
                    List.of(),
                    List.of(),
                    false));

    private KnownTypes() {}

    public static List<ResourceType> all() {
        return ALL;
    }

    private static ResourceType core(String kind, String plural, String... shortNames) {
        return narrow("", kind, plural, shortNames);
    }

    private static ResourceType narrow(String group, String kind, String plural, String... shortNames) {
        return new ResourceType(
                group, "v1", kind, plural, kind.toLowerCase(Locale.ROOT), List.of(shortNames), List.of(), true);
    }

    private static ResourceType wide(String group, String kind, String plural, String... shortNames) {
        return new ResourceType(
                group, "v1", kind, plural, kind.toLowerCase(Locale.ROOT), List.of(shortNames), List.of(), false);
    }
}
