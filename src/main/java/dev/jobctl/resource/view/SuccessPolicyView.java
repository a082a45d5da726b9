package dev.jobctl.resource.view;

import dev.jobctl.resource.value.IndexSet;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// spec.successPolicy: when an Indexed Job has succeeded although not every index has.
public record SuccessPolicyView(List<Rule> rules) {
    public SuccessPolicyView {
        rules = List.copyOf(rules);
    }

    /// One rule.
    ///
    /// @param indexes those that matter, null for all
    /// @param count how many of them must succeed, null for every one
    public record Rule(@Nullable IndexSet indexes, @Nullable Integer count) {}

    static @Nullable SuccessPolicyView of(@Nullable SuccessPolicy policy) {
        if (policy == null) {
            return null;
        }
        return new SuccessPolicyView(Holes.list(policy.getRules()).stream()
                .map(rule -> new Rule(
                        rule.getSucceededIndexes() == null ? null : IndexSet.lenient(rule.getSucceededIndexes()),
                        rule.getSucceededCount()))
                .toList());
    }
}
