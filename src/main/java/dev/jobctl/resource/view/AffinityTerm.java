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
/// @param topologyKey the label of nodes
public record AffinityTerm(LabelSelector pods, Set<String> namespaces, boolean everywhere, String topologyKey) {
    public AffinityTerm {
        namespaces = Set.copyOf(namespaces);
    }

    public boolean matches(PodView pod) {
        return (everywhere || namespaces.contains(pod.meta().namespace()))
                && pods.matches(pod.meta().labels());
    }

    /// Without a word on namespaces it is the pod's own. A selector of namespaces sees their names only.
    static AffinityTerm of(PodAffinityTerm term, String namespace, Map<String, String> labels) {
        Set<String> namespaces = new TreeSet<>(Holes.list(term.getNamespaces()));
        boolean everywhere = false;
        if (term.getNamespaceSelector() != null) {
            LabelSelector wanted = selector(term.getNamespaceSelector());
            everywhere = wanted.isEverything();
            wanted.requirements().stream()
                    .filter(each -> each.key().equals("kubernetes.io/metadata.name"))
                    .forEach(each -> namespaces.addAll(each.values()));
        } else if (namespaces.isEmpty()) {
            namespaces.add(namespace);
        }
        LabelSelector pods = alike(selector(term.getLabelSelector()), Holes.list(term.getMatchLabelKeys()), labels);
        return new AffinityTerm(
                unlike(pods, Holes.list(term.getMismatchLabelKeys()), labels),
                namespaces,
                everywhere,
                Holes.text(term.getTopologyKey()));
    }

    static LabelSelector selector(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        return switch (LabelSelector.of(selector)) {
            case Parsed.Good<LabelSelector> good -> good.value();
            case Parsed.Bad<LabelSelector> bad -> selector(null); // validation lets none of these in
        };
    }

    /// And with the same values of these labels as the pod itself; labels that it does not have are not asked for.
    static LabelSelector alike(LabelSelector selector, List<String> keys, Map<String, String> labels) {
        return with(selector, keys, labels, Operator.In);
    }

    private static LabelSelector unlike(LabelSelector selector, List<String> keys, Map<String, String> labels) {
        return with(selector, keys, labels, Operator.NotIn);
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
