package dev.jobctl.resource.view;

import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.LabelSelector.Operator;
import dev.jobctl.resource.value.LabelSelector.Requirement;
import dev.jobctl.resource.value.Parsed;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Pods that another pod wants near or far: those with such labels in such namespaces. Near means on a node with the
/// same value of a label.
///
/// @param namespaces by name; with `everywhere` all
/// @param labelled namespaces with such labels, too; null for none
/// @param topologyKey the label of nodes
/// @param own in the namespace of the pod that wants this, too
/// @param alike labels in which they must be like the pod that wants this, as far as it has them
/// @param unlike labels in which they must not
public record AffinityTerm(
        LabelSelector pods,
        Set<String> namespaces,
        boolean everywhere,
        @Nullable LabelSelector labelled,
        String topologyKey,
        boolean own,
        List<String> alike,
        List<String> unlike) {
    public AffinityTerm {
        namespaces = Set.copyOf(namespaces);
        alike = List.copyOf(alike);
        unlike = List.copyOf(unlike);
    }

    /// For one that was settled for a pod: whether it means `pod`.
    public boolean matches(PodView pod) {
        return (everywhere || namespaces.contains(pod.meta().namespace()))
                && pods.matches(pod.meta().labels());
    }

    /// The same with all that depends on the pod that wants this, and on the namespaces that there are, filled in.
    ///
    /// @param known the labels of each namespace
    AffinityTerm settled(MetaView wanting, Map<String, Map<String, String>> known) {
        if (!own && labelled == null && alike.isEmpty() && unlike.isEmpty()) {
            return this;
        }
        Set<String> all = new TreeSet<>(namespaces);
        if (own) {
            all.add(wanting.namespace());
        }
        if (labelled != null) {
            known.forEach((name, labels) -> {
                if (labelled.matches(labels)) {
                    all.add(name);
                }
            });
        }
        LabelSelector like = with(pods, alike, wanting.labels(), Operator.In);
        return new AffinityTerm(
                with(like, unlike, wanting.labels(), Operator.NotIn),
                all,
                everywhere,
                null,
                topologyKey,
                false,
                List.of(),
                List.of());
    }

    /// Rule SCH-015: without a word on namespaces it is the pod's own; namespaces that are named and namespaces with
    /// the wanted labels add up; an empty selector means all.
    static AffinityTerm of(PodAffinityTerm term) {
        Set<String> namespaces = new TreeSet<>(Holes.list(term.getNamespaces()));
        @Nullable
        LabelSelector labelled = term.getNamespaceSelector() == null ? null : selector(term.getNamespaceSelector());
        boolean everywhere = labelled != null && labelled.isEverything();
        return new AffinityTerm(
                selector(term.getLabelSelector()),
                namespaces,
                everywhere,
                everywhere ? null : labelled,
                Holes.text(term.getTopologyKey()),
                term.getNamespaceSelector() == null && namespaces.isEmpty(),
                Holes.list(term.getMatchLabelKeys()),
                Holes.list(term.getMismatchLabelKeys()));
    }

    static LabelSelector selector(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        return switch (LabelSelector.of(selector)) {
            case Parsed.Good<LabelSelector> good -> good.value();
            case Parsed.Bad<LabelSelector> bad -> selector(null); // validation lets none of these in
        };
    }

    private static LabelSelector with(
            LabelSelector selector, List<String> keys, Map<String, String> labels, Operator operator) {
        if (keys.isEmpty()) {
            return selector;
        }
        List<Requirement> all = new ArrayList<>(selector.requirements());
        for (String key : keys) {
            @Nullable String own = labels.get(key);
            if (own != null) {
                all.add(new Requirement(key, operator, List.of(own)));
            }
        }
        return new LabelSelector(all);
    }
}
