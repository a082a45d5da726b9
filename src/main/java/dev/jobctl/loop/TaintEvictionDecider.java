package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.evict.BorneTaint;
import dev.jobctl.control.evict.TaintEviction;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import dev.jobctl.store.Change;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives pods from nodes with a NoExecute taint. Keys: pods.
record TaintEvictionDecider() implements Decider {
    @Override
    public String name() {
        return "taint-eviction";
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
            if (state.indexes().evictions().of(change.key()) != null) {
                ask.accept(change.key());
            }
            return;
        }
        if (Views.is(now, Kinds.NODE)) {
            boolean other = before == null
                    || !Views.node(before).taints().equals(Views.node(now).taints());
            if (other && (drives(now) || before != null && drives(before))) {
                NodesPods.ask(now, state, ask);
            }
        } else if (Views.is(now, Kinds.POD) && (before == null || moved(before, now))) {
            @Nullable ObjectVersion node = NodesPods.find(state, NodesPods.nodeOf(now));
            if (node != null && drives(node)) {
                ask.accept(change.key());
            }
        }
    }

    private static boolean drives(ObjectVersion node) {
        for (TaintView taint : Views.node(node).taints()) { // asked about every pod that is bound: no stream
            if (taint.noExecute()) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // versions of one pod share the spec unless it changed
    private static boolean moved(ObjectVersion before, ObjectVersion now) {
        return ((Pod) before.object()).getSpec() != ((Pod) now.object()).getSpec();
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        @Nullable ObjectRef planned = state.indexes().evictions().of(ask.key());
        if (planned != null
                && (found == null || !planned.uid().equals(Views.pod(found).uid()))) {
            return TaintEviction.cancel(planned);
        }
        @Nullable ObjectVersion node = NodesPods.find(state, NodesPods.nodeOf(found));
        if (found == null || node == null) {
            return Decision.quiet();
        }
        PodView pod = Views.pod(found);
        List<BorneTaint> taints = new ArrayList<>();
        for (TaintView taint : Views.node(node).taints()) {
            if (taint.noExecute()) {
                Instant since = state.indexes().taintedSince(node.key().name(), taint);
                taints.add(new BorneTaint(taint, NodesPods.notBeforeBinding(pod, since)));
            }
        }
        return TaintEviction.decide(pod, taints, planned != null, ask.now());
    }
}
