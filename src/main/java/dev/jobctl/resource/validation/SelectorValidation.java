package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;

/// Label selectors in their object form.
final class SelectorValidation {
    private SelectorValidation() {}

    static void check(LabelSelector selector, String path, Complaints to) {
        MetaValidation.labels(map(selector.getMatchLabels()), path + ".matchLabels", to);
        List<LabelSelectorRequirement> requirements = list(selector.getMatchExpressions());
        for (int i = 0; i < requirements.size(); i++) {
            requirement(requirements.get(i), path + ".matchExpressions[" + i + "]", to);
        }
    }

    private static void requirement(LabelSelectorRequirement requirement, String path, Complaints to) {
        List<String> values = list(requirement.getValues());
        switch (Settled.orEmpty(requirement.getOperator())) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    to.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    to.forbidden(
                            path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default ->
                to.invalid(
                        path + ".operator",
                        Settled.orEmpty(requirement.getOperator()),
                        "not a valid selector operator");
        }
        String key = Settled.orEmpty(requirement.getKey());
        to.invalidEach(path + ".key", key, Names.qualifiedName(key));
        for (int i = 0; i < values.size(); i++) {
            to.invalidEach(path + ".values[" + i + "]", values.get(i), Names.labelValue(values.get(i)));
        }
    }
}
