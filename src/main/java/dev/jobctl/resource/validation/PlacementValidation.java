package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod says about where it is to run: affinities and topologySpreadConstraints.
final class PlacementValidation {
    private static final String REQUIRED = ".requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = ".preferredDuringSchedulingIgnoredDuringExecution";
    private static final int MAX_WEIGHT = 100;
    private static final List<String> WHEN_UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

    private PlacementValidation() {}

    static void affinity(@Nullable Affinity affinity, String path, Complaints to) {
        if (affinity == null) {
            return;
        }
        if (affinity.getNodeAffinity() != null) {
            nodes(affinity.getNodeAffinity(), path + ".nodeAffinity", to);
        }
        if (affinity.getPodAffinity() != null) {
            pods(
                    list(affinity.getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()),
                    list(affinity.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution()),
                    path + ".podAffinity",
                    to);
        }
        if (affinity.getPodAntiAffinity() != null) {
            pods(
                    list(affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution()),
                    list(affinity.getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution()),
                    path + ".podAntiAffinity",
                    to);
        }
    }

    private static void nodes(NodeAffinity affinity, String path, Complaints to) {
        if (affinity.getRequiredDuringSchedulingIgnoredDuringExecution() != null) {
            List<NodeSelectorTerm> terms = list(
                    affinity.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTerms());
            String at = path + REQUIRED + ".nodeSelectorTerms";
            if (terms.isEmpty()) {
                to.required(at, "must have at least one node selector term");
            }
            for (int i = 0; i < terms.size(); i++) {
                term(terms.get(i), at + "[" + i + "]", to);
            }
        }
        List<PreferredSchedulingTerm> preferred = list(affinity.getPreferredDuringSchedulingIgnoredDuringExecution());
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + PREFERRED + "[" + i + "]";
            weight(preferred.get(i).getWeight(), at, to);
            if (preferred.get(i).getPreference() != null) {
                term(preferred.get(i).getPreference(), at + ".preference", to);
            }
        }
    }

    private static void term(NodeSelectorTerm term, String path, Complaints to) {
        List<NodeSelectorRequirement> labels = list(term.getMatchExpressions());
        for (int i = 0; i < labels.size(); i++) {
            label(labels.get(i), path + ".matchExpressions[" + i + "]", to);
        }
        List<NodeSelectorRequirement> fields = list(term.getMatchFields());
        for (int i = 0; i < fields.size(); i++) {
            field(fields.get(i), path + ".matchFields[" + i + "]", to);
        }
    }

    private static void label(NodeSelectorRequirement requirement, String path, Complaints to) {
        int values = list(requirement.getValues()).size();
        String operator = Settled.orEmpty(requirement.getOperator());
        switch (operator) {
            case "In", "NotIn" -> {
                if (values == 0) {
                    to.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values > 0) {
                    to.forbidden(
                            path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values != 1) {
                    to.required(path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> to.invalid(path + ".operator", operator, "not a valid selector operator");
        }
        String key = Settled.orEmpty(requirement.getKey());
        to.invalidEach(path + ".key", key, Names.qualifiedName(key));
    }

    private static void field(NodeSelectorRequirement requirement, String path, Complaints to) {
        String operator = Settled.orEmpty(requirement.getOperator());
        if (!operator.equals("In") && !operator.equals("NotIn")) {
            to.invalid(path + ".operator", operator, "not a valid selector operator");
        } else if (list(requirement.getValues()).size() != 1) {
            to.required(
                    path + ".values",
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        String key = Settled.orEmpty(requirement.getKey());
        if (!key.equals("metadata.name")) {
            to.invalid(path + ".key", key, "not a valid field selector key");
        }
    }

    private static void pods(
            List<PodAffinityTerm> required, List<WeightedPodAffinityTerm> preferred, String path, Complaints to) {
        for (int i = 0; i < required.size(); i++) {
            pods(required.get(i), path + REQUIRED + "[" + i + "]", to);
        }
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + PREFERRED + "[" + i + "]";
            weight(preferred.get(i).getWeight(), at, to);
            @Nullable PodAffinityTerm term = preferred.get(i).getPodAffinityTerm();
            pods(term == null ? new PodAffinityTerm() : term, at + ".podAffinityTerm", to);
        }
    }

    private static void pods(PodAffinityTerm term, String path, Complaints to) {
        if (term.getLabelSelector() != null) {
            SelectorValidation.check(term.getLabelSelector(), path + ".labelSelector", to);
        }
        if (term.getNamespaceSelector() != null) {
            SelectorValidation.check(term.getNamespaceSelector(), path + ".namespaceSelector", to);
        }
        String key = Settled.orEmpty(term.getTopologyKey());
        if (key.isEmpty()) {
            to.required(path + ".topologyKey", "can not be empty");
        }
        to.invalidEach(path + ".topologyKey", key, Names.qualifiedName(key));
    }

    private static void weight(@Nullable Integer weight, String path, Complaints to) {
        int number = Settled.orZero(weight);
        if (number < 1 || number > MAX_WEIGHT) {
            to.invalid(path + ".weight", number, "must be in the range 1-" + MAX_WEIGHT);
        }
    }

    static void spread(List<TopologySpreadConstraint> constraints, String path, Complaints to) {
        for (int i = 0; i < constraints.size(); i++) {
            TopologySpreadConstraint constraint = constraints.get(i);
            String at = path + "[" + i + "]";
            if (Settled.orZero(constraint.getMaxSkew()) <= 0) {
                to.invalid(at + ".maxSkew", Settled.orZero(constraint.getMaxSkew()), "must be greater than zero");
            }
            if (Settled.blank(constraint.getTopologyKey())) {
                to.required(at + ".topologyKey", "can not be empty");
            }
            String otherwise = Settled.orEmpty(constraint.getWhenUnsatisfiable());
            if (!WHEN_UNSATISFIABLE.contains(otherwise)) {
                to.notSupported(at + ".whenUnsatisfiable", otherwise, WHEN_UNSATISFIABLE);
            }
            if (constraint.getLabelSelector() != null) {
                SelectorValidation.check(constraint.getLabelSelector(), at + ".labelSelector", to);
            }
        }
    }
}
