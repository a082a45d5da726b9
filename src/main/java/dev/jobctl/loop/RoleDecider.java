package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives the ClusterRoles that gather the rules of others those rules. Keys: ClusterRoles.
record RoleDecider() implements Decider {
    @Override
    public String name() {
        return "clusterrole-aggregation";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.CLUSTER_ROLE);
    }

    /// Roles are few and change seldom: each change asks all that gather.
    @Override
    public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
        for (Entry<ObjectVersion> each : state.prefixed(Kinds.CLUSTER_ROLE.keyPrefix())) {
            if (((ClusterRole) each.value().object()).getAggregationRule() != null) {
                ask.accept(each.key());
            }
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null || !(found.object() instanceof ClusterRole role) || GatheredRules.settled(role, state)) {
            return Decision.quiet();
        }
        return new Decision(List.of(new Change.GatherRules(found.ref())), List.of(), null);
    }
}
