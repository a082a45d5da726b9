package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.garbage.ClaimProtection;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ClaimNames;
import dev.jobctl.store.Change;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The protection of claims in use. Keys: PersistentVolumeClaims.
record ClaimDecider() implements Decider {
    @Override
    public String name() {
        return "claim-protection";
    }

    @Override
    public boolean watches(Kind kind) {
        return Views.is(kind, Kinds.POD) || Views.is(kind, Kinds.PERSISTENT_VOLUME_CLAIM);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        @Nullable ObjectVersion before = Views.version(change.previous());
        if (now != null && Views.is(now, Kinds.PERSISTENT_VOLUME_CLAIM)) {
            ask.accept(change.key());
        } else if (now == null && before != null && before.object() instanceof Pod pod) {
            ClaimNames.of(pod).map(ObjectKey::path).forEach(ask);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion claim = state.get(ask.key());
        if (claim == null) {
            return Decision.quiet();
        }
        boolean going = claim.object().getMetadata().getDeletionTimestamp() != null;
        return ClaimProtection.decide(Views.meta(claim), going && used(claim.key(), state));
    }

    /// A pod that waits for a node does not hold it: it will find none while the claim goes.
    private static boolean used(ObjectKey claim, State state) {
        return state.prefixed(Kinds.POD.keyPrefix() + claim.namespace() + "/").stream()
                .map(entry -> (Pod) entry.value().object())
                .anyMatch(pod -> pod.getSpec().getNodeName() != null
                        && ClaimNames.of(pod).anyMatch(claim::equals));
    }
}
