package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.garbage.NamespaceFinalizer;
import dev.jobctl.control.garbage.NamespaceInput;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Empties namespaces that are being deleted. Keys: namespaces.
record NamespaceDecider() implements Decider {
    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null && Views.is(current.value(), Kinds.NAMESPACE) && goes(current.value())) {
            ask.accept(change.key());
        } else if (previous != null
                && previous.value().kind().namespaced()
                && (current == null || otherwiseLeft(previous.value(), current.value()))) {
            String key = Kinds.NAMESPACE.keyPrefix()
                    + previous.value().object().getMetadata().getNamespace();
            @Nullable ObjectVersion namespace = state.get(key);
            if (namespace != null && goes(namespace)) {
                ask.accept(key);
            }
        }
    }

    private static boolean goes(ObjectVersion object) {
        return object.object().getMetadata().getDeletionTimestamp() != null;
    }

    /// Whether what the namespace waits for has changed, though the object is still there.
    private static boolean otherwiseLeft(ObjectVersion before, ObjectVersion now) {
        return goes(before) != goes(now)
                || grace(before) != grace(now)
                || !before.object()
                        .getMetadata()
                        .getFinalizers()
                        .equals(now.object().getMetadata().getFinalizers());
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion version = state.get(ask.key());
        if (version == null || !(version.object() instanceof Namespace namespace) || !goes(version)) {
            return Decision.quiet();
        }
        List<MetaView> contents = new ArrayList<>();
        long podGrace = 0;
        for (Kind kind : Kinds.all()) {
            if (kind.namespaced()) {
                String prefix = kind.keyPrefix() + namespace.getMetadata().getName() + "/";
                for (Entry<ObjectVersion> entry : state.prefixed(prefix)) {
                    contents.add(Views.meta(entry.value()));
                    podGrace = Math.max(podGrace, grace(entry.value()));
                }
            }
        }
        boolean finalized = namespace.getSpec() == null
                || namespace.getSpec().getFinalizers().isEmpty();
        List<ConditionView> conditions = namespace.getStatus() == null
                ? List.of()
                : namespace.getStatus().getConditions().stream()
                        .map(ConditionView::of)
                        .toList();
        return NamespaceFinalizer.decide(
                new NamespaceInput(Views.meta(version), finalized, conditions, contents, Duration.ofSeconds(podGrace)),
                ask.now());
    }

    /// Seconds that a pod may still take to end; 0 for everything else.
    private static long grace(ObjectVersion version) {
        if (!(version.object() instanceof Pod pod) || Pods.terminal(pod)) {
            return 0;
        }
        @Nullable Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
        return grace == null ? 0 : grace;
    }
}
