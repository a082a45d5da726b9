package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A pod's wishes about its place that go beyond the node itself, and its preferences. Most pods have none.
///
/// @param near required pod affinity: all must hold
/// @param far required pod anti-affinity: none may hold
/// @param company preferred pod affinity; negative weights for anti-affinity
/// @param nodes preferred node affinity
public record PodPlacing(
        List<AffinityTerm> near,
        List<AffinityTerm> far,
        List<Preference<AffinityTerm>> company,
        List<Preference<NodeTerm>> nodes,
        List<Spread> spreads) {
    public static final PodPlacing NONE = new PodPlacing(List.of(), List.of(), List.of(), List.of(), List.of());

    public PodPlacing {
        near = List.copyOf(near);
        far = List.copyOf(far);
        company = List.copyOf(company);
        nodes = List.copyOf(nodes);
        spreads = List.copyOf(spreads);
    }

    /// Something that would be nice.
    public record Preference<T>(int weight, T term) {}

    /// Pods of one kind shall be spread evenly over the values of a node label.
    ///
    /// @param pods whom to count, in the pod's own namespace
    /// @param maxSkew how many more than the least may be in one domain
    /// @param minDomains with fewer domains the least counts as 0
    /// @param hard DoNotSchedule; else only a preference
    /// @param byAffinity only nodes count that the pod's node affinity and selector take
    /// @param byTaints only nodes count whose taints the pod tolerates
    public record Spread(
            AffinityTerm pods, int maxSkew, int minDomains, boolean hard, boolean byAffinity, boolean byTaints) {
        Spread settled(MetaView pod) {
            return new Spread(pods.settled(pod, Map.of()), maxSkew, minDomains, hard, byAffinity, byTaints);
        }
    }

    /// The same with all that depends on the pod that wishes this filled in: its namespace and labels; and on the
    /// `namespaces` that there are, by name, with their labels.
    public PodPlacing settled(MetaView pod, Map<String, Map<String, String>> namespaces) {
        return equals(NONE)
                ? this
                : new PodPlacing(
                        near.stream().map(term -> term.settled(pod, namespaces)).toList(),
                        far.stream().map(term -> term.settled(pod, namespaces)).toList(),
                        company.stream()
                                .map(each -> new Preference<>(
                                        each.weight(), each.term().settled(pod, namespaces)))
                                .toList(),
                        nodes,
                        spreads.stream().map(each -> each.settled(pod)).toList());
    }

    static PodPlacing of(PodSpec spec) {
        @Nullable Affinity affinity = spec.getAffinity();
        List<TopologySpreadConstraint> spreads = Holes.list(spec.getTopologySpreadConstraints());
        if (affinity == null && spreads.isEmpty()) {
            return NONE;
        }
        List<AffinityTerm> near = new ArrayList<>();
        List<AffinityTerm> far = new ArrayList<>();
        List<Preference<AffinityTerm>> company = new ArrayList<>();
        List<Preference<NodeTerm>> nodes = new ArrayList<>();
        if (affinity != null && affinity.getPodAffinity() != null) {
            PodAffinity wish = affinity.getPodAffinity();
            required(wish.getRequiredDuringSchedulingIgnoredDuringExecution(), near);
            preferred(wish.getPreferredDuringSchedulingIgnoredDuringExecution(), 1, company);
        }
        if (affinity != null && affinity.getPodAntiAffinity() != null) {
            PodAntiAffinity wish = affinity.getPodAntiAffinity();
            required(wish.getRequiredDuringSchedulingIgnoredDuringExecution(), far);
            preferred(wish.getPreferredDuringSchedulingIgnoredDuringExecution(), -1, company);
        }
        if (affinity != null && affinity.getNodeAffinity() != null) {
            NodeAffinity wish = affinity.getNodeAffinity();
            for (PreferredSchedulingTerm term : Holes.list(wish.getPreferredDuringSchedulingIgnoredDuringExecution())) {
                if (term.getPreference() != null) {
                    nodes.add(new Preference<>(Holes.number(term.getWeight(), 0), NodeTerm.of(term.getPreference())));
                }
            }
        }
        return new PodPlacing(
                near,
                far,
                company,
                nodes,
                spreads.stream().map(each -> spread(each)).toList());
    }

    private static void required(@Nullable List<PodAffinityTerm> terms, List<AffinityTerm> to) {
        Holes.list(terms).forEach(term -> to.add(AffinityTerm.of(term)));
    }

    private static void preferred(
            @Nullable List<WeightedPodAffinityTerm> terms, int sign, List<Preference<AffinityTerm>> to) {
        for (WeightedPodAffinityTerm term : Holes.list(terms)) {
            if (term.getPodAffinityTerm() != null) {
                to.add(new Preference<>(
                        sign * Holes.number(term.getWeight(), 0), AffinityTerm.of(term.getPodAffinityTerm())));
            }
        }
    }

    private static Spread spread(TopologySpreadConstraint of) {
        AffinityTerm pods = new AffinityTerm(
                AffinityTerm.selector(of.getLabelSelector()),
                Set.of(),
                false,
                null,
                Holes.text(of.getTopologyKey()),
                true,
                Holes.list(of.getMatchLabelKeys()),
                List.of());
        return new Spread(
                pods,
                Holes.number(of.getMaxSkew(), 1),
                Holes.number(of.getMinDomains(), 1),
                !"ScheduleAnyway".equals(of.getWhenUnsatisfiable()),
                !"Ignore".equals(of.getNodeAffinityPolicy()),
                "Honor".equals(of.getNodeTaintsPolicy()));
    }
}
