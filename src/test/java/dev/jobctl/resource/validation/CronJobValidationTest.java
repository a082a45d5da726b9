package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One row per message of the API server about a CronJob: Rule CRON-110 (name), Rule CRON-111 (schedule), Rule CRON-112
/// (time zone), Rule CRON-113 (template).
class CronJobValidationTest {
    private static final String CRON_JOB = """
        metadata: {name: cj, namespace: default}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: OnFailure
                  containers: [{name: c, image: busybox}]
        """;
    private static final String TEMPLATE = "spec.jobTemplate.spec.";

    private static List<String> create(String change) {
        return Manifests.create(Kinds.CRON_JOB, CronJob.class, CRON_JOB, change);
    }

    private static Arguments row(String change, String... messages) {
        return Arguments.of(change, List.of(messages));
    }

    private static Arguments schedule(String schedule, String... messages) {
        return row("spec: {schedule: '" + schedule + "'}", prefixed("spec.schedule: ", messages));
    }

    private static Arguments zone(String zone, String... messages) {
        return row("spec: {timeZone: '" + zone + "'}", prefixed("spec.timeZone: ", messages));
    }

    private static Arguments job(String spec, String... messages) {
        return row("spec: {jobTemplate: {spec: {" + spec + "}}}", prefixed(TEMPLATE, messages));
    }

    private static String[] prefixed(String prefix, String... messages) {
        return Stream.of(messages).map(message -> prefix + message).toArray(String[]::new);
    }

    static Stream<Arguments> names() {
        String negative = ": Invalid value: -1: must be greater than or equal to 0";
        return Stream.of(
                row("{}"),
                row("metadata: {name: " + "a".repeat(52) + "}"),
                row(
                        "metadata: {name: " + "a".repeat(53) + "}",
                        "metadata.name: Invalid value: \"" + "a".repeat(53) + "\": must be no more than 52 characters"),
                row("spec: {startingDeadlineSeconds: -1}", "spec.startingDeadlineSeconds" + negative),
                row("spec: {startingDeadlineSeconds: 0}"),
                row("spec: {successfulJobsHistoryLimit: -1}", "spec.successfulJobsHistoryLimit" + negative),
                row("spec: {failedJobsHistoryLimit: -1}", "spec.failedJobsHistoryLimit" + negative),
                row("spec: {successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 0}"),
                row("spec: {concurrencyPolicy: Forbid}"),
                row(
                        "spec: {concurrencyPolicy: Sometimes}",
                        "spec.concurrencyPolicy: Unsupported value: \"Sometimes\": supported values: \"Allow\","
                                + " \"Forbid\", \"Replace\""));
    }

