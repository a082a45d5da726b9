package dev.jobctl.loop;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.control.Change;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Luck;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that a ClusterRole with an aggregationRule takes over from others, and what every namespace gets: its
/// account and the certificate of the authority.
final class GatheredRules {
    private static final String DESCRIPTION = "Contains a CA bundle that can be used to verify the kube-apiserver when"
            + " using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is"
            + " guaranteed across distributions of Kubernetes clusters.";

    private GatheredRules() {}

    /// Whether the role says already what it gathers; true for a role that gathers nothing.
    static boolean settled(ClusterRole role, State state) {
        return role.getAggregationRule() == null || list(role.getRules()).equals(of(role, state));
    }

    static void gather(Change.GatherRules gather, WorkingState state) {
        @Nullable ObjectVersion found = state.get(gather.role());
        if (found != null && found.object() instanceof ClusterRole role && !settled(role, state)) {
            ClusterRole next = (ClusterRole) Edit.of(found).object();
            next.setRules(of(role, state));
            state.put(found, next);
        }
    }

    /// By name of the roles, each rule once.
    private static List<PolicyRule> of(ClusterRole role, State state) {
        Set<PolicyRule> rules = new LinkedHashSet<>();
        for (var selector : list(role.getAggregationRule().getClusterRoleSelectors())) {
            if (LabelSelector.of(selector) instanceof Parsed.Good<LabelSelector> good) {
                for (Entry<ObjectVersion> each : state.prefixed(Kinds.CLUSTER_ROLE.keyPrefix())) {
                    ClusterRole other = (ClusterRole) each.value().object();
                    String name = other.getMetadata().getName();
                    boolean self = name.equals(role.getMetadata().getName());
                    if (!self && good.value().matches(other.getMetadata().getLabels())) {
                        rules.addAll(list(other.getRules()));
                    }
                }
            }
        }
        return new ArrayList<>(rules);
    }

    static void createAccount(Change.CreateDefaultAccount create, WorkingState state, Luck luck, Instant now) {
        String namespace = create.namespace().key().name();
        ObjectKey key = new ObjectKey(Kinds.SERVICE_ACCOUNT, namespace, EveryNamespace.DEFAULT_ACCOUNT);
        if (state.get(create.namespace()) == null || state.get(key.path()) != null) {
            return;
        }
        state.put(
                Kinds.SERVICE_ACCOUNT,
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(key.name())
                        .withNamespace(namespace)
                        .withUid(luck.uuid().toString())
                        .withCreationTimestamp(Timestamps.print(now))
                        .endMetadata()
                        .build());
    }

    /// Writes the whole ConfigMap, whatever somebody has made of it.
    static void publish(Change.PublishAuthority publish, WorkingState state, Luck luck, Instant now) {
        String namespace = publish.namespace().key().name();
        ObjectKey key = new ObjectKey(Kinds.CONFIG_MAP, namespace, AccountVolume.AUTHORITY_MAP);
        if (state.get(publish.namespace()) == null) {
            return;
        }
        Map<String, String> data = Map.of(AccountVolume.AUTHORITY_FILE, publish.authority());
        @Nullable ObjectVersion known = state.get(key.path());
        if (known != null && known.object() instanceof ConfigMap) {
            ConfigMap next = (ConfigMap) Edit.of(known).object();
            next.setData(data);
            state.put(known, next);
            return;
        }
        state.put(
                Kinds.CONFIG_MAP,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(key.name())
                        .withNamespace(namespace)
                        .withUid(luck.uuid().toString())
                        .withCreationTimestamp(Timestamps.print(now))
                        .addToAnnotations("kubernetes.io/description", DESCRIPTION)
                        .endMetadata()
                        .withData(data)
                        .build());
    }
}
