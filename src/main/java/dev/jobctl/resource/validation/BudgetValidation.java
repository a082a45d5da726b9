package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A PodDisruptionBudget: one bound, a number or a share.
final class BudgetValidation {
    private BudgetValidation() {}

    static void check(PodDisruptionBudget budget, Complaints to) {
        PodDisruptionBudgetSpec spec = budget.getSpec() == null ? new PodDisruptionBudgetSpec() : budget.getSpec();
        if (spec.getMinAvailable() != null && spec.getMaxUnavailable() != null) {
            to.invalidStruct("spec", "{}", "minAvailable and maxUnavailable cannot be both set");
        }
        amount("spec.minAvailable", spec.getMinAvailable(), to);
        amount("spec.maxUnavailable", spec.getMaxUnavailable(), to);
        String policy = Settled.orEmpty(spec.getUnhealthyPodEvictionPolicy());
        List<String> known = List.of("AlwaysAllow", "IfHealthyBudget");
        if (!policy.isEmpty() && !known.contains(policy)) {
            to.notSupported("spec.unhealthyPodEvictionPolicy", policy, known);
        }
        if (spec.getSelector() != null) {
            SelectorValidation.check(spec.getSelector(), "spec.selector", to);
        }
    }

    private static void amount(String path, @Nullable IntOrString amount, Complaints to) {
        if (amount == null) {
            return;
        }
        if (amount.getIntVal() != null) {
            if (amount.getIntVal() < 0) {
                to.invalid(path, amount.getIntVal(), "must be greater than or equal to 0");
            }
            return;
        }
        String share = Settled.orEmpty(amount.getStrVal());
        if (!share.matches("[0-9]+%")) {
            to.invalid(
                    path,
                    share,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%',"
                            + " regex used for validation is '[0-9]+%')");
        } else if (share.length() > 4 || Integer.parseInt(share.substring(0, share.length() - 1)) > 100) {
            to.invalid(path, share, "must not be greater than 100%");
        }
    }
}
