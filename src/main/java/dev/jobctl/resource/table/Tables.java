package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Kind;
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
import java.time.Instant;
import java.util.List;

/// Objects as rows of a server-side Table, cell for cell as the real server makes them.
public final class Tables {
    private Tables() {}

    /// The columns of a kind; kinds without own ones have Name and Age.
    public static List<Column> columns(Kind kind) {
        return switch (kind.kind()) {
            case "Job" -> JobRows.COLUMNS;
            case "CronJob" -> CronJobRows.COLUMNS;
            case "Pod" -> PodRows.COLUMNS;
            case "Event" -> EventRows.COLUMNS;
            case "Node" -> NodeRows.COLUMNS;
            case "Lease" -> PlainRows.LEASE;
            case "Namespace" -> PlainRows.NAMESPACE;
            case "ConfigMap" -> PlainRows.CONFIG_MAP;
            case "Secret" -> PlainRows.SECRET;
            case "ServiceAccount" -> PlainRows.SERVICE_ACCOUNT;
            case "ResourceQuota" -> PolicyRows.RESOURCE_QUOTA;
            case "LimitRange" -> PolicyRows.LIMIT_RANGE;
            case "PriorityClass" -> PolicyRows.PRIORITY_CLASS;
            case "PodDisruptionBudget" -> PolicyRows.BUDGET;
            case "Service" -> ServiceRows.SERVICE;
            case "Endpoints" -> ServiceRows.ENDPOINTS;
            case "EndpointSlice" -> ServiceRows.ENDPOINT_SLICE;
            case "PersistentVolumeClaim" -> ServiceRows.CLAIM;
            case "Role", "ClusterRole" -> AccessRows.ROLE;
            case "RoleBinding", "ClusterRoleBinding" -> AccessRows.BINDING;
            default -> PlainRows.ANY;
        };
    }

    /// One cell for each column of the object's kind, in their order: [String], [Long] for a number or
    /// [Boolean]. Ages are counted to `now`.
    public static List<Object> cells(HasMetadata object, Instant now) {
        return switch (object) {
            case Job job -> JobRows.cells(job, now);
            case CronJob cronJob -> CronJobRows.cells(cronJob, now);
            case Pod pod -> PodRows.cells(pod, now);
            case Event event -> EventRows.cells(event, now);
            case Node node -> NodeRows.cells(node, now);
            case Lease lease -> PlainRows.cells(lease, now);
            case Namespace namespace -> PlainRows.cells(namespace, now);
            case ConfigMap map -> PlainRows.cells(map, now);
            case Secret secret -> PlainRows.cells(secret, now);
            case ServiceAccount account -> PlainRows.cells(account, now);
            case ResourceQuota quota -> PolicyRows.cells(quota, now);
            case LimitRange limits -> PolicyRows.cells(limits);
            case PriorityClass priority -> PolicyRows.cells(priority, now);
            case PodDisruptionBudget budget -> PolicyRows.cells(budget, now);
            case Service service -> ServiceRows.cells(service, now);
            case Endpoints endpoints -> ServiceRows.cells(endpoints, now);
            case EndpointSlice slice -> ServiceRows.cells(slice, now);
            case PersistentVolumeClaim claim -> ServiceRows.cells(claim, now);
            case Role role -> AccessRows.role(role);
            case ClusterRole role -> AccessRows.role(role);
            case RoleBinding binding -> AccessRows.binding(binding, binding.getRoleRef(), binding.getSubjects(), now);
            case ClusterRoleBinding binding ->
                AccessRows.binding(binding, binding.getRoleRef(), binding.getSubjects(), now);
            default -> PlainRows.cells(object, now);
        };
    }
}
