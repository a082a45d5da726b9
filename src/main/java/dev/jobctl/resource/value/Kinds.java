package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The resource types that the local API serves. The one list: discovery, routes, storage and OpenAPI follow from it.
public final class Kinds {
    public static final Kind NAMESPACE = core("Namespace", "namespaces", List.of("ns"), false, true, Namespace.class);
    public static final Kind NODE = core("Node", "nodes", List.of("no"), false, true, Node.class);
    public static final Kind POD =
            new Kind("", "v1", "Pod", "pods", "pod", List.of("po"), List.of("all"), true, true, Pod.class);
    public static final Kind EVENT = core("Event", "events", List.of("ev"), true, false, Event.class);
    public static final Kind CONFIG_MAP = core("ConfigMap", "configmaps", List.of("cm"), true, false, ConfigMap.class);
    public static final Kind SECRET = core("Secret", "secrets", List.of(), true, false, Secret.class);
    public static final Kind SERVICE_ACCOUNT =
            core("ServiceAccount", "serviceaccounts", List.of("sa"), true, false, ServiceAccount.class);
    public static final Kind SERVICE = new Kind(
            "", "v1", "Service", "services", "service", List.of("svc"), List.of("all"), true, true, Service.class);
    public static final Kind ENDPOINTS = core("Endpoints", "endpoints", List.of("ep"), true, false, Endpoints.class);
    public static final Kind PERSISTENT_VOLUME_CLAIM = core(
            "PersistentVolumeClaim", "persistentvolumeclaims", List.of("pvc"), true, true, PersistentVolumeClaim.class);
    public static final Kind RESOURCE_QUOTA =
            core("ResourceQuota", "resourcequotas", List.of("quota"), true, true, ResourceQuota.class);
    public static final Kind LIMIT_RANGE =
            core("LimitRange", "limitranges", List.of("limits"), true, false, LimitRange.class);
    public static final Kind PRIORITY_CLASS = new Kind(
            "scheduling.k8s.io",
            "v1",
            "PriorityClass",
            "priorityclasses",
            "priorityclass",
            List.of("pc"),
            List.of(),
            false,
            false,
            PriorityClass.class);
    public static final Kind POD_DISRUPTION_BUDGET = new Kind(
            "policy",
            "v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            "poddisruptionbudget",
            List.of("pdb"),
            List.of(),
            true,
            true,
            PodDisruptionBudget.class);
    public static final Kind JOB =
            new Kind("batch", "v1", "Job", "jobs", "job", List.of(), List.of("all"), true, true, Job.class);
    public static final Kind CRON_JOB = new Kind(
            "batch", "v1", "CronJob", "cronjobs", "cronjob", List.of("cj"), List.of("all"), true, true, CronJob.class);
    public static final Kind LEASE = new Kind(
            "coordination.k8s.io", "v1", "Lease", "leases", "lease", List.of(), List.of(), true, false, Lease.class);

    public static final Kind ENDPOINT_SLICE = new Kind(
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            "endpointslice",
            List.of(),
            List.of(),
            true,
            false,
            EndpointSlice.class);

    /// The group of roles and bindings.
    public static final String RBAC = "rbac.authorization.k8s.io";

    public static final Kind ROLE = rbac("Role", "roles", true, Role.class);
    public static final Kind ROLE_BINDING = rbac("RoleBinding", "rolebindings", true, RoleBinding.class);
    public static final Kind CLUSTER_ROLE = rbac("ClusterRole", "clusterroles", false, ClusterRole.class);
    public static final Kind CLUSTER_ROLE_BINDING =
            rbac("ClusterRoleBinding", "clusterrolebindings", false, ClusterRoleBinding.class);

    /// Events as the newer group calls them: the same objects as those of [#EVENT], and not stored beside them.
    public static final Kind GROUPED_EVENT = new Kind(
            "events.k8s.io",
            "v1",
            "Event",
            "events",
            "event",
            List.of("ev"),
            List.of(),
            true,
            false,
            io.fabric8.kubernetes.api.model.events.v1.Event.class);

    private static final List<Kind> ALL = List.of(
            NAMESPACE,
            NODE,
            POD,
            EVENT,
            CONFIG_MAP,
            SECRET,
            SERVICE_ACCOUNT,
            SERVICE,
            ENDPOINTS,
            PERSISTENT_VOLUME_CLAIM,
            RESOURCE_QUOTA,
            LIMIT_RANGE,
            JOB,
            CRON_JOB,
            LEASE,
            PRIORITY_CLASS,
            POD_DISRUPTION_BUDGET,
            ENDPOINT_SLICE,
            ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE,
            CLUSTER_ROLE_BINDING);

    private static final Set<Kind> RETURNED =
            Set.of(POD, SERVICE_ACCOUNT, SERVICE, PERSISTENT_VOLUME_CLAIM, RESOURCE_QUOTA);

    private Kinds() {}

    /// In a fixed order.
    public static List<Kind> all() {
        return ALL;
    }

    /// The same with the kinds that are another way to those.
    public static List<Kind> served() {
        return Stream.concat(ALL.stream(), Stream.of(GROUPED_EVENT)).toList();
    }

    public static Optional<Kind> byPlural(String group, String version, String plural) {
        return ALL.stream()
                .filter(k -> k.group().equals(group)
                        && k.version().equals(version)
                        && k.plural().equals(plural))
                .findFirst();
    }

    /// `apiVersion` and `kind` as written in an object.
    public static Optional<Kind> byName(String apiVersion, String kind) {
        return ALL.stream()
                .filter(k -> k.apiVersion().equals(apiVersion) && k.kind().equals(kind))
                .findFirst();
    }

    /// Whether a deletion is answered with the object, and not with a Status.
    public static boolean returnedWhenDeleted(Kind kind) {
        return RETURNED.contains(kind);
    }

    /// Whether many can be deleted at once: namespaces go one by one.
    public static boolean deletedTogether(Kind kind) {
        return !kind.equals(NAMESPACE);
    }

    private static Kind core(
            String kind,
            String plural,
            List<String> shortNames,
            boolean namespaced,
            boolean status,
            Class<? extends HasMetadata> type) {
        return new Kind(
                "", "v1", kind, plural, kind.toLowerCase(Locale.ROOT), shortNames, List.of(), namespaced, status, type);
    }

    private static Kind rbac(String kind, String plural, boolean namespaced, Class<? extends HasMetadata> type) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return new Kind(RBAC, "v1", kind, plural, singular, List.of(), List.of(), namespaced, false, type);
    }
}
