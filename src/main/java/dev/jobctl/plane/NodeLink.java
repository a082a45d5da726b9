package dev.jobctl.plane;

import dev.jobctl.loop.Loop;
import dev.jobctl.node.LocalNode;
import dev.jobctl.node.NodeReports;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Log;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Carries messages between the loop and the node: published pods one way, reports the other. Safe from any thread.
final class NodeLink implements NodeReports, ConfigLookup {
    /// As long as the loop itself waits after its first commit that failed.
    private static final long PAUSE_SECONDS = 1;

    /// Objects that a pod's volumes, variables and hosts file are made of.
    private static final List<String> INGREDIENTS = Stream.of(
                    Kinds.CONFIG_MAP,
                    Kinds.SECRET,
                    Kinds.SERVICE,
                    Kinds.ENDPOINTS,
                    Kinds.ENDPOINT_SLICE,
                    Kinds.SERVICE_ACCOUNT,
                    Kinds.PERSISTENT_VOLUME_CLAIM)
            .map(Kind::keyPrefix)
            .toList();

    private final Loop loop;
    private final String nodeName;
    private final Log log;
    private final Reports reports;
    private final KnownNames names;
    private final PodCredentials credentials;

    NodeLink(Loop loop, String nodeName, KnownNames names, PodCredentials credentials, Log log) {
        this.names = names;
        this.loop = loop;
        this.nodeName = nodeName;
        this.credentials = credentials;
        this.log = log.named("plane");
        Executor later = CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS);
        reports = new Reports(loop::submit, later, this.log);
    }

    /// Tells the node about every bound pod that is stored: after a start. Returns those pods.
    List<ObjectRef> tellAll(LocalNode node) {
        List<ObjectRef> told = new ArrayList<>();
        List<Pod> bound = new ArrayList<>();
        for (Entry<ObjectVersion> entry : snapshot().prefixed(Kinds.POD.keyPrefix())) {
            if (bound(entry.value())) {
                bound.add((Pod) entry.value().object());
            }
            told.add(entry.value().ref());
        }
        node.podsFound(bound);
        return told;
    }

    /// Tells the node about the pods that the loop stores, and that it is about to store.
    Loop.Listener listener(LocalNode node) {
        return new Loop.Listener() {
            @Override
            public void published(List<Change<ObjectVersion>> changes) {
                try {
                    tell(node, changes);
                } finally {
                    node.podsDropped(); // any that did not come all the same
                }
            }

            @Override
            public void drafted(List<Change<ObjectVersion>> changes) {
                expect(node, changes);
            }

            @Override
            public void stored() {
                node.podsStored();
            }

            @Override
            public void dropped() {
                node.podsDropped();
            }
        };
    }

    /// What pods are made of is read as it was before these changes: so none may be among them.
    private void expect(LocalNode node, List<Change<ObjectVersion>> changes) {
        List<Pod> fresh = new ArrayList<>();
        for (Change<ObjectVersion> change : changes) {
            @Nullable Entry<ObjectVersion> current = change.current();
            @Nullable Entry<ObjectVersion> previous = change.previous();
            if (current != null
                    && change.key().startsWith(Kinds.POD.keyPrefix())
                    && bound(current.value())
                    && (previous == null || !bound(previous.value()))) {
                fresh.add((Pod) current.value().object());
            }
        }
        if (!fresh.isEmpty() && changes.stream().noneMatch(NodeLink::ingredient)) {
            fresh.forEach(node::podExpected);
        }
    }

    private static boolean ingredient(Change<ObjectVersion> change) {
        return INGREDIENTS.stream().anyMatch(change.key()::startsWith);
    }

    private void tell(LocalNode node, List<Change<ObjectVersion>> changes) {
        for (Change<ObjectVersion> change : changes) {
            if (change.key().startsWith(Kinds.PERSISTENT_VOLUME_CLAIM.keyPrefix()) && change.current() == null) {
                node.claimRemoved();
            }
            if (change.key().startsWith(Kinds.SERVICE_ACCOUNT.keyPrefix()) && change.current() == null) {
                node.accountRemoved();
            }
            @Nullable Entry<ObjectVersion> current = change.current();
            @Nullable Entry<ObjectVersion> previous = change.previous();
            @Nullable Entry<ObjectVersion> either = current == null ? previous : current;
            if (either != null && config(change.key())) {
                node.configChanged(either.value().ref().key());
            }
            if (!change.key().startsWith(Kinds.POD.keyPrefix())) {
                continue;
            }
            if (current != null) {
                tell(node, current.value());
            } else if (previous != null && bound(previous.value())) {
                node.podRemoved((Pod) previous.value().object());
            }
        }
    }

    private static boolean config(String key) {
        return key.startsWith(Kinds.CONFIG_MAP.keyPrefix()) || key.startsWith(Kinds.SECRET.keyPrefix());
    }

    private void tell(LocalNode node, ObjectVersion version) {
        if (bound(version)) {
            node.podChanged((Pod) version.object());
        }
    }

    private boolean bound(ObjectVersion version) {
        return nodeName.equals(((Pod) version.object()).getSpec().getNodeName());
    }

    @Override
    public void status(ObjectRef pod, PodStatus status) {
        reports.send(pod, new Write.ReportPod(pod, status));
    }

    @Override
    public void ended(ObjectRef pod) {
        reports.send(pod, new Write.Delete(pod.key(), Deletion.now(pod.uid())));
    }

    /// An event that cannot be stored is lost: nothing depends on it.
    @Override
    public void event(EventDraft event) {
        loop.submit(new Write.RecordEvent(event)).whenComplete((Outcome outcome, @Nullable Throwable failure) -> {
            if (failure != null) {
                log.warning("event not stored", "reason", event.reason(), "cause", failure.getMessage());
            }
        });
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return find(Kinds.CONFIG_MAP, namespace, name).map(v -> (ConfigMap) v.object());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return find(Kinds.SECRET, namespace, name).map(v -> (Secret) v.object());
    }

    @Override
    public Optional<String> claim(String namespace, String name) {
        return find(Kinds.PERSISTENT_VOLUME_CLAIM, namespace, name)
                .map(found -> found.ref().uid());
    }

    @Override
    public Set<String> accounts() {
        return snapshot().prefixed(Kinds.SERVICE_ACCOUNT.keyPrefix()).stream()
                .map(account -> account.value().ref().uid())
                .collect(Collectors.toSet());
    }

    @Override
    public String hostLines(String namespace) {
        return names.hosts(namespace);
    }

    @Override
    public Map<String, String> serviceVariables(String namespace) {
        return names.variables(namespace);
    }

    @Override
    public PodCredentials credentials() {
        return credentials;
    }

    /// The newest version of that very pod.
    Optional<Pod> pod(ObjectRef ref) {
        return find(Kinds.POD, ref.key().namespace(), ref.key().name())
                .filter(found -> found.ref().equals(ref))
                .map(found -> (Pod) found.object());
    }

    private Optional<ObjectVersion> find(Kind kind, String namespace, String name) {
        return Optional.ofNullable(snapshot().get(new ObjectKey(kind, namespace, name).path()))
                .map(Entry::value);
    }

    private Snapshot<ObjectVersion> snapshot() {
        return loop.store().current();
    }
}
