package dev.jobctl.control.job;

import dev.jobctl.resource.view.ContainerView;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which active pods go first when there are too many.
final class Removal {
    /// Rule JOB-220, "Which pods go first": without a node; Pending, Unknown, Running; not ready; ready for less time;
    /// more restarts, by the app container that has most, then by the sidecar; newer. Pod deletion cost is not looked
    /// at. Equals go by name, so that the choice can be repeated.
    static final Comparator<PodView> FIRST_TO_GO = Comparator.<PodView, Boolean>comparing(pod -> pod.node() != null)
            .thenComparingInt(Removal::phaseRank)
            .thenComparing(PodView::ready)
            .thenComparing(Removal::readySince, Comparator.reverseOrder())
            .thenComparingInt(pod -> -mostRestarts(pod))
            .thenComparingInt(pod -> -mostSidecarRestarts(pod))
            .thenComparing(pod -> pod.meta().creation(), Comparator.reverseOrder())
            .thenComparing(pod -> pod.meta().name());

    private Removal() {}

    private static int mostRestarts(PodView pod) {
        int most = 0;
        for (ContainerView container : pod.containers()) { // for each of many comparisons: no stream
            most = Math.max(most, container.restarts());
        }
        return most;
    }

    private static int mostSidecarRestarts(PodView pod) {
        int most = 0;
        for (ContainerView init : pod.initContainers()) {
            if (init.sidecar()) {
                most = Math.max(most, init.restarts());
            }
        }
        return most;
    }

    /// At least `count` of the active pods, and in any case those that should not be there.
    static List<PodView> choose(Scene scene, int count) {
        JobSpecView spec = scene.spec();
        List<PodView> active = scene.active();
        if (count == 0 && (!spec.indexed() || allFit(scene))) {
            return List.of();
        }
        List<PodView> chosen = new ArrayList<>();
        List<PodView> rest = active;
        if (spec.indexed()) {
            rest = new ArrayList<>();
            splitOffMisfits(spec, active, chosen, rest);
        }
        int more = count - chosen.size();
        if (more > 0) {
            rest.stream().sorted(FIRST_TO_GO).limit(more).forEach(chosen::add);
        }
        return chosen;
    }

    /// The usual case, told without sorting: as many different indexes below completions as pods.
    private static boolean allFit(Scene scene) {
        int completions = Indexes.completions(scene.spec());
        return scene.indexes().running().below(completions).size()
                == scene.active().size();
    }

    /// Rule JOB-221: pods without an index, then those beyond completions, then all but one of each index.
    private static void splitOffMisfits(
            JobSpecView spec, List<PodView> active, List<PodView> misfits, List<PodView> rest) {
        TreeMap<Integer, List<PodView>> byIndex = new TreeMap<>();
        List<PodView> beyond = new ArrayList<>();
        for (PodView pod : active) {
            if (Indexes.valid(pod, spec)) {
                byIndex.computeIfAbsent(pod.index(), index -> new ArrayList<>(1))
                        .add(pod);
            } else if (pod.index() == PodView.NO_INDEX) {
                misfits.add(pod);
            } else {
                beyond.add(pod);
            }
        }
        misfits.addAll(beyond);
        for (List<PodView> same : byIndex.values()) {
            if (same.size() > 1) {
                same.sort(FIRST_TO_GO);
                misfits.addAll(same.subList(0, same.size() - 1));
            }
            rest.add(same.getLast());
        }
    }

    private static int phaseRank(PodView pod) {
        return switch (pod.phase()) {
            case Pending -> 0;
            case Unknown -> 1;
            case Running -> 2;
            case Succeeded, Failed -> 3;
        };
    }

    /// Unknown counts as just now.
    private static Instant readySince(PodView pod) {
        @Nullable Instant since = pod.ready() ? pod.readySince() : null;
        return since == null ? Instant.MAX : since;
    }
}
