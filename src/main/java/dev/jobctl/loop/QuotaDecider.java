package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.quota.QuotaController;
import dev.jobctl.control.quota.QuotaUsage;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The quota controller's place in the loop. Keys: ResourceQuotas.
record QuotaDecider() implements Decider {
    @Override
    public String name() {
        return "quota";
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        @Nullable Entry<ObjectVersion> any = current != null ? current : previous;
        if (any == null || !any.value().kind().namespaced()) {
            return;
        }
        if (Views.is(any.value(), Kinds.RESOURCE_QUOTA)) {
            ask.accept(change.key());
        }
        Set<String> keys = state.indexes().quotas().keys(any.value().key().namespace());
        if (keys.isEmpty()) {
            return;
        }
        boolean same = QuotaLedger.sameCharge(
                previous == null ? null : previous.value(), current == null ? null : current.value());
        if (!same && !Views.is(any.value(), Kinds.EVENT)) {
            keys.forEach(ask);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null) {
            return Decision.quiet();
        }
        String namespace = found.object().getMetadata().getNamespace();
        QuotaLedger ledger = state.indexes().quotas();
        @Nullable QuotaUsage usage = ledger.usage(namespace, ask.key(), state, ask.now());
        return usage == null
                ? Decision.quiet()
                : QuotaController.decide(usage, ledger.nextChange(namespace, ask.key(), state, ask.now()));
    }
}
