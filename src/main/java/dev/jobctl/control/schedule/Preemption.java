package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds pods of lower priority whose end would make room for a pod that fits nowhere.
///
/// Example: node with 4 CPUs holds a (priority 0, 2 CPUs), b (priority 5, 1 CPU), c (priority 0, 1 CPU, younger than
/// a). A pod of priority 10 wants 1 CPU. Without all three it fits; taking back the most important first, b stays, a
/// stays, and c must go.
final class Preemption {
    static final String REASON = "PreemptionByScheduler";

    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";

    private final Cluster cluster;
    private final List<BudgetView> budgets;
    private final Instant now;

    Preemption(Cluster cluster, List<BudgetView> budgets, Instant now) {
        this.cluster = cluster;
        this.budgets = budgets;
        this.now = now;
    }

    /// A node and who must go from it, the most important first.
    ///
    /// @param violations how many of them a budget would keep
    record Candidate(NodeRoom room, List<PodView> victims, int violations) {}

    /// What came of it: a candidate, or why there is none.
    record Found(@Nullable Candidate best, List<Verdict> verdicts) {}

    /// Rule SCH-020: every node where other pods are in the way is tried; of several that would do, the one where the
    /// fewest victims are against a budget ([#against]), then whose most important victim matters least, then with the
    /// least sum of priorities, then with the fewest victims, then whose
    /// most important victims started last.
    ///
    /// @param refusals why each node does not take the pod now
    Found find(PodView pod, Map<NodeRoom, Verdict> refusals) {
        List<Candidate> candidates = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        refusals.forEach((room, refusal) -> {
            if (!refusal.resolvable()) {
                verdicts.add(Verdict.never(NOT_HELPFUL));
                return;
            }
            List<PodView> victims = new ArrayList<>();
            Set<PodView> violating = new HashSet<>();
            @Nullable Verdict against = victims(pod, room, victims, violating);
            if (against == null) {
                violating.retainAll(victims);
                candidates.add(new Candidate(room, victims, violating.size()));
            } else {
                verdicts.add(against);
            }
        });
        return new Found(candidates.stream().min(this::better).orElse(null), verdicts);
    }

    /// Rule SCH-021: the smallest set: all lower ones are taken away, then as many as possible put back, the most
    /// important first. Everything is as before when it returns.
    private @Nullable Verdict victims(PodView pod, NodeRoom room, List<PodView> victims, Set<PodView> violating) {
        List<PodView> lower = new ArrayList<>();
        for (PodView each : room.pods()) {
            if (each.needs().priority() < pod.needs().priority()) {
                lower.add(each);
            }
        }
        if (lower.isEmpty()) {
            return Verdict.never(NO_VICTIMS);
        }
        lower.sort(this::moreImportant);
        violating.addAll(against(lower));
        lower.sort(Comparator.comparing(each -> !violating.contains(each)));
        lower.forEach(each -> move(each, room, -1));
        @Nullable Verdict against = Cluster.refusal(pod, room, cluster.company(pod));
        for (PodView each : lower) {
            move(each, room, 1);
            if (against == null && Cluster.refusal(pod, room, cluster.company(pod)) != null) {
                move(each, room, -1);
                victims.add(each);
            }
        }
        victims.forEach(each -> move(each, room, 1));
        victims.sort(this::moreImportant);
        return against;
    }

    /// Rule SCH-026, "Pod Priority and Preemption": whose disruption budgets would not let them all go, the least
    /// important of those that a budget protects. They are put back before others, but go where nothing else helps.
    private Set<PodView> against(List<PodView> mostImportantFirst) {
        Set<PodView> found = new HashSet<>();
        for (BudgetView budget : budgets) {
            int allowed = budget.status().allowed();
            for (PodView each : mostImportantFirst) {
                if (protects(budget, each) && --allowed < 0) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /// Unlike an eviction, the scheduler takes a selector that asks for nothing as nobody's, and a pod without labels
    /// as
    /// nobody's to protect.
    private static boolean protects(BudgetView budget, PodView pod) {
        Map<String, String> labels = pod.meta().labels();
        return pod.ref().key().namespace().equals(budget.ref().key().namespace())
                && budget.pods() != null
                && !budget.pods().requirements().isEmpty()
                && !labels.isEmpty()
                && budget.matches(labels);
    }

    private void move(PodView pod, NodeRoom room, int sign) {
        if (sign > 0) {
            room.take(pod.needs());
        } else {
            room.giveBack(pod.needs());
        }
        cluster.tallies().moved(pod, room, sign);
    }

    private int moreImportant(PodView a, PodView b) {
        int byPriority = Integer.compare(b.needs().priority(), a.needs().priority());
        return byPriority != 0 ? byPriority : start(a).compareTo(start(b));
    }

    /// When it was given to its node.
    private Instant start(PodView pod) {
        @Nullable ConditionView scheduled = pod.condition("PodScheduled");
        @Nullable Instant since = scheduled == null ? null : scheduled.lastTransition();
        return since == null ? now : since;
    }

    private int better(Candidate a, Candidate b) {
        return Comparator.comparingInt(Candidate::violations)
                .thenComparingInt(each -> highest(each.victims()))
                .thenComparingLong(each -> sum(each.victims()))
                .thenComparingInt(each -> each.victims().size())
                .thenComparing(this::earliestOfHighest, Comparator.reverseOrder())
                .compare(a, b);
    }

    private static int highest(List<PodView> victims) {
        return victims.isEmpty()
                ? Integer.MIN_VALUE
                : victims.getFirst().needs().priority();
    }

    /// Each counts, even one of negative priority.
    private static long sum(List<PodView> victims) {
        return victims.stream()
                .mapToLong(each -> each.needs().priority() + (1L << 31))
                .sum();
    }

    private Instant earliestOfHighest(Candidate of) {
        return of.victims().stream()
                .filter(each -> each.needs().priority() == highest(of.victims()))
                .map(this::start)
                .min(Comparator.naturalOrder())
                .orElse(now);
    }

    /// Whether pods that were displaced for this one are still on the node that it waits for.
    static boolean underWay(PodView pod, NodeRoom nominated) {
        for (PodView each : nominated.pods()) {
            @Nullable ConditionView target = each.condition("DisruptionTarget");
            if (each.deleting()
                    && each.needs().priority() < pod.needs().priority()
                    && target != null
                    && target.isTrue()
                    && target.reason().equals(REASON)) {
                return true;
            }
        }
        return false;
    }
}
