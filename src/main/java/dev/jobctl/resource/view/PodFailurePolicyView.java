package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// spec.podFailurePolicy: what a failed pod means, first rule that matches.
public record PodFailurePolicyView(List<Rule> rules) {
    public PodFailurePolicyView {
        rules = List.copyOf(rules);
    }

    /// What to do when a rule matches.
    public enum Action {
        FailJob,
        FailIndex,
        Ignore,
        Count
    }

    /// One rule.
    public record Rule(Action action, Matcher matcher) {}

    /// What a rule looks at.
    public sealed interface Matcher {}

    /// Exit codes of containers.
    ///
    /// @param container its name, null for any
    /// @param in true for operator In, false for NotIn
    public record ExitCodes(@Nullable String container, boolean in, Set<Integer> values) implements Matcher {
        public ExitCodes {
            values = Set.copyOf(values);
        }
    }

    /// Any of these.
    public record Conditions(List<Pattern> patterns) implements Matcher {
        public Conditions {
            patterns = List.copyOf(patterns);
        }
    }

    /// A pod condition of this type and status.
    public record Pattern(String type, String status) {}

    static @Nullable PodFailurePolicyView of(@Nullable PodFailurePolicy policy) {
        if (policy == null) {
            return null;
        }
        return new PodFailurePolicyView(Holes.list(policy.getRules()).stream()
                .map(rule -> new Rule(action(Holes.text(rule.getAction())), matcher(rule)))
                .toList());
    }

    /// An action unknown to this version counts the failure, as if the rule were not there.
    private static Action action(String name) {
        return switch (name) {
            case "FailJob" -> Action.FailJob;
            case "FailIndex" -> Action.FailIndex;
            case "Ignore" -> Action.Ignore;
            default -> Action.Count;
        };
    }

    private static Matcher matcher(PodFailurePolicyRule rule) {
        @Nullable PodFailurePolicyOnExitCodesRequirement codes = rule.getOnExitCodes();
        if (codes != null) {
            return new ExitCodes(
                    codes.getContainerName(),
                    Holes.text(codes.getOperator()).equals("In"),
                    Set.copyOf(Holes.list(codes.getValues())));
        }
        return new Conditions(Holes.list(rule.getOnPodConditions()).stream()
                .map(pattern -> new Pattern(
                        Holes.text(pattern.getType()), pattern.getStatus() == null ? "True" : pattern.getStatus()))
                .toList());
    }
}
