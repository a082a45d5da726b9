package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What may change in a stored Job, and in its status.
class JobUpdateTest {
    private static final String IMMUTABLE = "field is immutable";
    private static final String INDEXED = "spec: {completionMode: Indexed, completions: 3, parallelism: 3}";

    /// A row: Job, its status, the change, and how the messages end, in order.
    static Stream<Arguments> updates() {
        return Stream.of(
                row("{}", "", "{}"),
                row("{}", "", "spec: {parallelism: 5, activeDeadlineSeconds: 9, backoffLimit: 1, suspend: true}"),
                row("{}", "", "spec: {ttlSecondsAfterFinished: 5}"),
                row("{}", "", "spec: {completions: 2}", "spec.completions: Invalid value: 2: " + IMMUTABLE),
                row(INDEXED, "", "spec: {completions: 5, parallelism: 5}"),
                row(INDEXED, "", "spec: {completions: 0, parallelism: 0}"),
                row(
                        INDEXED,
                        "",
                        "spec: {completions: 5}",
                        "spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism"),
                row(
                        INDEXED,
                        "",
                        "spec: {completions: null}",
                        "spec.completions: Required value: when completion mode is Indexed"),
                row(
                        INDEXED,
                        "",
                        "spec: {completionMode: NonIndexed}",
                        "spec.completionMode: Invalid value: \"NonIndexed\": " + IMMUTABLE),
                row(
                        INDEXED,
                        "",
                        "spec: {backoffLimitPerIndex: 1}",
                        "spec.backoffLimitPerIndex: Invalid value: 1: " + IMMUTABLE),
                row("{}", "", "spec: {managedBy: a.b/c}", "spec.managedBy: Invalid value: \"a.b/c\": " + IMMUTABLE),
                row(
                        INDEXED,
                        "",
                        "spec: {successPolicy: {rules: [{succeededCount: 1}]}}",
                        "spec.successPolicy: Invalid value: batch.SuccessPolicy{Rules:{{SucceededCount:1}}}: "
                                + IMMUTABLE),
                row(
                        "{}",
                        "",
                        "spec: {podReplacementPolicy: Failed, podFailurePolicy: {rules: [{action: Count, onExitCodes:"
                                + " {operator: In, values: [1]}}]}}",
                        IMMUTABLE),
                row("{}", "", "spec: {selector: {matchLabels: {job-name: pi}}}", IMMUTABLE),
                row("{}", "", "spec: {template: {spec: {containers: [{name: pi, image: other}]}}}", IMMUTABLE),
                row("{}", "", "spec: {template: {spec: {nodeSelector: {a: b}}}}", IMMUTABLE),
                row("spec: {suspend: true}", "", "spec: {template: {spec: {nodeSelector: {a: b}}}}"),
                row("spec: {suspend: true}", "", "spec: {suspend: false, template: {spec: {nodeSelector: {a: b}}}}"),
                row("spec: {suspend: true}", "", "spec: {template: {spec: {tolerations: [{operator: Exists}]}}}"),
                row("spec: {suspend: true}", "", "spec: {template: {metadata: {labels: {a: b}, annotations: {c: d}}}}"),
                row(
                        "spec: {suspend: true}",
                        "",
                        "spec: {template: {metadata: {labels: {job-name: null}}}}",
                        "spec.template.metadata.labels[job-name]: Required value: must be 'pi'"),
                row("spec: {suspend: true}", "", "spec: {template: {spec: {schedulingGates: [{name: g}]}}}"),
                row(
                        "spec: {suspend: true}",
                        "",
                        "spec: {template: {spec: {affinity: {nodeAffinity:"
                                + " {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                                + " [{matchExpressions: [{key: a, operator: Exists}]}]}}}}}}"),
                row("spec: {suspend: true}", "", "spec: {template: {spec: {affinity: {podAffinity: {}}}}}", IMMUTABLE),
                row(
                        "spec: {suspend: true}",
                        "",
                        "spec: {template: {spec: {containers: [{name: pi, image: other}]}}}",
                        IMMUTABLE),
                row(
                        "spec: {suspend: true}",
                        "{startTime: '2026-01-02T03:04:05Z'}",
                        "spec: {template: {spec: {nodeSelector: {a: b}}}}",
                        IMMUTABLE),
                row(
                        "spec: {suspend: true}",
                        "{startTime: '2026-01-02T03:04:05Z', conditions: [{type: Suspended, status: 'True'}]}",
                        "spec: {template: {spec: {nodeSelector: {a: b}}}}",
                        IMMUTABLE),
                row(
                        "spec: {suspend: true}",
                        "",
                        "spec: {template: {spec: {containers: [{name: pi, image: perl, resources: {requests: {cpu:"
                                + " 1}}}]}}}",
                        IMMUTABLE),
                row("{}", "", "metadata: {name: other}", "metadata.name: Invalid value: \"other\": " + IMMUTABLE),
                row("{}", "", "metadata: {uid: other}", "metadata.uid: Invalid value: \"other\": " + IMMUTABLE),
                row(
                        "{}",
                        "",
                        "metadata: {finalizers: [odd]}",
                        "name is neither a standard finalizer name nor is it fully qualified"),
                row("{}", "", "metadata: {annotations: {'a b': c}}", "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"),
                row(
                        "{}",
                        "",
                        "metadata: {annotations: {a: " + "x".repeat(262144) + "}}",
                        "metadata.annotations: Too long: may not be more than 262144 bytes"));
    }

    private static Arguments row(String first, String status, String second, String... endings) {
        return Arguments.of(first, status, second, List.of(endings));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void theApiSaysOfAChangedJob(String first, String status, String second, List<String> endings) {
        List<String> messages = Manifests.update(Kinds.JOB, Job.class, Manifests.JOB, first, status, second);

        if (endings.isEmpty()) {
            assertThat(messages).isEmpty();
        } else {
            assertThat(messages.getLast()).endsWith(endings.getLast());
        }
    }

    static Stream<Arguments> statuses() {
        String t = "'2026-01-02T03:04:05Z'";
        String done = "{type: SuccessCriteriaMet, status: 'True'}, {type: Complete, status: 'True'}";
        String c = "status.conditions: Invalid value: ";
        return Stream.of(
                status("{}", "{}", "{active: 1, ready: 1}"),
                status(
                        "{}",
                        "{}",
                        "{startTime: " + t + ", completionTime: " + t + ", succeeded: 1, conditions: [" + done + "]}"),
                status(
                        "{}",
                        "{}",
                        "{active: -1}",
                        "status.active: Invalid value: -1: must be greater than or equal to 0"),
                status(
                        "{}",
                        "{}",
                        "{uncountedTerminatedPods: {succeeded: ['', a], failed: [a]}}",
                        "status.uncountedTerminatedPods.succeeded[0]: Invalid value: \"\": must not be empty",
                        "status.uncountedTerminatedPods.failed[0]: Duplicate value: \"a\""),
                conditions(
                        "SuccessCriteriaMet Complete Failed FailureTarget",
                        c + "cannot set Complete=True and Failed=true conditions",
                        c + "cannot set Complete=True and FailureTarget=true conditions",
                        c + "cannot set SuccessCriteriaMet=True and Failed=true conditions",
                        c + "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions"),
                conditions(
                        "Complete",
                        c + "cannot set Complete=True condition without the SuccessCriteriaMet=true condition"),
                conditions("Failed", c + "cannot set Failed=True condition without the FailureTarget=true condition"),
                status(
                        "spec: {completionMode: Indexed, completions: 2, successPolicy: {rules: [{succeededCount:"
                                + " 1}]}}",
                        "{}",
                        "{startTime: " + t + ", completionTime: " + t
                                + ", conditions: [{type: Complete, status: 'True'}]}",
                        c + "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True"),
                status(
                        "{}",
                        "{}",
                        "{completionTime: " + t + "}",
                        "status.completionTime: Invalid value: 2026-01-02T03:04:05Z: cannot set completionTime when"
                                + " there is no Complete=True condition"),
                status(
                        "{}",
                        "{}",
                        "{startTime: " + t + ", conditions: [" + done + "]}",
                        "status.completionTime: Required value: completionTime is required for Complete jobs"),
                status(
                        "{}",
                        "{}",
                        "{startTime: " + t + ", completionTime: '2026-01-02T03:04:04Z', conditions: [" + done + "]}",
                        "status.completionTime: Invalid value: 2026-01-02T03:04:04Z: completionTime cannot be set"
                                + " before startTime"),
                status(
                        "{}",
                        "{startTime: " + t + ", completionTime: " + t + ", conditions: [" + done + "]}",
                        "{startTime: " + t + ", completionTime: '2026-01-02T03:04:06Z', conditions: [" + done + "]}",
                        "status.completionTime: Invalid value: 2026-01-02T03:04:06Z: completionTime cannot be mutated"),
                status(
                        "{}",
                        "{}",
                        "{active: 1, terminating: 2, uncountedTerminatedPods: {failed: [a]}, conditions: [{type:"
                                + " FailureTarget, status: 'True'}, {type: Failed, status: 'True'}]}",
                        "status.active: Invalid value: 1: active>0 is invalid for finished job",
                        "status.terminating: Invalid value: 2: terminating>0 is invalid for finished job",
                        "status.startTime: Required value: startTime is required for finished job",
                        "status.uncountedTerminatedPods: Invalid value: batch.UncountedTerminatedPods{Failed:{\"a\"}}:"
                                + " uncountedTerminatedPods needs to be empty for finished job"),
                status(
                        "{}",
                        "{}",
                        "{completedIndexes: '0', failedIndexes: ''}",
                        "status.completedIndexes: Invalid value: \"0\": cannot set non-empty completedIndexes when"
                                + " non-indexed completion mode",
                        "status.failedIndexes: Invalid value: \"\": cannot set non-null failedIndexes when"
                                + " backoffLimitPerIndex is null"),
                status(
                        "spec: {completionMode: Indexed, completions: 5, backoffLimitPerIndex: 1}",
                        "{}",
                        "{completedIndexes: '0-2', failedIndexes: '2'}",
                        "status.failedIndexes: Invalid value: \"2\": failedIndexes and completedIndexes overlap at"
                                + " index: 2"),
                status(
                        "spec: {completionMode: Indexed, completions: 5, backoffLimitPerIndex: 1}",
                        "{}",
                        "{completedIndexes: x, failedIndexes: '7'}",
                        "status.completedIndexes: Invalid value: \"x\": error parsing completedIndexes: cannot convert"
                                + " string to integer for index: \"x\"",
                        "status.failedIndexes: Invalid value: \"7\": error parsing failedIndexes: too large index:"
                                + " \"7\""),
                status(
                        "{}",
                        "{}",
                        "{active: 1, ready: 2}",
                        "status.ready: Invalid value: 2: cannot set more ready pods than active"),
                status(
                        "{}",
                        "{startTime: " + t
                                + ", conditions: [{type: FailureTarget, status: 'True'}, {type: Failed, status:"
                                + " 'True'}]}",
                        "{startTime: " + t + "}",
                        c + "cannot disable the terminal Failed=True condition",
                        c + "cannot disable the terminal FailureTarget=True condition"),
                status(
                        "{}",
                        "{conditions: [{type: SuccessCriteriaMet, status: 'True'}]}",
                        "{active: 1}",
                        c + "cannot disable the SuccessCriteriaMet=True condition"),
                status(
                        "{}",
                        "{startTime: " + t + ", completionTime: " + t
                                + ", conditions: [{type: Complete, status: 'True'}]}",
                        "{startTime: " + t + ", completionTime: " + t + ", conditions: [" + done + "]}",
                        c + "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions"),
                status(
                        "{}",
                        "{failed: 2, succeeded: 2}",
                        "{failed: 1, succeeded: 1}",
                        "status.failed: Invalid value: 1: cannot decrease the failed counter",
                        "status.succeeded: Invalid value: 1: cannot decrease the succeeded counter"),
                status(INDEXED, "{succeeded: 2}", "{succeeded: 1}"),
                status(
                        "{}",
                        "{startTime: " + t + "}",
                        "{active: 1}",
                        "status.startTime: Required value: startTime cannot be removed for unsuspended job"),
                status(
                        "spec: {suspend: true}",
                        "{startTime: " + t + "}",
                        "{conditions: [{type: Suspended, status: 'True'}]}"),
                status(
                        "spec: {suspend: true, completions: 0}",
                        "{}",
                        "{completionTime: " + t + ", conditions: [" + done + "]}"),
                status(
                        "spec: {suspend: true}",
                        "{}",
                        "{completionTime: " + t + ", conditions: [" + done + "]}",
                        "status.startTime: Required value: startTime is required for finished job"),
                status("{}", "{}", "{conditions: [{type: acme.io/Odd, status: 'True'}]}"));
    }

    /// Statuses that could not be written now, and what is said where only something else of them changes.
    static Stream<Arguments> oldFaults() {
        String failed = "{type: FailureTarget, status: 'True'}, {type: Failed, status: 'True'}";
        String complete = "{type: Complete, status: 'True'}";
        String t = "'2026-01-02T03:04:05Z'";
        return Stream.of(
                kept(INDEXED, "completedIndexes: '0-4', succeeded: 5"),
                kept("{}", "completedIndexes: '0', failedIndexes: '1'"),
                kept(
                        "spec: {completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1}",
                        "completedIndexes: '0', failedIndexes: '0'"),
                kept("{}", "terminating: 1, uncountedTerminatedPods: {failed: [a]}, conditions: [" + failed + "]"),
                kept("{}", "conditions: [" + complete + "]"),
                kept("{}", "conditions: [" + complete + ", " + failed + "]"),
                kept("{}", "conditions: [{type: Failed, status: 'True'}]"),
                kept("{}", "completionTime: " + t),
                kept("{}", "startTime: '2026-01-02T03:04:06Z', completionTime: " + t),
                kept("{}", "ready: 1"),
                status(
                        "{}",
                        "{active: 2, ready: 2}",
                        "{active: 1, ready: 2}",
                        "status.ready: Invalid value: 2: cannot set more ready pods than active"),
                status(
                        "{}",
                        "{active: 2, conditions: [" + failed + "]}",
                        "{active: 1, conditions: [" + failed + "]}",
                        "status.active: Invalid value: 1: active>0 is invalid for finished job"),
                status("{}", "{completionTime: " + t + "}", "{}"),
                status(
                        "{}",
                        "{conditions: [{type: SuccessCriteriaMet, status: 'True'}, {type: FailureTarget, status:"
                                + " 'True'}]}",
                        "{failed: 1, conditions: [{type: SuccessCriteriaMet, status: 'True'}, {type: FailureTarget,"
                                + " status: 'True'}]}",
                        "status.conditions: Invalid value: cannot set SuccessCriteriaMet=True and FailureTarget=true"
                                + " conditions"));
    }

    private static Arguments kept(String spec, String fields) {
        return status(spec, "{" + fields + "}", "{failed: 1, " + fields + "}");
    }

    @ParameterizedTest
    @MethodSource("oldFaults")
    void whatDoesNotChangeIsNotJudgedAnew(String spec, String before, String after, List<String> messages) {
        assertThat(Manifests.status(Kinds.JOB, Job.class, Manifests.JOB, spec, before, after))
                .isEqualTo(messages);
    }

    private static Arguments status(String spec, String before, String after, String... messages) {
        return Arguments.of(spec, before, after, List.of(messages));
    }

    private static Arguments conditions(String types, String... messages) {
        StringBuilder list = new StringBuilder();
        for (String type : types.split(" ")) {
            list.append("{type: ").append(type).append(", status: 'True'}, ");
        }
        String times = "startTime: '2026-01-02T03:04:05Z'"
                + (types.contains("Complete") ? ", completionTime: '2026-01-02T03:04:05Z'" : "");
        return status("{}", "{}", "{" + times + ", conditions: [" + list + "]}", messages);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void theApiSaysOfAChangedStatus(String spec, String before, String after, List<String> messages) {
        assertThat(Manifests.status(Kinds.JOB, Job.class, Manifests.JOB, spec, before, after))
                .isEqualTo(messages);
    }
}
