package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.podgc.PodCollector;
import dev.jobctl.control.podgc.PodPlace;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Change;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ends pods that no node will ever end. Keys: pods that are being deleted, and pods of nodes that do not exist.
record PodCollectorDecider() implements Decider {
    @Override
    public String name() {
        return "pod-collector";
    }

    @Override
    public boolean watches(Kind kind) {
        return kind.equals(Kinds.NODE) || kind.equals(Kinds.POD);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion now = Views.version(change.current());
        @Nullable ObjectVersion before = Views.version(change.previous());
        if (now == null) {
            if (before != null && Views.is(before, Kinds.NODE)) {
                NodesPods.ask(before, state, ask);
            }
        } else if (Views.is(now, Kinds.NODE)) {
            if (!Views.node(now).ready()) {
                NodesPods.ask(now, state, ask);
            }
        } else if (Views.is(now, Kinds.POD)) {
            boolean deleting = now.object().getMetadata().getDeletionTimestamp() != null;
            boolean gone =
                    deleting && state.get(change.key()) == null; // marked and removed at once, as most that ended
            if (!gone && (deleting || NodesPods.nodeOf(before) == null && homeless(now, state))) {
                ask.accept(change.key());
            }
        }
    }

    private static boolean homeless(ObjectVersion pod, State state) {
        @Nullable String node = NodesPods.nodeOf(pod);
        return node != null && NodesPods.find(state, node) == null;
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null) {
            return Decision.quiet();
        }
        PodView pod = Views.pod(found);
        @Nullable ObjectVersion node = NodesPods.find(state, pod.node());
        @Nullable
        Instant missingSince = pod.node() == null || node != null
                ? null
                : NodesPods.notBeforeBinding(pod, state.indexes().missingSince(pod.node()));
        return PodCollector.decide(new PodPlace(pod, node == null ? null : Views.node(node), missingSince), ask.now());
    }
}
