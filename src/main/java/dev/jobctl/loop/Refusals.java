package dev.jobctl.loop;

import dev.jobctl.control.budget.Eviction;
import dev.jobctl.control.quota.QuotaAdmission;
import dev.jobctl.control.quota.QuotaUsage;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something may not be created now, in the API's own words.
final class Refusals {
    private static final String NAMESPACES = Kinds.NAMESPACE.keyPrefix();

    private Refusals() {}

    /// Null: nothing speaks against it.
    static @Nullable Status ofCreate(ObjectKey key, State state) {
        if (!key.kind().namespaced()) {
            return null;
        }
        if (state.get(NAMESPACES + key.namespace()) == null) {
            return noNamespace(key.namespace());
        }
        return terminating(key.namespace(), state) ? terminating(key) : null;
    }

    /// Whether that namespace is going: nothing new comes into it.
    static boolean terminating(String namespace, State state) {
        @Nullable ObjectVersion found = state.get(NAMESPACES + namespace);
        return found != null && found.object().getMetadata().getDeletionTimestamp() != null;
    }

    /// The same with what admission says to this very object: quotas, the one global default among priority
    /// classes, and the service account of a pod.
    static @Nullable Status ofCreate(ObjectKey key, HasMetadata object, State state, Instant now) {
        @Nullable Status refused = ofCreate(key, state);
        if (refused != null) {
            return refused;
        }
        @Nullable String why = object instanceof PriorityClass priority ? secondDefault(priority, state) : null;
        if (key.kind().namespaced()) {
            List<QuotaUsage> quotas = state.indexes().quotas().usages(key.namespace(), state, now);
            why = quotas.isEmpty() ? null : QuotaAdmission.refusal(quotas, QuotaLedger.charge(key.kind(), object));
        }
        if (why == null && object instanceof Pod pod) {
            return noAccount(key, pod, state);
        }
        return why == null ? null : forbidden(key.kind(), key.name(), why);
    }

    /// Every namespace has its account `default` in a moment, if not now. Asked before a name is generated.
    private static @Nullable Status noAccount(ObjectKey key, Pod pod, State state) {
        String name = pod.getSpec() == null ? "" : Settled.orEmpty(pod.getSpec().getServiceAccountName());
        boolean there = name.isEmpty()
                || name.equals(EveryNamespace.DEFAULT_ACCOUNT)
                || state.get(Kinds.SERVICE_ACCOUNT.keyPrefix() + key.namespace() + "/" + name) != null;
        if (there) {
            return null;
        }
        String base = Settled.orEmpty(pod.getMetadata().getGenerateName());
        String known = !base.isEmpty() && key.name().startsWith(base) ? base : key.name();
        return forbidden(
                key.kind(),
                known,
                "error looking up service account " + key.namespace() + "/" + name + ": serviceaccount \"" + name
                        + "\" not found");
    }

    /// Null: nothing speaks against it. Quotas weigh only what a change makes more.
    static @Nullable Status ofUpdate(ObjectVersion before, HasMetadata object, State state, Instant now) {
        ObjectKey key = before.key();
        @Nullable String why = object instanceof PriorityClass priority ? secondDefault(priority, state) : null;
        if (key.kind().namespaced()) {
            List<QuotaUsage> quotas = state.indexes().quotas().usages(key.namespace(), state, now);
            why = quotas.isEmpty()
                    ? null
                    : QuotaAdmission.refusal(
                            quotas, QuotaLedger.charge(key.kind(), object), QuotaLedger.charge(before));
        }
        return why == null ? null : forbidden(key.kind(), key.name(), why);
    }

    /// Rule PRI-005: only one class is the default of all pods.
    private static @Nullable String secondDefault(PriorityClass priority, State state) {
        if (!Settled.isTrue(priority.getGlobalDefault())) {
            return null;
        }
        for (Entry<ObjectVersion> each : state.prefixed(Kinds.PRIORITY_CLASS.keyPrefix())) {
            if (each.value().object() instanceof PriorityClass other
                    && Settled.isTrue(other.getGlobalDefault())
                    && !other.getMetadata()
                            .getName()
                            .equals(priority.getMetadata().getName())) {
                return "PriorityClass " + other.getMetadata().getName()
                        + " is already marked as default. Only one default can exist";
            }
        }
        return null;
    }

    /// `pods "pi-x" is forbidden: WHY`.
    static Status forbidden(Kind kind, String name, String why) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage(kind.qualifiedPlural() + " \"" + name + "\" is forbidden: " + why)
                .withReason("Forbidden")
                .withNewDetails()
                .withName(name)
                .withGroup(kind.group().isEmpty() ? null : kind.group())
                .withKind(kind.plural())
                .endDetails()
                .withCode(403)
                .build();
    }

    /// A budget stands against an eviction.
    static Status tooManyDisruptions(Eviction.Verdict.NotNow verdict) {
        int seconds = verdict.retryAfterSeconds();
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage(verdict.message())
                .withReason("TooManyRequests")
                .withNewDetails()
                .addNewCause(null, verdict.cause(), "DisruptionBudget")
                .withRetryAfterSeconds(seconds == 0 ? null : Integer.valueOf(seconds))
                .endDetails()
                .withCode(429)
                .build();
    }

    static Status internal(String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage(message)
                .withReason("InternalError")
                .withCode(500)
                .build();
    }

    /// Whether the reason is that the namespace is going: then controllers give up without an event.
    static boolean isTerminating(Status status) {
        return status.getDetails() != null
                && status.getDetails().getCauses().stream()
                        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static Status noNamespace(String namespace) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage("namespaces \"" + namespace + "\" not found")
                .withReason("NotFound")
                .withNewDetails()
                .withName(namespace)
                .withKind("namespaces")
                .endDetails()
                .withCode(404)
                .build();
    }

    private static Status terminating(ObjectKey key) {
        String because = "namespace " + key.namespace() + " is being terminated";
        return new StatusBuilder()
                .withStatus("Failure")
                .withMessage(key.kind().qualifiedPlural() + " \"" + key.name()
                        + "\" is forbidden: unable to create new content in namespace " + key.namespace()
                        + " because it is being terminated")
                .withReason("Forbidden")
                .withNewDetails()
                .withName(key.name())
                .withGroup(key.kind().group().isEmpty() ? null : key.kind().group())
                .withKind(key.kind().plural())
                .addNewCause("metadata.namespace", because, "NamespaceTerminating")
                .endDetails()
                .withCode(403)
                .build();
    }
}
