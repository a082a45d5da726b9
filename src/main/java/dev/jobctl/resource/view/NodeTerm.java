package dev.jobctl.resource.view;

import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.LabelSelector.Operator;
import dev.jobctl.resource.value.LabelSelector.Requirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.List;
import java.util.Map;

/// One alternative of a required node affinity: all that it says of the node's labels and name must hold. A term that
/// says nothing matches no node.
public record NodeTerm(LabelSelector labels, LabelSelector fields) {
    private static final String NAME_FIELD = "metadata.name";

    public boolean matches(String nodeName, Map<String, String> nodeLabels) {
        if (labels.isEverything() && fields.isEverything()) {
            return false;
        }
        return labels.matches(nodeLabels) && fields.matches(Map.of(NAME_FIELD, nodeName));
    }

    static NodeTerm of(NodeSelectorTerm term) {
        return new NodeTerm(
                selector(Holes.list(term.getMatchExpressions())), selector(Holes.list(term.getMatchFields())));
    }

    private static LabelSelector selector(List<NodeSelectorRequirement> requirements) {
        return new LabelSelector(requirements.stream()
                .map(each -> new Requirement(
                        Holes.text(each.getKey()),
                        operator(Holes.text(each.getOperator())),
                        Holes.list(each.getValues())))
                .toList());
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.In;
            case "NotIn" -> Operator.NotIn;
            case "Gt" -> Operator.GreaterThan;
            case "Lt" -> Operator.LessThan;
            case "DoesNotExist" -> Operator.DoesNotExist;
            default -> Operator.Exists;
        };
    }
}
