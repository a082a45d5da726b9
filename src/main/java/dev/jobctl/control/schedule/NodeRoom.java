package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.HostPort;
import dev.jobctl.resource.view.NodeTerm;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import dev.jobctl.resource.view.TolerationView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A node and what is already promised to pods on it. Mutable; owned by one scheduling call.
final class NodeRoom {
    private static final String TOO_MANY = "Too many pods";
    private static final String NO_PORTS = "node(s) didn't have free ports for the requested pod ports";
    private static final TaintView UNSCHEDULABLE =
            new TaintView("node.kubernetes.io/unschedulable", "", "NoSchedule", null);

    private final NodeLoad load;
    private final int index;
    private final Map<String, Long> used;
    private final Map<HostPort, Integer> ports;
    private final List<PodView> added = new ArrayList<>();
    private boolean shyAdded;

    /// @param index its place in the order of the call
    NodeRoom(NodeLoad load, int index) {
        this.load = load;
        this.index = index;
        this.used = new HashMap<>(load.used());
        this.ports = new HashMap<>(load.ports());
    }

    NodeView node() {
        return load.node();
    }

    String name() {
        return load.node().name();
    }

    int index() {
        return index;
    }

    /// Whether some of its pods have anti-affinity.
    boolean isShy() {
        return load.shy() > 0 || shyAdded;
    }

    /// The value of a label, null for none.
    @Nullable
    String label(String key) {
        return node().meta().labels().get(key);
    }

    /// Those that were there, and those bound to it in this call.
    Collection<PodView> pods() {
        if (added.isEmpty()) {
            return load.pods();
        }
        List<PodView> all = new ArrayList<>(load.pods());
        all.addAll(added);
        return all;
    }

    void bind(PodView pod) {
        added.add(pod);
        shyAdded |= NodeLoad.isShy(pod);
        take(pod.needs());
    }

    /// Promises room.
    void take(PodNeeds needs) {
        NodeLoad.add(used, needs, 1);
        NodeLoad.addPorts(ports, needs, 1);
    }

    void giveBack(PodNeeds needs) {
        NodeLoad.add(used, needs, -1);
        NodeLoad.addPorts(ports, needs, -1);
    }

    /// The part of its CPU, memory and places that would be taken with this pod: the scheduler prefers the emptiest
    /// node.
    double load(PodNeeds needs) {
        return (share("cpu", needs) + share("memory", needs) + share(NodeLoad.PODS, needs)) / 3;
    }

    private double share(String name, PodNeeds needs) {
        long allocatable = node().allocatable().getOrDefault(name, 0L);
        long wanted = used.getOrDefault(name, 0L) + needs.requests().getOrDefault(name, 0L);
        return allocatable == 0 ? 0 : (double) wanted / allocatable;
    }

    /// Rule SCH-003: why this pod cannot run here as far as the node itself goes; null when it can. The order is that
    /// of the scheduler's filters; only the first that refuses speaks, except that each scarce resource is named.
    @Nullable
    Verdict refusal(PodNeeds needs) {
        @Nullable String never = never(needs);
        if (never != null) {
            return Verdict.never(never);
        }
        return portsAreFree(needs) ? scarce(needs) : Verdict.fornow(NO_PORTS);
    }

    /// Rule SCH-016: a port of the node goes to one pod only, for each protocol and address.
    private boolean portsAreFree(PodNeeds needs) {
        for (HostPort wanted : needs.ports()) {
            for (HostPort taken : ports.keySet()) {
                if (wanted.conflicts(taken)) {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable String never(PodNeeds needs) {
        if (node().unschedulable() && !tolerates(needs, UNSCHEDULABLE)) {
            return "node(s) were unschedulable";
        }
        @Nullable TaintView taint = untolerated(needs);
        if (taint != null) {
            return "node(s) had untolerated taint " + taint;
        }
        if (!node().ready() && node().taints().isEmpty()) {
            return "node(s) were not ready";
        }
        return selected(needs) ? null : "node(s) didn't match Pod's node affinity/selector";
    }

    /// The first taint that keeps this pod away.
    @Nullable
    TaintView untolerated(PodNeeds needs) {
        for (TaintView taint : node().taints()) {
            if (!taint.effect().equals("PreferNoSchedule") && !tolerates(needs, taint)) {
                return taint;
            }
        }
        return null;
    }

    static boolean tolerates(PodNeeds needs, TaintView taint) {
        for (TolerationView toleration : needs.tolerations()) {
            if (toleration.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }

    /// Rule SCH-004: nodeSelector, and one of the required node affinity's terms.
    boolean selected(PodNeeds needs) {
        Map<String, String> labels = node().meta().labels();
        for (Map.Entry<String, String> wish : needs.nodeSelector().entrySet()) {
            if (!wish.getValue().equals(labels.get(wish.getKey()))) {
                return false;
            }
        }
        for (NodeTerm term : needs.nodeTerms()) {
            if (term.matches(name(), labels)) {
                return true;
            }
        }
        return needs.nodeTerms().isEmpty();
    }

    /// Rule SCH-005: requests against what the node has, less what its pods were promised. Nothing that is displaced
    /// helps a pod that is larger than the whole node.
    private @Nullable Verdict scarce(PodNeeds needs) {
        boolean full = used.getOrDefault(NodeLoad.PODS, 0L) + 1 > allocatable(NodeLoad.PODS, Long.MAX_VALUE);
        if (!full && fits(needs)) {
            return null;
        }
        List<String> reasons = new ArrayList<>();
        if (full) {
            reasons.add(TOO_MANY);
        }
        boolean resolvable = true;
        for (Map.Entry<String, Long> wish : new TreeMap<>(needs.requests()).entrySet()) {
            long has = allocatable(wish.getKey(), 0);
            if (wish.getValue() > has - used.getOrDefault(wish.getKey(), 0L)) {
                reasons.add("Insufficient " + wish.getKey());
                resolvable &= wish.getValue() <= has;
            }
        }
        return new Verdict(reasons, resolvable);
    }

    private boolean fits(PodNeeds needs) {
        for (Map.Entry<String, Long> wish : needs.requests().entrySet()) {
            if (wish.getValue() > allocatable(wish.getKey(), 0) - used.getOrDefault(wish.getKey(), 0L)) {
                return false;
            }
        }
        return true;
    }

    /// Nothing is known of a resource that the node does not list: it has none of it.
    private long allocatable(String resource, long otherwise) {
        return node().allocatable().getOrDefault(resource, otherwise);
    }
}
