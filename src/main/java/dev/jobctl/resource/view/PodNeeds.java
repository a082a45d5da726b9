package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a pod asks of the node that it runs on.
///
/// @param scheduler spec.schedulerName, `default-scheduler` unless said otherwise
/// @param requests by resource name: `cpu` in thousandths of a core, all else in whole units (bytes)
/// @param nodeTerms required node affinity: one of these must match; empty for no wish
/// @param gated has scheduling gates: not to be placed yet
/// @param preempts may displace pods of lower priority
/// @param ports of the node
public record PodNeeds(
        String scheduler,
        Map<String, String> nodeSelector,
        List<TolerationView> tolerations,
        Map<String, Long> requests,
        List<NodeTerm> nodeTerms,
        int priority,
        boolean gated,
        boolean preempts,
        PodPlacing placing,
        List<HostPort> ports) {
    public static final String DEFAULT_SCHEDULER = "default-scheduler";
    public static final PodNeeds NONE =
            new PodNeeds(DEFAULT_SCHEDULER, Map.of(), List.of(), Map.of(), List.of(), 0, false);

    /// Without wishes about other pods.
    public PodNeeds(
            String scheduler,
            Map<String, String> nodeSelector,
            List<TolerationView> tolerations,
            Map<String, Long> requests,
            List<NodeTerm> nodeTerms,
            int priority,
            boolean gated) {
        this(
                scheduler,
                nodeSelector,
                tolerations,
                requests,
                nodeTerms,
                priority,
                gated,
                true,
                PodPlacing.NONE,
                List.of());
    }

    public PodNeeds {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        requests = Map.copyOf(requests);
        nodeTerms = List.copyOf(nodeTerms);
        ports = List.copyOf(ports);
    }

    static PodNeeds of(@Nullable PodSpec spec) {
        if (spec == null) {
            return NONE;
        }
        String scheduler = Holes.text(spec.getSchedulerName());
        return new PodNeeds(
                scheduler.isEmpty() ? DEFAULT_SCHEDULER : scheduler,
                Holes.map(spec.getNodeSelector()),
                Holes.views(spec.getTolerations(), TolerationView::of),
                Requests.of(spec),
                nodeTerms(spec.getAffinity()),
                Holes.number(spec.getPriority(), 0),
                !Holes.list(spec.getSchedulingGates()).isEmpty(),
                !"Never".equals(spec.getPreemptionPolicy()),
                PodPlacing.of(spec),
                HostPort.of(spec));
    }

    /// Whether two specs share every part that [#of] reads, so that they surely need the same.
    @SuppressWarnings("ReferenceEquality") // stored parts never change: the same part means the same
    static boolean sameFor(@Nullable PodSpec spec, @Nullable PodSpec other) {
        if (spec == other) {
            return true;
        }
        return spec != null
                && other != null
                && spec.getSchedulerName() == other.getSchedulerName()
                && spec.getNodeSelector() == other.getNodeSelector()
                && spec.getTolerations() == other.getTolerations()
                && spec.getContainers() == other.getContainers()
                && spec.getInitContainers() == other.getInitContainers()
                && spec.getOverhead() == other.getOverhead()
                && spec.getResources() == other.getResources()
                && spec.getAffinity() == other.getAffinity()
                && Objects.equals(spec.getPriority(), other.getPriority())
                && spec.getSchedulingGates() == other.getSchedulingGates()
                && Objects.equals(spec.getPreemptionPolicy(), other.getPreemptionPolicy())
                && spec.getTopologySpreadConstraints() == other.getTopologySpreadConstraints();
    }

    private static List<NodeTerm> nodeTerms(@Nullable Affinity affinity) {
        if (affinity == null
                || affinity.getNodeAffinity() == null
                || affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return List.of();
        }
        List<NodeSelectorTerm> terms = Holes.list(affinity.getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms());
        return terms.stream().map(NodeTerm::of).toList();
    }
}
