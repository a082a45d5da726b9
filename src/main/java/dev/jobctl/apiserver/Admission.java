package dev.jobctl.apiserver;

import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.defaults.LimitRanging;
import dev.jobctl.resource.defaults.PodAdmission;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the LimitRanges and ServiceAccounts of its namespace and the PriorityClasses do to a new pod, and LimitRanges
/// to
/// a claim. Quotas are the loop's: only there it is exact what is taken.
final class Admission {
    private Admission() {}

    /// Completes a new, defaulted pod; other kinds stay as they are. Throws [ApiError] 403 for what is refused before
    /// the object is validated. What comes back is refused after that, null for nothing.
    static @Nullable ApiError admit(Kind kind, HasMetadata object, Snapshot<ObjectVersion> snapshot) {
        if (object instanceof PersistentVolumeClaim claim) {
            return refusal(kind, claim, snapshot);
        }
        if (!(object instanceof Pod pod) || pod.getSpec() == null) {
            return null;
        }
        PodRules rules = rules(snapshot, pod.getMetadata().getNamespace());
        PodAdmission.admit(pod, rules);
        PodRules.@Nullable Refusal refusal = PodAdmission.refusal(pod, rules);
        if (refusal == null) {
            return null;
        }
        if (refusal.unnamed()) {
            throw ApiError.forbidden(kind, unnamed(pod), refusal.why());
        }
        return ApiError.forbidden(kind, pod.getMetadata().getName(), refusal.why());
    }

    /// Throws [ApiError] 403 when a claim is changed beyond its bounds. One that is being deleted may be.
    static void checkUpdate(Kind kind, HasMetadata old, HasMetadata object, Snapshot<ObjectVersion> snapshot) {
        if (object instanceof PersistentVolumeClaim claim && old.getMetadata().getDeletionTimestamp() == null) {
            @Nullable ApiError refused = refusal(kind, claim, snapshot);
            if (refused != null) {
                throw refused;
            }
        }
    }

    private static @Nullable ApiError refusal(
            Kind kind, PersistentVolumeClaim claim, Snapshot<ObjectVersion> snapshot) {
        @Nullable
        String why =
                LimitRanging.refusal(claim, limits(snapshot, claim.getMetadata().getNamespace()));
        return why == null ? null : ApiError.forbidden(kind, claim.getMetadata().getName(), why);
    }

    /// The name as it was before one was generated.
    private static String unnamed(Pod pod) {
        String name = pod.getMetadata().getName();
        @Nullable String base = pod.getMetadata().getGenerateName();
        return base != null && !base.isEmpty() && name.startsWith(base) ? base : name;
    }

    private static Map<String, Boolean> accounts(Snapshot<ObjectVersion> snapshot, String namespace) {
        List<ServiceAccount> accounts = new ArrayList<>();
        if (snapshot.get(new ObjectKey(Kinds.CONFIG_MAP, namespace, AccountVolume.AUTHORITY_MAP).path()) != null) {
            for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.SERVICE_ACCOUNT.keyPrefix() + namespace + "/")) {
                accounts.add((ServiceAccount) each.value().object());
            }
        }
        return PodRules.mounting(accounts);
    }

    private static List<LimitRange> limits(Snapshot<ObjectVersion> snapshot, String namespace) {
        List<LimitRange> limits = new ArrayList<>();
        for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.LIMIT_RANGE.keyPrefix() + namespace + "/")) {
            limits.add((LimitRange) each.value().object());
        }
        return limits;
    }

    private static PodRules rules(Snapshot<ObjectVersion> snapshot, String namespace) {
        List<PriorityClass> priorities = new ArrayList<>();
        for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.PRIORITY_CLASS.keyPrefix())) {
            priorities.add((PriorityClass) each.value().object());
        }
        return new PodRules(limits(snapshot, namespace), priorities, accounts(snapshot, namespace));
    }
}
