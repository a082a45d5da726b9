package dev.jobctl.conformance;

import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.JobSpecView;
import dev.jobctl.resource.view.JobSpecView.CompletionMode;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.PodFailurePolicyView;
import dev.jobctl.resource.view.PodFailurePolicyView.Action;
import dev.jobctl.resource.view.PodFailurePolicyView.Matcher;
import dev.jobctl.resource.view.SuccessPolicyView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a Job's spec from the words of a row: `job completions=5 parallelism=2 mode=Indexed perIndex=1`.
///
/// Left out: completions 1, parallelism 1, backoffLimit 6, NonIndexed, restartPolicy Never. `none` is null. A failure
/// policy is `FailJob:in:42,43@main|Ignore:cond:DisruptionTarget`, a success policy `0-2:1|:3` (indexes:count).
final class JobText {
    static final ObjectRef REF = new ObjectRef(new ObjectKey(Kinds.JOB, "default", "job"), "uid-job");
    static final Map<String, String> LABELS = Map.of("batch.kubernetes.io/controller-uid", "uid-job");

    private JobText() {}

    static MetaView meta(Map<String, String> values) {
        boolean deleting = values.getOrDefault("deleting", "false").equals("true");
        return new MetaView(
                REF,
                Map.of(),
                List.of(),
                deleting ? List.of("foregroundDeletion") : List.of(),
                Clock.START,
                deleting ? Clock.START : null,
                0);
    }

    static JobSpecView spec(Map<String, String> values) {
        @Nullable Integer perIndex = integer(values.get("perIndex"));
        @Nullable String deadline = values.get("deadline");
        return new JobSpecView(
                CompletionMode.valueOf(values.getOrDefault("mode", "NonIndexed")),
                number(values, "parallelism", 1),
                values.containsKey("completions") ? integer(values.get("completions")) : Integer.valueOf(1),
                number(values, "backoffLimit", perIndex == null ? 6 : Integer.MAX_VALUE),
                perIndex,
                integer(values.get("maxFailedIndexes")),
                deadline == null || deadline.equals("none")
                        ? null
                        : Clock.duration(deadline).toSeconds(),
                integer(values.get("ttl")),
                values.getOrDefault("suspend", "false").equals("true"),
                values.getOrDefault("restart", "Never").equals("OnFailure"),
                values.getOrDefault("replace", "TerminatingOrFailed").equals("Failed") || values.containsKey("policy"),
                failurePolicy(values.get("policy")),
                successPolicy(values.get("success")),
                values.get("managedBy"),
                LabelSelector.ofLabels(LABELS));
    }

    private static int number(Map<String, String> values, String key, int otherwise) {
        @Nullable String text = values.get(key);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    static @Nullable Integer integer(@Nullable String text) {
        return text == null || text.equals("none") ? null : Integer.valueOf(text);
    }

    private static @Nullable PodFailurePolicyView failurePolicy(@Nullable String text) {
        if (text == null || text.equals("none")) {
            return null;
        }
        List<PodFailurePolicyView.Rule> rules = new ArrayList<>();
        for (String rule : text.split("\\|", -1)) {
            String[] parts = rule.split(":", -1);
            rules.add(new PodFailurePolicyView.Rule(Action.valueOf(parts[0]), matcher(parts[1], parts[2])));
        }
        return new PodFailurePolicyView(rules);
    }

    private static Matcher matcher(String how, String what) {
        if (how.equals("cond")) {
            List<PodFailurePolicyView.Pattern> patterns = Arrays.stream(what.split(",", -1))
                    .map(type -> type.startsWith("!")
                            ? new PodFailurePolicyView.Pattern(type.substring(1), "False")
                            : new PodFailurePolicyView.Pattern(type, "True"))
                    .toList();
            return new PodFailurePolicyView.Conditions(patterns);
        }
        String[] codesAndContainer = what.split("@", -1);
        Set<Integer> codes = Arrays.stream(codesAndContainer[0].split(",", -1))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        @Nullable String container = codesAndContainer.length > 1 ? codesAndContainer[1] : null;
        return new PodFailurePolicyView.ExitCodes(container, how.equals("in"), codes);
    }

    private static @Nullable SuccessPolicyView successPolicy(@Nullable String text) {
        if (text == null || text.equals("none")) {
            return null;
        }
        List<SuccessPolicyView.Rule> rules = new ArrayList<>();
        for (String rule : text.split("\\|", -1)) {
            String[] parts = rule.split(":", -1);
            rules.add(new SuccessPolicyView.Rule(
                    parts[0].isEmpty() ? null : IndexSet.lenient(parts[0]),
                    parts.length < 2 || parts[1].isEmpty() ? null : Integer.valueOf(parts[1])));
        }
        return new SuccessPolicyView(rules);
    }
}