    static Stream<Arguments> schedules() {
        String zone = ": cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        return Stream.of(
                row("spec: {schedule: null}", "spec.schedule: Required value"),
                schedule("@hourly"),
                schedule("@every 1h30m"),
                schedule("30 6-16/4 * JAN-mar 1-5"),
                schedule("* * * *", "Invalid value: \"* * * *\": expected exactly 5 fields, found 4: [* * * *]"),
                schedule("60 * * * *", "Invalid value: \"60 * * * *\": end of range (60) above maximum (59): 60"),
                schedule("* * * * 7", "Invalid value: \"* * * * 7\": end of range (7) above maximum (6): 7"),
                schedule("* * 0 * *", "Invalid value: \"* * 0 * *\": beginning of range (0) below minimum (1): 0"),
                schedule(
                        "5-1 * * * *",
                        "Invalid value: \"5-1 * * * *\": beginning of range (5) beyond end of range (1): 5-1"),
                schedule("1-2-3 * * * *", "Invalid value: \"1-2-3 * * * *\": too many hyphens: 1-2-3"),
                schedule("1/2/3 * * * *", "Invalid value: \"1/2/3 * * * *\": too many slashes: 1/2/3"),
                schedule(
                        "*/0 * * * *",
                        "Invalid value: \"*/0 * * * *\": step of range should be a positive number: */0"),
                schedule(
                        "x * * * *",
                        "Invalid value: \"x * * * *\": failed to parse int from x: strconv.Atoi: parsing \"x\": invalid"
                                + " syntax"),
                schedule("@reboot", "Invalid value: \"@reboot\": unrecognized descriptor: @reboot"),
                schedule("TZ=UTC 0 3 * * *", "Invalid value: \"TZ=UTC 0 3 * * *\"" + zone),
                schedule("CRON_TZ=UTC 0 3 * * *", "Invalid value: \"CRON_TZ=UTC 0 3 * * *\"" + zone),
                schedule(
                        "TZ=Mars 0 3 * * *",
                        "Invalid value: \"TZ=Mars 0 3 * * *\": provided bad location Mars: unknown time zone Mars",
                        "Invalid value: \"TZ=Mars 0 3 * * *\"" + zone));
    }

    static Stream<Arguments> zones() {
        return Stream.of(
                zone("Europe/Berlin"),
                zone("UTC"),
                zone("Etc/GMT+5"),
                zone("EST5EDT"),
                zone("", "Invalid value: \"\": timeZone must be nil or non-empty string"),
                zone("Mars/Phobos", "Invalid value: \"Mars/Phobos\": unknown time zone Mars/Phobos"),
                zone("europe/berlin", "Invalid value: \"europe/berlin\": unknown time zone europe/berlin"),
                zone("+02:00", "Invalid value: \"+02:00\": unknown time zone +02:00"),
                zone("GMT+2", "Invalid value: \"GMT+2\": unknown time zone GMT+2"),
                zone("Europe//Berlin", "Invalid value: \"Europe//Berlin\": unknown time zone Europe//Berlin"),
                zone("../Berlin", "Invalid value: \"../Berlin\": unknown time zone ../Berlin"),
                zone("-Berlin", "Invalid value: \"-Berlin\": unknown time zone -Berlin"),
                zone(
                        "Local",
                        "Invalid value: \"Local\": timeZone must be an explicit time zone as defined in"
                                + " https://www.iana.org/time-zones"),
                zone(
                        "LOCAL",
                        "Invalid value: \"LOCAL\": timeZone must be an explicit time zone as defined in"
                                + " https://www.iana.org/time-zones",
                        "Invalid value: \"LOCAL\": unknown time zone LOCAL"));
    }

    static Stream<Arguments> templates() {
        return Stream.of(
                job("parallelism: -1", "parallelism: Invalid value: -1: must be greater than or equal to 0"),
                job("completionMode: Indexed", "completions: Required value: when completion mode is Indexed"),
                job(
                        "backoffLimitPerIndex: 1",
                        "backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode"),
                job(
                        "template: {spec: {restartPolicy: null}}",
                        "template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
                job("template: {spec: {containers: null}}", "template.spec.containers: Required value"),
                job("template: {spec: {containers: [{name: c}]}}", "template.spec.containers[0].image: Required value"),
                job(
                        "podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}",
                        "template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" is supported when"
                                + " podFailurePolicy is specified"),
                job("manualSelector: false"),
                job(
                        "manualSelector: true",
                        "manualSelector: Unsupported value: true: supported values: \"nil\", \"false\""),
                job(
                        "selector: {matchLabels: {a: b}}",
                        "selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"a\":\"b\"},"
                                + " MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: `selector` will be"
                                + " auto-generated"));
    }

    @ParameterizedTest
    @MethodSource({"names", "schedules", "zones", "templates"})
    void aNewCronJobIsComplainedAbout(String change, List<String> expected) {
        assertThat(create(change)).isEqualTo(expected);
    }

    /// A row: what is stored (as if from before the rule), the change, the messages.
    static Stream<Arguments> updates() {
        return Stream.of(
                Arguments.of("{}", "spec: {schedule: '@daily', timeZone: Asia/Tokyo, suspend: true}", List.of()),
                Arguments.of("{}", "spec: {jobTemplate: {spec: {completions: 5, backoffLimit: 1}}}", List.of()),
                Arguments.of(
                        "{}",
                        "spec: {schedule: 'TZ=UTC 0 3 * * *'}",
                        List.of("spec.schedule: Invalid value: \"TZ=UTC 0 3 * * *\": cannot use TZ or CRON_TZ in"
                                + " schedule, use timeZone field instead")),
                Arguments.of("spec: {schedule: 'TZ=UTC 0 3 * * *'}", "spec: {suspend: true}", List.of()),
                Arguments.of(
                        "spec: {schedule: 'TZ=UTC 0 3 * * *'}",
                        "spec: {timeZone: UTC}",
                        List.of("spec.schedule: Invalid value: \"TZ=UTC 0 3 * * *\": cannot use both timeZone field and"
                                + " TZ or CRON_TZ in schedule")),
                Arguments.of("spec: {timeZone: Mars}", "spec: {suspend: true}", List.of()),
                Arguments.of(
                        "{}",
                        "spec: {timeZone: Mars}",
                        List.of("spec.timeZone: Invalid value: \"Mars\": unknown time zone Mars")),
                Arguments.of("metadata: {name: " + "a".repeat(60) + "}", "spec: {suspend: true}", List.of()));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void aChangedCronJobIsComplainedAbout(String stored, String change, List<String> expected) {
        assertThat(Manifests.update(Kinds.CRON_JOB, CronJob.class, CRON_JOB, stored, "", change))
                .isEqualTo(expected);
    }

    @Test
    void defaultsAreTheCronJobsOwnAndThePodsButNotTheJobs() {
        CronJob made = Manifests.created(Kinds.CRON_JOB, CronJob.class, CRON_JOB, "{}");
        assertThat(made.getSpec().getConcurrencyPolicy()).isEqualTo("Allow");
        assertThat(made.getSpec().getSuspend()).isFalse();
        assertThat(made.getSpec().getSuccessfulJobsHistoryLimit()).isEqualTo(3);
        assertThat(made.getSpec().getFailedJobsHistoryLimit()).isEqualTo(1);
        assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
        var job = made.getSpec().getJobTemplate().getSpec();
        assertThat(job.getTemplate().getSpec().getDnsPolicy()).isEqualTo("ClusterFirst");
        assertThat(job.getCompletions()).isNull();
        assertThat(job.getBackoffLimit()).isNull();
        assertThat(Json.tree(made).path("status").isEmpty()).isTrue();
    }

    @Test
    void warningsNameTheTemplatesPath() {
        CronJob made = Manifests.created(Kinds.CRON_JOB, CronJob.class, CRON_JOB, """
            metadata: {name: c.j}
            spec: {schedule: TZ=UTC 0 3 * * *, jobTemplate: {spec: {template: {spec: {containers: [{name: c,
              image: i, env: [{name: A}, {name: A}]}]}}}}}
            """);
        assertThat(Warnings.of(Kinds.CRON_JOB, made))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("metadata.name: this is used in Pod names and hostnames"),
                        second -> assertThat(second)
                                .isEqualTo("spec.jobTemplate.spec.template.spec.containers[0].env[1]: hides previous"
                                        + " definition of \"A\", which may be dropped when using apply"),
                        third -> assertThat(third)
                                .isEqualTo("cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see"
                                        + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for"
                                        + " more details"));
    }
}
