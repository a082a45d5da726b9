package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What quotas look at in a pod.
///
/// @param ended Succeeded or Failed
/// @param overdue since when nobody will wait for its end any more; null while it is not being deleted
/// @param deadline has activeDeadlineSeconds: scope Terminating
/// @param bestEffort asks for no CPU and no memory; what it says as a whole counts alone
/// @param reachesNamespaces wants to be near or far from pods of other namespaces: scope CrossNamespacePodAffinity
/// @param priorityClass empty for none
/// @param said by container: the names `cpu`, `limits.memory` and the like that it asks for; no container has to say
///     anything where the pod does as a whole
public record PodClaim(
        boolean ended,
        @Nullable Instant overdue,
        PodAmounts amounts,
        boolean deadline,
        boolean bestEffort,
        boolean reachesNamespaces,
        String priorityClass,
        Map<String, Set<String>> said) {
    public PodClaim {
        said = Map.copyOf(said);
    }

    /// The namespace's accounts go by this; name and uid need not be set yet.
    public static PodClaim of(Pod pod) {
        PodSpec spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
        String phase = pod.getStatus() == null ? "" : Holes.text(pod.getStatus().getPhase());
        PodAmounts amounts = PodAmounts.of(spec);
        List<Container> containers = new ArrayList<>(Holes.list(spec.getContainers()));
        containers.addAll(Holes.list(spec.getInitContainers()));
        Map<String, Set<String>> said = new LinkedHashMap<>();
        if (!PodTotals.saysAny(spec)) {
            containers.forEach(container -> said.put(Holes.text(container.getName()), said(container)));
        }
        return new PodClaim(
                phase.equals("Succeeded") || phase.equals("Failed"),
                overdue(pod),
                amounts,
                spec.getActiveDeadlineSeconds() != null,
                spec.getResources() == null
                        ? containers.stream().map(Container::getResources).allMatch(PodClaim::asksNothing)
                        : asksNothing(spec.getResources()),
                spec.getAffinity() != null && terms(spec.getAffinity()).anyMatch(PodClaim::reachesNamespaces),
                Holes.text(spec.getPriorityClassName()),
                said);
    }

    private static Stream<PodAffinityTerm> terms(Affinity affinity) {
        PodAffinity near = Objects.requireNonNullElseGet(affinity.getPodAffinity(), PodAffinity::new);
        PodAntiAffinity far = Objects.requireNonNullElseGet(affinity.getPodAntiAffinity(), PodAntiAffinity::new);
        Stream<PodAffinityTerm> required = Stream.concat(
                Holes.list(near.getRequiredDuringSchedulingIgnoredDuringExecution()).stream(),
                Holes.list(far.getRequiredDuringSchedulingIgnoredDuringExecution()).stream());
        Stream<PodAffinityTerm> preferred = Stream.concat(
                        Holes.list(near.getPreferredDuringSchedulingIgnoredDuringExecution()).stream(),
                        Holes.list(far.getPreferredDuringSchedulingIgnoredDuringExecution()).stream())
                .map(WeightedPodAffinityTerm::getPodAffinityTerm);
        return Stream.concat(required, preferred).filter(Objects::nonNull);
    }

    private static boolean reachesNamespaces(PodAffinityTerm term) {
        return !Holes.list(term.getNamespaces()).isEmpty() || term.getNamespaceSelector() != null;
    }

    /// As the quota controller has it: the grace counts once more from the time by which the pod should have gone.
    private static @Nullable Instant overdue(Pod pod) {
        @Nullable Instant deletion = Times.read(pod.getMetadata().getDeletionTimestamp());
        @Nullable Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        return deletion == null || grace == null ? null : deletion.plusSeconds(grace);
    }

    private static Set<String> said(Container container) {
        Set<String> names = new TreeSet<>();
        if (container.getResources() != null) {
            for (String name :
                    Requests.amounts(container.getResources().getRequests()).keySet()) {
                names.add(name);
                names.add("requests." + name);
            }
            for (String name :
                    Requests.amounts(container.getResources().getLimits()).keySet()) {
                names.add("limits." + name);
            }
        }
        return names;
    }

    private static boolean asksNothing(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return true;
        }
        Map<String, Long> requests = Requests.amounts(resources.getRequests());
        Map<String, Long> limits = Requests.amounts(resources.getLimits());
        return List.of("cpu", "memory").stream()
                .allMatch(name -> requests.getOrDefault(name, 0L) <= 0 && limits.getOrDefault(name, 0L) <= 0);
    }
}
