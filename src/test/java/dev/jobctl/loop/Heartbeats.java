package dev.jobctl.loop;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the kubelets of distant nodes say of themselves: a Lease renewed every 10 s, and Ready whenever it is not so
/// stored.
final class Heartbeats {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /// Living nodes -> when to renew next.
    private final Map<String, Instant> due = new TreeMap<>();

    void start(String node) {
        due.put(node, Instant.MIN);
    }

    void stop(String node) {
        due.remove(node);
    }

    Optional<Instant> next() {
        return due.values().stream().min(Instant::compareTo);
    }

    List<Write> look(Snapshot<ObjectVersion> snapshot, Instant now) {
        List<Write> writes = new ArrayList<>();
        due.replaceAll((node, at) -> {
            if (now.isBefore(at)) {
                return at;
            }
            renew(snapshot, node, now, writes);
            report(snapshot, node, now, writes);
            return now.plus(PERIOD);
        });
        return writes;
    }

    private static void renew(Snapshot<ObjectVersion> snapshot, String node, Instant now, List<Write> writes) {
        ObjectKey key = new ObjectKey(Kinds.LEASE, "kube-node-lease", node);
        @Nullable Entry<ObjectVersion> stored = snapshot.get(key.path());
        Lease lease = stored == null
                ? new LeaseBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .withNamespace("kube-node-lease")
                        .withUid("lease-" + node)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(node)
                        .endSpec()
                        .build()
                : Json.copy((Lease) stored.value().object());
        lease.getSpec().setRenewTime(now.atZone(ZoneOffset.UTC));
        writes.add(stored == null ? new Write.Create(key, lease) : new Write.Update(key, stored.revision(), lease));
    }

    private static void report(Snapshot<ObjectVersion> snapshot, String name, Instant now, List<Write> writes) {
        ObjectKey key = new ObjectKey(Kinds.NODE, "", name);
        @Nullable Entry<ObjectVersion> stored = snapshot.get(key.path());
        if (stored == null) {
            return;
        }
        Node node = Json.copy((Node) stored.value().object());
        boolean changed = false;
        for (NodeCondition condition : node.getStatus().getConditions()) {
            String wanted = condition.getType().equals("Ready") ? "True" : "False";
            if (!condition.getStatus().equals(wanted)) {
                condition.setStatus(wanted);
                condition.setReason("KubeletSays");
                condition.setLastHeartbeatTime(Timestamps.print(now));
                condition.setLastTransitionTime(Timestamps.print(now));
                changed = true;
            }
        }
        if (changed) {
            writes.add(new Write.Update(key, stored.revision(), node));
        }
    }
}
