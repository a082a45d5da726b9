package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sees to it that every namespace has the ConfigMap with the certificate by which pods trust the API server. Keys:
/// namespaces.
///
/// @param authority the certificate, as PEM
record AuthorityDecider(String authority) implements Decider {
    @Override
    public String name() {
        return "root-ca";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NAMESPACE) || kind.equals(Kinds.CONFIG_MAP);
    }

    @Override
    public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> any = current == null ? change.previous() : current;
        if (any == null) {
            return;
        }
        if (Views.is(any.value(), Kinds.NAMESPACE)) {
            if (change.previous() == null) {
                ask.accept(change.key());
            }
        } else if (any.value().key().name().equals(AccountVolume.AUTHORITY_MAP)) {
            ask.accept(Kinds.NAMESPACE.keyPrefix() + any.value().key().namespace());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion namespace = state.get(ask.key());
        if (namespace == null || namespace.object().getMetadata().getDeletionTimestamp() != null) {
            return Decision.quiet();
        }
        String name = namespace.object().getMetadata().getName();
        @Nullable
        ObjectVersion known = state.get(Kinds.CONFIG_MAP.keyPrefix() + name + "/" + AccountVolume.AUTHORITY_MAP);
        Map<String, String> wanted = Map.of(AccountVolume.AUTHORITY_FILE, authority);
        boolean same = known != null && wanted.equals(((ConfigMap) known.object()).getData());
        return same
                ? Decision.quiet()
                : new Decision(List.of(new Change.PublishAuthority(namespace.ref(), authority)), List.of(), null);
    }
}
