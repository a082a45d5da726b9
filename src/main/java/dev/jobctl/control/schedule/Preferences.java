package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.AffinityTerm;
import dev.jobctl.resource.view.NodeTerm;
import dev.jobctl.resource.view.PodPlacing;
import dev.jobctl.resource.view.PodPlacing.Preference;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.TaintView;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Which of the nodes that take a pod is the best: each point of view gives 0 to 100 points, times its weight, as the
/// scheduler's plugins do.
///
/// Example: of two equally empty nodes the one in the preferred zone gets 2 * 100 more.
final class Preferences {
    private static final int TAINTS = 3;
    private static final int NODES = 2;
    private static final int COMPANY = 2;
    private static final int SPREAD = 2;

    private Preferences() {}

    /// Rule SCH-014: room first among equals, then preferences; the first of equals. Null when the list is empty.
    static @Nullable NodeRoom best(PodView pod, List<NodeRoom> fitting, Cluster cluster) {
        PodPlacing placing = pod.needs().placing();
        boolean plain = !cluster.softTaints()
                && placing.nodes().isEmpty()
                && placing.company().isEmpty()
                && allHard(placing);
        double[] points = plain || fitting.size() < 2 ? new double[0] : points(pod, fitting, cluster);
        @Nullable NodeRoom best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < fitting.size(); i++) {
            double sum =
                    (points.length == 0 ? 0 : points[i]) - 100 * fitting.get(i).load(pod.needs());
            if (sum > most) {
                best = fitting.get(i);
                most = sum;
            }
        }
        return best;
    }

    /// Asked about every pod: no stream.
    private static boolean allHard(PodPlacing placing) {
        for (PodPlacing.Spread spread : placing.spreads()) {
            if (!spread.hard()) {
                return false;
            }
        }
        return true;
    }

    private static double[] points(PodView pod, List<NodeRoom> rooms, Cluster cluster) {
        double[] points = new double[rooms.size()];
        PodPlacing placing = cluster.placing(pod);
        add(points, rooms, NODES, room -> liked(placing.nodes(), room));
        if (cluster.softTaints()) {
            add(points, rooms, TAINTS, room -> -softTaints(pod, room));
        }
        for (Preference<AffinityTerm> each : placing.company()) {
            Map<String, Integer> near = counts(each.term(), false, cluster);
            add(points, rooms, COMPANY, room -> each.weight() * at(room, each.term(), near));
        }
        for (PodPlacing.Spread each : placing.spreads()) {
            if (!each.hard()) {
                Map<String, Integer> there = counts(each.pods(), true, cluster);
                add(points, rooms, SPREAD, room -> -at(room, each.pods(), there));
            }
        }
        return points;
    }

    private static Map<String, Integer> counts(AffinityTerm term, boolean staying, Cluster cluster) {
        Tallies tallies = cluster.tallies();
        return tallies.byValue(term.topologyKey(), tallies.of(new Tallies.Kind(List.of(term), staying)));
    }

    private static double at(NodeRoom room, AffinityTerm term, Map<String, Integer> counts) {
        @Nullable String value = room.label(term.topologyKey());
        return value == null ? 0 : counts.getOrDefault(value, 0);
    }

    private static double liked(List<Preference<NodeTerm>> wishes, NodeRoom room) {
        double sum = 0;
        for (Preference<NodeTerm> wish : wishes) {
            if (wish.term().matches(room.name(), room.node().meta().labels())) {
                sum += wish.weight();
            }
        }
        return sum;
    }

    private static double softTaints(PodView pod, NodeRoom room) {
        int count = 0;
        for (TaintView taint : room.node().taints()) {
            if (taint.effect().equals("PreferNoSchedule") && !NodeRoom.tolerates(pod.needs(), taint)) {
                count++;
            }
        }
        return count;
    }

    /// The worst gets 0, the best 100 times the weight; nothing when all are alike.
    private static void add(double[] points, List<NodeRoom> rooms, int weight, ToDoubleFunction<NodeRoom> view) {
        double[] raw = rooms.stream().mapToDouble(view).toArray();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double each : raw) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        if (most > least) {
            for (int i = 0; i < raw.length; i++) {
                points[i] += weight * 100 * (raw[i] - least) / (most - least);
            }
        }
    }
}
