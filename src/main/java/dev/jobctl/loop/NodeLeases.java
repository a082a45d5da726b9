package dev.jobctl.loop;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Luck;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Leases by which nodes say that they live: one in `kube-node-lease` for each, of the node's name.
final class NodeLeases {
    private static final String NAMESPACE = "kube-node-lease";
    private static final int DURATION_SECONDS = 40;

    private static final String NAMESPACE_KEY = Kinds.NAMESPACE.keyPrefix() + NAMESPACE;

    private NodeLeases() {}

    /// The store key of the node that a Lease of that key speaks for; null for other Leases.
    static @Nullable String nodeKey(ObjectVersion lease) {
        ObjectMeta meta = lease.object().getMetadata();
        return NAMESPACE.equals(meta.getNamespace()) ? Kinds.NODE.keyPrefix() + meta.getName() : null;
    }

    /// Null when there is none, or it was never renewed.
    static @Nullable Instant renewed(State state, String node) {
        @Nullable ObjectVersion stored = state.get(key(node).path());
        if (stored == null || !(stored.object() instanceof Lease lease) || lease.getSpec() == null) {
            return null;
        }
        @Nullable ZonedDateTime renewed = lease.getSpec().getRenewTime();
        return renewed == null ? null : renewed.toInstant();
    }

    static boolean possible(State state) {
        @Nullable ObjectVersion namespace = state.get(NAMESPACE_KEY);
        return namespace != null && namespace.object().getMetadata().getDeletionTimestamp() == null;
    }

    /// Makes or renews the Lease of a node.
    static void renew(ObjectRef node, WorkingState state, Luck luck, Instant now) {
        ObjectKey key = key(node.key().name());
        @Nullable ObjectVersion stored = state.get(key.path());
        if (stored == null && Refusals.ofCreate(key, state) != null) {
            return;
        }
        Lease lease;
        LeaseSpec spec = new LeaseSpec();
        if (stored == null) {
            lease = fresh(node, key, luck, now);
        } else {
            lease = (Lease) Edit.of(stored).object();
            spec = lease.getSpec() == null ? spec : Copies.shallow(lease.getSpec());
        }
        spec.setHolderIdentity(node.key().name());
        spec.setLeaseDurationSeconds(DURATION_SECONDS);
        spec.setRenewTime(now.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC));
        lease.setSpec(spec);
        state.put(Kinds.LEASE, lease);
    }

    private static Lease fresh(ObjectRef node, ObjectKey key, Luck luck, Instant now) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(key.name());
        meta.setNamespace(NAMESPACE);
        meta.setUid(luck.uuid().toString());
        meta.setCreationTimestamp(Timestamps.print(now));
        OwnerReference owner = new OwnerReference();
        owner.setApiVersion(node.key().kind().apiVersion());
        owner.setKind(node.key().kind().kind());
        owner.setName(node.key().name());
        owner.setUid(node.uid());
        meta.setOwnerReferences(List.of(owner));
        Lease lease = new Lease();
        lease.setMetadata(meta);
        return lease;
    }

    private static ObjectKey key(String node) {
        return new ObjectKey(Kinds.LEASE, NAMESPACE, node);
    }
}
