package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One row per message of the API server about a new Job.
class JobValidationTest {
    private static final String LABELS = "map[string]string{\"batch.kubernetes.io/controller-uid\":\"u-1\","
            + " \"batch.kubernetes.io/job-name\":\"pi\", \"controller-uid\":\"u-1\", \"job-name\":\"pi\"}";
    private static final String SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private static List<String> create(String change) {
        return Manifests.create(Kinds.JOB, Job.class, Manifests.JOB, change);
    }

    private static Arguments row(String change, String... messages) {
        return Arguments.of(change, List.of(messages));
    }

    static Stream<Arguments> fields() {
        String negative = ": Invalid value: -1: must be greater than or equal to 0";
        String tooManyWith =
                "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per"
                        + " index";
        return Stream.of(
                row("{}"),
                row("spec: {parallelism: -1}", "spec.parallelism" + negative),
                row("spec: {completions: -1}", "spec.completions" + negative),
                row("spec: {activeDeadlineSeconds: -1}", "spec.activeDeadlineSeconds" + negative),
                row("spec: {activeDeadlineSeconds: 0}"),
                row("spec: {backoffLimit: -1}", "spec.backoffLimit" + negative),
                row("spec: {ttlSecondsAfterFinished: -1}", "spec.ttlSecondsAfterFinished" + negative),
                row(
                        "spec: {completionMode: Indexed, completions: 1, backoffLimitPerIndex: -1}",
                        "spec.backoffLimitPerIndex" + negative),
                row(
                        "spec: {completionMode: Indexed, completions: 1, backoffLimitPerIndex: 1, maxFailedIndexes:"
                                + " -1}",
                        "spec.maxFailedIndexes" + negative),
                row(
                        "spec: {completionMode: Indexed, completions: 1, maxFailedIndexes: 1}",
                        "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified"),
                row(
                        "spec: {managedBy: foo}",
                        "spec.managedBy: Invalid value: \"foo\": must be a domain-prefixed path (such as"
                                + " \"acme.io/foo\")"),
                row("spec: {managedBy: acme.io/foo}"),
                row(
                        "spec: {managedBy: acme.io/" + "a".repeat(60) + "}",
                        "spec.managedBy: Too long: may not be more than 63 bytes"),
                row(
                        "spec: {completionMode: Sorted}",
                        "spec.completionMode: Unsupported value: \"Sorted\": supported values: \"NonIndexed\","
                                + " \"Indexed\""),
                row(
                        "spec: {completionMode: Indexed, parallelism: 2}",
                        "spec.completions: Required value: when completion mode is Indexed"),
                row(
                        "spec: {completionMode: Indexed, completions: 5, parallelism: 100001}",
                        "spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion"
                                + " mode is Indexed"),
                row(
                        "spec: {completionMode: Indexed, completions: 5, backoffLimitPerIndex: 1, maxFailedIndexes: 6}",
                        "spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions"),
                row(
                        "spec: {completionMode: Indexed, completions: 100000, backoffLimitPerIndex: 1,"
                                + " maxFailedIndexes: 100001}",
                        "spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to completions",
                        "spec.maxFailedIndexes: Invalid value: 100001: must be less than or equal to 100000"),
                row(
                        "spec: {completionMode: Indexed, completions: 100001, backoffLimitPerIndex: 1}",
                        "spec.maxFailedIndexes: Required value: must be specified when completions is above 100000"),
                row(
                        "spec: {completionMode: Indexed, completions: 100001, backoffLimitPerIndex: 1, parallelism:"
                                + " 10001, maxFailedIndexes: 10001}",
                        "spec.parallelism: Invalid value: 10001: " + tooManyWith,
                        "spec.maxFailedIndexes: Invalid value: 10001: " + tooManyWith),
                row(
                        "spec: {backoffLimitPerIndex: 1, maxFailedIndexes: 2}",
                        "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode",
                        "spec.maxFailedIndexes: Invalid value: 2: requires indexed completion mode"),
                row(
                        "spec: {successPolicy: {rules: [{succeededCount: 1}]}}",
                        "spec.successPolicy: Invalid value: batch.SuccessPolicy{Rules:{{SucceededCount:1}}}: requires"
                                + " indexed completion mode"),
                row(
                        "spec: {podReplacementPolicy: Never}",
                        "spec.podReplacementPolicy: Unsupported value: \"Never\": supported values: \"Failed\","
                                + " \"TerminatingOrFailed\""),
                row(
                        "spec: {podReplacementPolicy: TerminatingOrFailed, podFailurePolicy: {rules: []}}",
                        "spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values:"
                                + " \"Failed\""),
                row(
                        "spec: {template: {spec: {restartPolicy: null}}}",
                        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
                row(
                        "spec: {template: {spec: {restartPolicy: Always}}}",
                        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
                row(
                        "spec: {template: {spec: {restartPolicy: Sometimes}}}",
                        "spec.template.spec.restartPolicy: Unsupported value: \"Sometimes\": supported values:"
                                + " \"Always\", \"OnFailure\", \"Never\"",
                        "spec.template.spec.restartPolicy: Unsupported value: \"Sometimes\": supported values:"
                                + " \"OnFailure\", \"Never\""),
                row(
                        "spec: {podFailurePolicy: {rules: []}, template: {spec: {restartPolicy: OnFailure}}}",
                        "spec.template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" is supported"
                                + " when podFailurePolicy is specified"));
    }

    static Stream<Arguments> names() {
        String longName = "a".repeat(64);
        return Stream.of(
                row(
                        "spec: {manualSelector: true}",
                        "spec.selector: Required value",
                        "spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not"
                                + " match template `labels`"),
                row(
                        "spec: {manualSelector: true, selector: {matchLabels: {a: b}}}",
                        "spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not"
                                + " match template `labels`"),
                row("spec: {manualSelector: true, selector: {matchLabels: {a: b}}, template: {metadata: {labels:"
                        + " {a: b}}}}"),
                row(
                        "spec: {selector: {matchLabels: {job-name: other}}}",
                        "spec.selector: Invalid value:"
                            + " v1.LabelSelector{MatchLabels:map[string]string{\"batch.kubernetes.io/controller-uid\":\"u-1\","
                            + " \"job-name\":\"other\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}:"
                            + " `selector` not auto-generated",
                        "spec.template.metadata.labels: Invalid value: " + LABELS
                                + ": `selector` does not match template `labels`"),
                row(
                        "spec: {template: {metadata: {labels: {job-name: x}}}}",
                        "spec.template.metadata.labels[job-name]: Invalid value: "
                                + LABELS.replace("\"job-name\":\"pi\"", "\"job-name\":\"x\"") + ": must be 'pi'"),
                row("metadata: {name: Pi}", "metadata.name: Invalid value: \"Pi\": " + SUBDOMAIN),
                row(
                        "metadata: {name: " + "a.".repeat(127) + "}",
                        "metadata.name: Invalid value: \"" + "a.".repeat(127)
                                + "\": must be no more than 253 characters",
                        "metadata.name: Invalid value: \"" + "a.".repeat(127) + "\": " + SUBDOMAIN,
                        "spec.template.labels: Invalid value: \"" + "a.".repeat(127)
                                + "\": must be no more than 63 characters",
                        "spec.template.labels: Invalid value: \"" + "a.".repeat(127)
                                + "\": a valid label must be an empty string or consist of alphanumeric characters,"
                                + " '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                                + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is"
                                + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"),
                row(
                        "metadata: {name: " + longName + "}",
                        "spec.template.labels: Invalid value: \"" + longName
                                + "\": must be no more than 63 characters"),
                row(
                        "{metadata: {name: " + "a".repeat(62) + "}, spec: {completionMode: Indexed, completions: 11}}",
                        "metadata.name: Invalid value: \"" + "a".repeat(62)
                                + "\": will not able to create pod with invalid DNS label: " + "a".repeat(62) + "-10"),
                row(
                        "{metadata: {name: a.b}, spec: {completionMode: Indexed, completions: 2}}",
                        "metadata.name: Invalid value: \"a.b\": will not able to create pod with invalid DNS label:"
                                + " a.b-1"),
                row("{metadata: {name: a.b}, spec: {completionMode: Indexed, completions: 0}}"),
                row("metadata: {name: null}", "metadata.name: Required value: name or generateName is required"),
                row("spec: {template: {spec: {containers: []}}}", "spec.template.spec.containers: Required value"),
                row(
                        "spec: {template: null}",
                        "spec.template.spec.containers: Required value",
                        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
                row(
                        "spec: {template: {spec: {containers: [{name: a}]}}}",
                        "spec.template.spec.containers[0].image: Required value"));
    }

    static Stream<Arguments> policies() {
        String p = "spec.podFailurePolicy.rules[0]";
        String s = "spec.successPolicy.rules[0]";
        String one = "{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}";
        return Stream.of(
                row("spec: {podFailurePolicy: {rules: [" + one + "]}}"),
                row(
                        "spec: {podFailurePolicy: {rules: [" + many(21, i -> one) + "]}}",
                        "spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items"),
                row(
                        "spec: {podFailurePolicy: {rules: [{onPodConditions: [{type: A}]}]}}",
                        p + ".action: Required value: valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Stop, onPodConditions: [{type: A}]}]}}",
                        p + ".action: Unsupported value: \"Stop\": supported values: \"Count\", \"FailIndex\","
                                + " \"FailJob\", \"Ignore\""),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: FailIndex, onPodConditions: [{type: A}]}]}}",
                        p + ".action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onPodConditions: [{type: A}],"
                                + " onExitCodes: {operator: In, values: [1]}}]}}",
                        p + ": Invalid value: specifying both OnExitCodes and OnPodConditions is not supported"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count}]}}",
                        p + ": Invalid value: specifying one of OnExitCodes and OnPodConditions is required"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {values: [1]}}]}}",
                        p + ".onExitCodes.operator: Required value: valid values: [\"In\" \"NotIn\"]"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: Is, values:"
                                + " [1]}}]}}",
                        p + ".onExitCodes.operator: Unsupported value: \"Is\": supported values: \"In\", \"NotIn\""),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In, values: [1],"
                                + " containerName: x}}]}}",
                        p + ".onExitCodes.containerName: Invalid value: \"x\": must be one of the container or"
                                + " initContainer names in the pod template"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In, values: []}}]}}",
                        p + ".onExitCodes.values: Invalid value: []int32{}: at least one value is required"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: NotIn, values: ["
                                + many(256, Integer::toString) + "]}}]}}",
                        p + ".onExitCodes.values: Too many: 256: must have at most 255 items"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In, values:"
                                + " [0]}}]}}",
                        p + ".onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator"),
                row("spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: NotIn, values:"
                        + " [0]}}]}}"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In, values: [3,"
                                + " 3]}}]}}",
                        p + ".onExitCodes.values[1]: Duplicate value: 3"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In, values: [3,"
                                + " 1]}}]}}",
                        p + ".onExitCodes.values: Invalid value: []int32{3, 1}: must be ordered"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onPodConditions: ["
                                + many(21, i -> "{type: A}") + "]}]}}",
                        p + ".onPodConditions: Too many: 21: must have at most 20 items"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onPodConditions: [{type: 'a b'}]}]}}",
                        p + ".onPodConditions[0].type: Invalid value: \"a b\": name part must consist of alphanumeric"
                          + " characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g."
                          + " 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                          + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"),
                row(
                        "spec: {podFailurePolicy: {rules: [{action: Count, onPodConditions: [{type: A, status:"
                                + " Maybe}]}]}}",
                        p + ".onPodConditions[0].status: Unsupported value: \"Maybe\": supported values: \"False\","
                                + " \"True\", \"Unknown\""),
                success(
                        "[]",
                        "spec.successPolicy.rules: Required value: at least one rules must be specified when the"
                                + " successPolicy is specified"),
                success(
                        "[" + many(21, i -> "{succeededCount: 1}") + "]",
                        "spec.successPolicy.rules: Too many: 21: must have at most 20 items"),
                success(
                        "[{}]",
                        s + ": Required value: at least one of succeededCount or succeededIndexes must be specified"),
                success(
                        "[{succeededCount: -1}]",
                        s + ".succeededCount: Invalid value: -1: must be greater than or equal to 0"),
                success(
                        "[{succeededCount: 11}]",
                        s
                                + ".succeededCount: Invalid value: 11: must be less than or equal to 10 (the number of"
                                + " specified completions)"),
                success(
                        "[{succeededCount: 4, succeededIndexes: '0,2-3'}]",
                        s
                                + ".succeededCount: Invalid value: 4: must be less than or equal to 3 (the number of"
                                + " indexes in the specified succeededIndexes field)"),
                success("[{succeededIndexes: '0,2-3,4-5'}]"),
                success("[{succeededIndexes: ''}]"),
                success(
                        "[{succeededIndexes: '" + "1".repeat(65537) + "'}]",
                        s + ".succeededIndexes: Too long: may not be more than 65536 bytes",
                        s + ".succeededIndexes: Invalid value: \"" + "1".repeat(65537)
                                + "\": error parsing succeededIndexes: cannot convert string to integer for index: \""
                                + "1".repeat(65537) + "\""),
                indexes(
                        "1-2-3",
                        "the fragment \"1-2-3\" violates the requirement that an index interval can have at most"
                                + " two parts separated by '-'"),
                indexes("x", "cannot convert string to integer for index: \"x\""),
                indexes("1,", "cannot convert string to integer for index: \"\""),
                indexes("10", "too large index: \"10\""),
                indexes("8-10", "too large index: \"10\""),
                indexes("3,2", "non-increasing order, previous: 3, current: 2"),
                indexes("3-3", "non-increasing order, previous: 3, current: 3"),
                indexes("1-3,3", "non-increasing order, previous: 3, current: 3"));
    }

    private static Arguments success(String rules, String... messages) {
        return row("spec: {completionMode: Indexed, completions: 10, successPolicy: {rules: " + rules + "}}", messages);
    }

    private static Arguments indexes(String text, String detail) {
        return success(
                "[{succeededIndexes: '" + text + "'}]",
                "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"" + text
                        + "\": error parsing succeededIndexes: " + detail);
    }

    private static String many(int count, java.util.function.IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @MethodSource({"fields", "names", "policies"})
    void theApiSaysOfANewJob(String change, List<String> messages) {
        assertThat(create(change)).isEqualTo(messages);
    }

    @Test
    void aMissingGeneratedLabelIsRequired() {
        Job job = Manifests.created(Kinds.JOB, Job.class, Manifests.JOB, "{}");
        job.getSpec().getTemplate().getMetadata().getLabels().remove("job-name");

        assertThat(Manifests.text(Validation.create(Kinds.JOB, job)))
                .contains("spec.template.metadata.labels[job-name]: Required value: must be 'pi'");
    }

    @Test
    void aNullListOfExitCodesPrintsAsGoDoes() {
        Job job = Manifests.created(
                Kinds.JOB,
                Job.class,
                Manifests.JOB,
                "spec: {podFailurePolicy: {rules: [{action: Count, onExitCodes: {operator: In}}]}}");
        job.getSpec()
                .getPodFailurePolicy()
                .getRules()
                .getFirst()
                .getOnExitCodes()
                .setValues(null);

        assertThat(Manifests.text(Validation.create(Kinds.JOB, job)))
                .containsExactly(
                        "spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []int32(nil): at least"
                                + " one value is required");
    }

    @Test
    void aJobWithoutUidHasNoSelector() {
        Job job = Manifests.created(Kinds.JOB, Job.class, Manifests.JOB, "{}");
        job.getMetadata().setUid(null);

        assertThat(Manifests.text(Validation.create(Kinds.JOB, job))).startsWith("metadata.uid: Required value");
    }
}
