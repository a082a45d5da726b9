package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.GoQuote;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// podFailurePolicy, successPolicy and podReplacementPolicy of a Job.
final class JobPolicyValidation {
    private static final int MAX_RULES = 20;
    private static final int MAX_CONDITIONS = 20;
    private static final int MAX_EXIT_CODES = 255;
    private static final int MAX_INDEXES_BYTES = 65_536;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private JobPolicyValidation() {}

    static void check(JobSpec spec, Complaints to) {
        if (spec.getPodFailurePolicy() != null) {
            failure(spec, list(spec.getPodFailurePolicy().getRules()), to);
        }
        if (spec.getSuccessPolicy() != null) {
            if (JobValidation.indexed(spec)) {
                success(spec, list(spec.getSuccessPolicy().getRules()), to);
            } else {
                to.invalidStruct(
                        "spec.successPolicy",
                        GoText.struct("batch.SuccessPolicy", spec.getSuccessPolicy()),
                        "requires indexed completion mode");
            }
        }
        @Nullable String replacement = spec.getPodReplacementPolicy();
        List<String> allowed =
                spec.getPodFailurePolicy() == null ? List.of("Failed", "TerminatingOrFailed") : List.of("Failed");
        if (replacement != null && !allowed.contains(replacement)) {
            to.notSupported("spec.podReplacementPolicy", replacement, allowed);
        }
    }

    private static void failure(JobSpec spec, List<PodFailurePolicyRule> rules, Complaints to) {
        String path = "spec.podFailurePolicy.rules";
        if (rules.size() > MAX_RULES) {
            to.tooMany(path, rules.size(), MAX_RULES);
        }
        Set<String> containers = containerNames(spec);
        for (int i = 0; i < rules.size(); i++) {
            rule(spec, rules.get(i), path + "[" + i + "]", containers, to);
        }
    }

    private static Set<String> containerNames(JobSpec spec) {
        var pod = JobValidation.template(spec).getSpec();
        return pod == null
                ? Set.of()
                : Stream.concat(list(pod.getContainers()).stream(), list(pod.getInitContainers()).stream())
                        .map(Container::getName)
                        .map(Settled::orEmpty)
                        .collect(Collectors.toSet());
    }

