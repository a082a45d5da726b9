package dev.jobctl.control.quota;

import dev.jobctl.resource.view.PodAmounts;
import dev.jobctl.resource.view.PodClaim;
import dev.jobctl.resource.view.QuotaView;
import dev.jobctl.resource.view.ServiceClaim;
import dev.jobctl.resource.view.StorageClaim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one object takes of a quota.
///
/// @param amounts by the names that quotas use, in the numbers of [QuotaView#hard]
/// @param pod null for objects of other kinds
public record QuotaCharge(
        Map<String, Long> amounts, @Nullable PodClaim pod) {
    private static final String COUNT = "count/";
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final Set<String> SHORT =
            Set.of("configmaps", "replicationcontrollers", "resourcequotas", "secrets");
    private static final Set<String> OF_PODS = Set.of(
            "count/pods",
            "pods",
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");
    private static final Set<String> LIMITED = Set.of("cpu", "memory", "ephemeral-storage");

    public QuotaCharge {
        amounts = Map.copyOf(amounts);
    }

    /// Rule QUO-001: an object of another kind than those below counts as `count/PLURAL.GROUP`, some also by their bare
    /// name.
    ///
    /// @param resource such as `jobs.batch` or `secrets`
    public static QuotaCharge ofObject(String resource) {
        return new QuotaCharge(
                SHORT.contains(resource) ? Map.of(COUNT + resource, 1L, resource, 1L) : Map.of(COUNT + resource, 1L),
                null);
    }

    /// Rule QUO-009: a Service by the ports of the nodes that it wants, and as load balancer.
    public static QuotaCharge ofService(ServiceClaim service) {
        return new QuotaCharge(
                Map.of(
                        COUNT + "services",
                        1L,
                        "services",
                        1L,
                        "services.nodeports",
                        (long) service.nodePorts(),
                        "services.loadbalancers",
                        service.loadBalancer() ? 1L : 0L),
                null);
    }

    /// Rule QUO-010: a claim by its storage, of all classes and of its own.
    public static QuotaCharge ofStorage(StorageClaim claim) {
        String own = claim.storageClass() + ".storageclass.storage.k8s.io/";
        Map<String, Long> amounts = new HashMap<>();
        amounts.put(COUNT + CLAIMS, 1L);
        amounts.put(CLAIMS, 1L);
        if (claim.bytes() != null) {
            amounts.put(STORAGE, claim.bytes());
        }
        if (!claim.storageClass().isEmpty()) {
            amounts.put(own + CLAIMS, 1L);
            if (claim.bytes() != null) {
                amounts.put(own + STORAGE, claim.bytes());
            }
        }
        return new QuotaCharge(amounts, null);
    }

    /// Rule QUO-002: a pod is in `count/pods` as long as it is stored; in `pods`, requests and limits until it has
    /// ended.
    public static QuotaCharge ofPod(PodClaim pod) {
        Map<String, Long> amounts = new HashMap<>();
        amounts.put(COUNT + "pods", 1L);
        if (!pod.ended()) {
            amounts.put("pods", 1L);
            addAmounts(pod.amounts(), amounts);
        }
        return new QuotaCharge(amounts, pod);
    }

    private static void addAmounts(PodAmounts of, Map<String, Long> amounts) {
        of.requests().forEach((name, amount) -> {
            if (LIMITED.contains(name) || name.startsWith("hugepages-")) {
                amounts.put(name, amount);
            }
            amounts.put("requests." + name, amount);
        });
        of.limits().forEach((name, amount) -> {
            if (LIMITED.contains(name)) {
                amounts.put("limits." + name, amount);
            }
        });
    }

    /// What a change takes more than before, of a quota that counts both.
    QuotaCharge beyond(QuotaCharge before) {
        Map<String, Long> more = new HashMap<>(amounts);
        more.replaceAll((name, amount) -> Math.max(0, amount - before.amounts.getOrDefault(name, 0L)));
        return new QuotaCharge(more, pod);
    }

    /// The same pod, when nobody waits for its end any more.
    QuotaCharge afterEnd() {
        return new QuotaCharge(Map.of(COUNT + "pods", 1L), pod);
    }

    /// Rule QUO-003: whether the quota counts this object at all: it bounds something of the kind, and all its scopes
    /// hold.
    public boolean counts(QuotaView quota) {
        if (pod == null) {
            return quota.scopes().isEmpty() && quota.hard().keySet().stream().anyMatch(amounts::containsKey);
        }
        return quota.hard().keySet().stream().anyMatch(QuotaCharge::isOfPods)
                && quota.scopes().stream().allMatch(scope -> holds(scope, pod));
    }

    private static boolean isOfPods(String name) {
        return OF_PODS.contains(name)
                || name.startsWith("hugepages-")
                || name.startsWith("requests.hugepages-")
                || (name.startsWith("requests.") && name.indexOf('/') > 0);
    }

    /// Rule QUO-004, "Quotas and admission that touch Jobs": only the pod's own deadline makes it Terminating.
    private static boolean holds(QuotaView.Scope scope, PodClaim pod) {
        return switch (scope.name()) {
            case "Terminating" -> pod.deadline();
            case "NotTerminating" -> !pod.deadline();
            case "BestEffort" -> pod.bestEffort();
            case "NotBestEffort" -> !pod.bestEffort();
            case "CrossNamespacePodAffinity" -> pod.reachesNamespaces();
            case "PriorityClass" -> holds(scope, pod.priorityClass());
            default -> false;
        };
    }

    private static boolean holds(QuotaView.Scope scope, String priorityClass) {
        return switch (scope.operator()) {
            case "In" -> scope.values().contains(priorityClass);
            case "NotIn" -> !scope.values().contains(priorityClass);
            case "DoesNotExist" -> priorityClass.isEmpty();
            default -> !priorityClass.isEmpty();
        };
    }
}
