package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sees to it that every namespace has its ServiceAccount `default`. Keys: namespaces.
record DefaultAccountDecider() implements Decider {
    static final String NAME = "default";

    @Override
    public String name() {
        return "serviceaccount";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NAMESPACE) || kind.equals(Kinds.SERVICE_ACCOUNT);
    }

    @Override
    public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null && previous == null && Views.is(current.value(), Kinds.NAMESPACE)) {
            ask.accept(change.key());
        } else if (current == null && previous != null && Views.is(previous.value(), Kinds.SERVICE_ACCOUNT)) {
            ask.accept(Kinds.NAMESPACE.keyPrefix()
                    + previous.value().object().getMetadata().getNamespace());
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion namespace = state.get(ask.key());
        if (namespace == null || namespace.object().getMetadata().getDeletionTimestamp() != null) {
            return Decision.quiet();
        }
        String name = namespace.object().getMetadata().getName();
        boolean there = state.get(Kinds.SERVICE_ACCOUNT.keyPrefix() + name + "/" + NAME) != null;
        return there
                ? Decision.quiet()
                : new Decision(List.of(new Change.CreateDefaultAccount(namespace.ref())), List.of(), null);
    }
}