    private static void rule(
            JobSpec spec, PodFailurePolicyRule rule, String path, Set<String> containers, Complaints to) {
        String action = Settled.orEmpty(rule.getAction());
        if (action.isEmpty()) {
            to.required(path + ".action", "valid values: " + bracketed(ACTIONS));
        } else if (action.equals("FailIndex")) {
            if (spec.getBackoffLimitPerIndex() == null) {
                to.invalid(path + ".action", action, "requires the backoffLimitPerIndex to be set");
            }
        } else if (!ACTIONS.contains(action)) {
            to.notSupported(path + ".action", action, ACTIONS);
        }
        List<PodFailurePolicyOnPodConditionsPattern> conditions = list(rule.getOnPodConditions());
        if (rule.getOnExitCodes() != null) {
            exitCodes(rule.getOnExitCodes(), path + ".onExitCodes", containers, to);
        }
        if (!conditions.isEmpty()) {
            conditions(conditions, path + ".onPodConditions", to);
        }
        if (rule.getOnExitCodes() != null && !conditions.isEmpty()) {
            to.invalidWithoutValue(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (rule.getOnExitCodes() == null && conditions.isEmpty()) {
            to.invalidWithoutValue(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void exitCodes(
            PodFailurePolicyOnExitCodesRequirement requirement, String path, Set<String> containers, Complaints to) {
        String operator = Settled.orEmpty(requirement.getOperator());
        if (operator.isEmpty()) {
            to.required(path + ".operator", "valid values: " + bracketed(OPERATORS));
        } else if (!OPERATORS.contains(operator)) {
            to.notSupported(path + ".operator", operator, OPERATORS);
        }
        if (requirement.getContainerName() != null && !containers.contains(requirement.getContainerName())) {
            to.invalid(
                    path + ".containerName",
                    requirement.getContainerName(),
                    "must be one of the container or initContainer names in the pod template");
        }
        List<Integer> codes = list(requirement.getValues());
        String values = path + ".values";
        if (codes.isEmpty()) {
            to.invalidStruct(
                    values,
                    requirement.getValues() == null ? "[]int32(nil)" : "[]int32{}",
                    "at least one value is required");
        } else if (codes.size() > MAX_EXIT_CODES) {
            to.tooMany(values, codes.size(), MAX_EXIT_CODES);
        }
        Set<Integer> seen = new HashSet<>();
        boolean ordered = true;
        for (int i = 0; i < codes.size(); i++) {
            int code = codes.get(i);
            if (operator.equals("In") && code == 0) {
                to.invalid(values + "[" + i + "]", code, "must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                to.duplicate(values + "[" + i + "]", code);
            }
            ordered &= i == 0 || codes.get(i - 1) <= code;
        }
        if (!ordered) {
            to.invalid(values, codes, "must be ordered");
        }
    }

    private static void conditions(List<PodFailurePolicyOnPodConditionsPattern> patterns, String path, Complaints to) {
        if (patterns.size() > MAX_CONDITIONS) {
            to.tooMany(path, patterns.size(), MAX_CONDITIONS);
        }
        for (int i = 0; i < patterns.size(); i++) {
            PodFailurePolicyOnPodConditionsPattern pattern = patterns.get(i);
            String type = Settled.orEmpty(pattern.getType());
            to.invalidEach(path + "[" + i + "].type", type, Names.qualifiedName(type));
            String status = Settled.orEmpty(pattern.getStatus());
            if (status.isEmpty()) {
                to.required(path + "[" + i + "].status", "valid values: " + bracketed(STATUSES));
            } else if (!STATUSES.contains(status)) {
                to.notSupported(path + "[" + i + "].status", status, STATUSES);
            }
        }
    }

    private static void success(JobSpec spec, List<SuccessPolicyRule> rules, Complaints to) {
        String path = "spec.successPolicy.rules";
        if (rules.isEmpty()) {
            to.required(path, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > MAX_RULES) {
            to.tooMany(path, rules.size(), MAX_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            success(rules.get(i), path + "[" + i + "]", Settled.orZero(spec.getCompletions()), to);
        }
    }

    private static void success(SuccessPolicyRule rule, String path, int completions, Complaints to) {
        @Nullable Integer count = rule.getSucceededCount();
        @Nullable String indexes = rule.getSucceededIndexes();
        if (count == null && indexes == null) {
            to.required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        int listed = 0;
        if (indexes != null) {
            if (indexes.getBytes(StandardCharsets.UTF_8).length > MAX_INDEXES_BYTES) {
                to.tooLong(path + ".succeededIndexes", MAX_INDEXES_BYTES);
            }
            switch (IndexSet.parse(indexes, completions)) {
                case Parsed.Good<IndexSet>(IndexSet parsed) -> listed = parsed.size();
                case Parsed.Bad<IndexSet>(String message) ->
                    to.invalid(path + ".succeededIndexes", indexes, "error parsing succeededIndexes: " + message);
            }
        }
        if (count == null) {
            return;
        }
        String field = path + ".succeededCount";
        to.nonNegative(field, count);
        if (count > completions) {
            to.invalid(
                    field,
                    count,
                    "must be less than or equal to " + completions + " (the number of specified completions)");
        }
        if (indexes != null && count > listed) {
            to.invalid(
                    field,
                    count,
                    "must be less than or equal to " + listed
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    /// Go's `%q` of a list: `["In" "NotIn"]`.
    private static String bracketed(List<String> values) {
        return values.stream().map(GoQuote::of).collect(Collectors.joining(" ", "[", "]"));
    }
}
