package dev.jobctl.loop;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the node's report on a pod meets what is stored: the node's word counts, except on what others own and on an
/// end that was reached already. Remembers the last meeting of conditions, since many pods share theirs. Owned by the
/// loop's thread.
final class PodReports {
    /// The condition types that the node owns and may take away; all others stay when it does not mention them.
    private static final Set<String> NODES_OWN =
            Set.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady");

    private static final String SCHEDULED = "PodScheduled";

    private @Nullable Meeting last;

    private record Meeting(List<PodCondition> stored, List<PodCondition> reported, List<PodCondition> merged) {}

    PodStatus merge(@Nullable PodStatus stored, PodStatus reported) {
        if (stored == null) {
            return reported;
        }
        boolean wouldGoBack =
                Pods.terminal(stored.getPhase()) && !stored.getPhase().equals(reported.getPhase());
        if (wouldGoBack) {
            return stored;
        }
        reported.setConditions(meeting(stored.getConditions(), reported.getConditions()));
        if (reported.getQosClass() == null) {
            reported.setQosClass(stored.getQosClass());
        }
        if (reported.getStartTime() == null) {
            reported.setStartTime(stored.getStartTime());
        }
        if (reported.getObservedGeneration() == null) {
            reported.setObservedGeneration(stored.getObservedGeneration());
        }
        if (reported.getNominatedNodeName() == null) {
            reported.setNominatedNodeName(stored.getNominatedNodeName());
        }
        return reported;
    }

    @SuppressWarnings("ReferenceEquality") // neither list ever changes: the same lists give the same
    private List<PodCondition> meeting(List<PodCondition> stored, List<PodCondition> reported) {
        @Nullable Meeting known = last;
        if (known == null || known.stored != stored || known.reported != reported) {
            List<PodCondition> merged = conditions(stored, reported);
            known = new Meeting(stored, reported, merged.equals(reported) ? reported : merged);
            last = known;
        }
        return known.merged;
    }

    /// The node's, in its order; then those of others.
    private static List<PodCondition> conditions(List<PodCondition> stored, List<PodCondition> reported) {
        List<PodCondition> merged = new ArrayList<>(reported.size() + 2);
        for (PodCondition condition : reported) {
            @Nullable PodCondition schedulers = SCHEDULED.equals(condition.getType()) ? find(stored, SCHEDULED) : null;
            merged.add(schedulers == null ? condition : observed(schedulers, condition));
        }
        for (PodCondition condition : stored) {
            String type = Settled.orEmpty(condition.getType()); // a client may have left it out
            if (!NODES_OWN.contains(type) && find(merged, type) == null) {
                merged.add(condition);
            }
        }
        return merged;
    }

    /// The binding does not say which generation it is about; the node does.
    private static PodCondition observed(PodCondition schedulers, PodCondition reported) {
        @Nullable Long generation = reported.getObservedGeneration();
        if (generation == null || generation.equals(schedulers.getObservedGeneration())) {
            return schedulers;
        }
        PodCondition both = Copies.shallow(schedulers);
        both.setObservedGeneration(generation);
        return both.equals(reported) ? reported : both;
    }

    private static @Nullable PodCondition find(List<PodCondition> conditions, String type) {
        for (PodCondition condition : conditions) {
            if (Settled.orEmpty(condition.getType()).equals(type)) {
                return condition;
            }
        }
        return null;
    }
}
