package dev.jobctl.control.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The words in which the scheduler says that no node takes a pod.
public final class Unschedulable {
    static final String NO_NODES = "no nodes available to schedule pods";
    static final String NEVER = " preemption: not eligible due to preemptionPolicy=Never.";

    private Unschedulable() {}

    /// Rule SCH-002: why no node takes it, counted over the nodes. Example: `0/2 nodes are available: 1 Insufficient
    /// cpu, 1 node(s) were unschedulable.`
    static String text(int nodes, Collection<Verdict> verdicts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            verdict.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        }
        return start(nodes)
                + counts.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + reason.getKey())
                        .sorted()
                        .collect(Collectors.joining(", ", "", "."));
    }

    /// The terms of the pod's affinity name different nodes.
    static String conflict(int nodes) {
        return start(nodes) + "pod affinity terms conflict.";
    }

    /// Rule SCH-008: it waits until the claim is there.
    public static String missingClaim(String claim) {
        return "persistentvolumeclaim \"" + claim + "\" not found";
    }

    /// Rule SCH-009: a claim that goes takes no new pods.
    public static String goingClaim(String claim) {
        return "persistentvolumeclaim \"" + claim + "\" is being deleted";
    }

    static String claim(int nodes, String wrong) {
        return start(nodes) + wrong + ".";
    }

    /// Rule SCH-022: why nobody is displaced for it: ` preemption: 0/2 nodes are available: 1 No preemption victims
    /// found for incoming pod, 1 Preemption is not helpful for scheduling.` Nothing when somebody is.
    static String preemption(int nodes, Preemption.@Nullable Candidate best, List<Verdict> verdicts) {
        return best == null ? " preemption: " + text(nodes, verdicts) : "";
    }

    private static String start(int nodes) {
        return "0/" + nodes + " nodes are available: ";
    }
}
