package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The page of one object.
public final class Describe {
    private static final String RBAC = "rbac.authorization.k8s.io/v1 ";

    /// kubectl tells none about these, nor about roles and bindings.
    private static final Set<String> WITHOUT_EVENTS =
            Set.of("v1 Secret", "v1 ResourceQuota", "v1 LimitRange", "v1 Namespace");

    private Describe() {}

    /// `events` null: leave the block out. Ends with a line feed.
    public static String of(JsonNode object, Around around, @Nullable List<? extends JsonNode> events, Instant now) {
        Page page = new Page();
        String kind = Parts.text(object.path("apiVersion")) + " " + Parts.text(object.path("kind"));
        switch (kind) {
            case "batch/v1 Job" -> JobPage.write(page, object);
            case "batch/v1 CronJob" -> CronJobPage.write(page, object);
            case "v1 Pod" -> PodPage.write(page, object, now);
            case "v1 Node" -> NodePage.write(page, object, around, now);
            case "v1 Namespace" -> NamespacePage.write(page, object, around);
            case "v1 ConfigMap" -> SettingsPage.configMap(page, object);
            case "v1 Secret" -> SettingsPage.secret(page, object);
            case "v1 ResourceQuota" -> PolicyPage.quota(page, object);
            case "v1 LimitRange" -> PolicyPage.limits(page, object);
            case "scheduling.k8s.io/v1 PriorityClass" -> PolicyPage.priority(page, object);
            case "policy/v1 PodDisruptionBudget" -> PolicyPage.budget(page, object);
            case "v1 Service" -> ServicePage.service(page, object, around);
            case "v1 Endpoints" -> ServicePage.endpoints(page, object);
            case "discovery.k8s.io/v1 EndpointSlice" -> ServicePage.slice(page, object);
            case "v1 PersistentVolumeClaim" -> ClaimPage.write(page, object, around, now);
            case RBAC + "Role", RBAC + "ClusterRole" -> AccessPage.role(page, object);
            case RBAC + "RoleBinding", RBAC + "ClusterRoleBinding" -> AccessPage.binding(page, object);
            default -> AnyPage.write(page, object);
        }
        if (events != null && !WITHOUT_EVENTS.contains(kind) && !kind.startsWith(RBAC)) {
            Parts.events(page, events, now);
        }
        return page.aligned();
    }
}
