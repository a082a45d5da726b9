package dev.jobctl.node.simulated;

import dev.jobctl.node.life.PodConditions;
import dev.jobctl.node.life.PodLife;
import dev.jobctl.node.life.PodStatuses.Frame;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the control plane was told of a pod last. Owned by the node's thread.
final class LastWord {
    private @Nullable PodLife life;
    private @Nullable Frame frame;
    private List<PodCondition> conditions;

    /// Nothing yet by this node, but `conditions` by others.
    LastWord(List<PodCondition> conditions) {
        this.conditions = conditions;
    }

    boolean says(PodLife newLife, Frame newFrame) {
        return newLife.equals(life) && newFrame.equals(frame);
    }

    boolean isOfAnother(@Nullable Long generation) {
        return frame != null && !Objects.equals(frame.generation(), generation);
    }

    void is(PodLife newLife, Frame newFrame, PodStatus status) {
        life = newLife;
        frame = newFrame;
        conditions = status.getConditions();
    }

    /// It may not have been heard.
    void forget() {
        life = null;
    }

    /// See [PodLife#clockSet]: no news.
    void clockSet(Duration by) {
        life = life == null ? null : life.clockSet(by);
    }

    /// What is known so far: our own last word, and what others have added since.
    @SuppressWarnings("ReferenceEquality") // what was stored as we said it needs no second look
    PodStatus with(@Nullable PodStatus stored) {
        if (stored != null && stored.getConditions() == conditions) {
            return stored;
        }
        PodStatus both = new PodStatus();
        both.setConditions(stored == null ? conditions : withForeign(stored.getConditions()));
        if (stored != null) {
            both.setQosClass(stored.getQosClass());
            both.setNominatedNodeName(stored.getNominatedNodeName());
            both.setReason(stored.getReason());
            both.setMessage(stored.getMessage());
        }
        return both;
    }

    /// Where somebody has contradicted us since, as the node controller does of a silent node's pods, that counts: a
    /// condition that we then tell again has changed just now.
    private List<PodCondition> withForeign(List<PodCondition> stored) {
        List<PodCondition> all = new ArrayList<>(conditions);
        for (PodCondition condition : stored) {
            all.removeIf(known -> contradicts(condition, known));
            if (!PodConditions.has(all, PodConditions.type(condition))) {
                all.add(condition);
            }
        }
        return all;
    }

    /// Times of one form, so that the later one is the greater string. Of what is as old as our word, ours is the
    /// later: it may be on its way.
    private static boolean contradicts(PodCondition stored, PodCondition told) {
        @Nullable String theirs = stored.getLastTransitionTime();
        @Nullable String ours = told.getLastTransitionTime();
        return PodConditions.type(stored).equals(PodConditions.type(told))
                && !Objects.equals(stored.getStatus(), told.getStatus())
                && theirs != null
                && ours != null
                && theirs.compareTo(ours) > 0;
    }
}
