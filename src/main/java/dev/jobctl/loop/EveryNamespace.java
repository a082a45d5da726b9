package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sees to it that every namespace has a certain object. Keys: namespaces.
///
/// @param object its name
/// @param good whether what has that name is as it should be
/// @param make the object, for a namespace
record EveryNamespace(
        String name, Kind kind, String object, Predicate<ObjectVersion> good, Function<ObjectRef, Change> make)
        implements Decider {
    static final String DEFAULT_ACCOUNT = "default";

    /// The ServiceAccount `default`.
    static EveryNamespace hasAccount() {
        return new EveryNamespace(
                "serviceaccount",
                Kinds.SERVICE_ACCOUNT,
                DEFAULT_ACCOUNT,
                any -> true,
                Change.CreateDefaultAccount::new);
    }

    /// The ConfigMap with the certificate by which pods trust the API server.
    ///
    /// @param authority the certificate, as PEM
    static EveryNamespace hasAuthority(String authority) {
        Map<String, String> wanted = Map.of(AccountVolume.AUTHORITY_FILE, authority);
        return new EveryNamespace(
                "root-ca",
                Kinds.CONFIG_MAP,
                AccountVolume.AUTHORITY_MAP,
                known -> wanted.equals(((ConfigMap) known.object()).getData()),
                namespace -> new Change.PublishAuthority(namespace, authority));
    }

    @Override
    public boolean watches(Kind any) {
        return any.equals(Kinds.NAMESPACE) || any.equals(kind);
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
        } else if (any.value().key().name().equals(object)) {
            ask.accept(Kinds.NAMESPACE.keyPrefix() + any.value().key().namespace());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion namespace = state.get(ask.key());
        if (namespace == null || namespace.object().getMetadata().getDeletionTimestamp() != null) {
            return Decision.quiet();
        }
        @Nullable
        ObjectVersion known = state.get(kind.keyPrefix() + namespace.key().name() + "/" + object);
        return known != null && good.test(known)
                ? Decision.quiet()
                : new Decision(List.of(make.apply(namespace.ref())), List.of(), null);
    }
}
