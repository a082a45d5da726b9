package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceSpec;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out what the namespace controller decides about a namespace.
final class NamespaceWriter {
    private NamespaceWriter() {}

    static void setConditions(Change.SetNamespaceConditions set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.namespace());
        if (found == null) {
            return;
        }
        Namespace next = (Namespace) Edit.of(found).object();
        NamespaceStatus status = next.getStatus() == null ? new NamespaceStatus() : Copies.shallow(next.getStatus());
        status.setConditions(set.conditions().stream()
                .map(ConditionView::toNamespaceCondition)
                .toList());
        next.setStatus(status);
        state.put(Kinds.NAMESPACE, next);
    }

    static void finalize(Change.FinalizeNamespace finalize, WorkingState state) {
        @Nullable ObjectVersion found = state.get(finalize.namespace());
        if (found == null) {
            return;
        }
        Namespace next = (Namespace) Edit.of(found).object();
        NamespaceSpec spec = new NamespaceSpec();
        spec.setFinalizers(List.of());
        next.setSpec(spec);
        Deletions.settle(state, found, next);
    }
}
