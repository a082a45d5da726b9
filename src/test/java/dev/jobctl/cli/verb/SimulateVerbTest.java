package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.Cli;
import dev.jobctl.cli.Cli.Said;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// `jobctl simulate` from its line to its timeline and exit code.
class SimulateVerbTest {
    private static final Path SCENARIOS = Path.of("examples/scenarios").toAbsolutePath();
    private static final Pattern OUTCOME = Pattern.compile("# Outcome: (\\w+), (\\w+), after (\\d+) pods?\\.");

    private static final String PI = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: pi}
        spec:
          backoffLimit: 1
          completions: 3
          completionMode: Indexed
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: busybox}]
        """;

    private final Cli cli;

    SimulateVerbTest(@TempDir Path directory) {
        cli = new Cli(directory);
        cli.file("pi.yaml", PI);
    }

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyExampleEndsAsItsCommentSays(Path file) throws IOException {
        Matcher outcome = OUTCOME.matcher(Files.readString(file));
        assertThat(outcome.find()).as("no outcome in %s", file).isTrue();

        Said said = cli.run(List.of("simulate", "-f", file.toString(), "-o", "json"));

        assertThat(said.err()).isEmpty();
        JsonNode job = Json.tree(said.out().getBytes(StandardCharsets.UTF_8)).at("/jobs/0");
        assertThat(List.of(
                        job.path("outcome").asText(),
                        job.path("reason").asText(),
                        job.path("podsCreated").asText()))
                .containsExactly(outcome.group(1), outcome.group(2), outcome.group(3));
        assertThat(said.code()).isEqualTo(job.path("exitCode").asInt());
    }

    @ParameterizedTest
    @CsvSource({"text", "json", "yaml"})
    void theSameSeedGivesTheSameBytes(String form) {
        String line = "simulate -f pi.yaml --duration 10s..90s --fail chance=30%:exit=1 --explain -o " + form;

        Said first = cli.run(line + " --seed 5");

        assertThat(cli.run(line + " --seed 5")).isEqualTo(first);
        assertThat(cli.run(line + " --seed 6").out()).isNotEqualTo(first.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0",
                "--fail index=1:exit=1x1 | 0",
                "--fail index=1:exit=1x2 | 10",
                "--at '5s suspend' | 124",
                "--fail index=1:duration=25h | 124",
                "--at '5s delete pi' | 10",
            })
    void theExitCodeIsTheOutcome(String options, int code) {
        assertThat(simulate(options).code()).isEqualTo(code);
    }

    @Test
    void aJobThatNeverStartsSaysSo() {
        cli.file("asleep.yaml", PI.replace("backoffLimit: 1", "suspend: true"));

        Said said = cli.run("simulate -f asleep.yaml");

        assertThat(said.code()).isEqualTo(13);
        assertThat(said.out()).contains("job/pi still suspended after ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fail exi=1 | error: invalid argument \"exi=1\" for \"--fail\" flag: column 1: unknown key \"exi\"",
                "--duration soon | error: invalid argument \"soon\" for \"--duration\" flag: \"soon\" is no duration:"
                        + " write",
                "--at suspend | error: invalid argument \"suspend\" for \"--at\" flag: \"suspend\" is no time since"
                        + " the start",
                "--at '5m sleep' | error: invalid argument \"5m sleep\" for \"--at\" flag: unknown action \"sleep\";"
                        + " the",
                "--at '5m drain' | error: invalid argument \"5m drain\" for \"--at\" flag: which node? write drain"
                        + " NODE",
                "--lose-node 2 | error: invalid argument \"2\" for \"--lose-node\" flag: \"2\" does not say which node",
                "--lose-node 2@5m | error: at 5m, lose-node 2: there is no node 2; nodes are 1 to 1",
                "--nodes 0 | error: invalid argument \"0\" for \"--nodes\" flag: \"0\" is no number of nodes; write 1"
                        + " to 1000",
                "--until 0s | error: invalid argument \"0s\" for \"--until\" flag: \"0s\" is no time that can pass",
                "--seed x | error: invalid argument \"x\" for \"--seed\" flag: \"x\" is no whole number",
                "-o table | error: invalid argument \"table\" for \"--output\" flag: must be one of text, json, yaml",
            })
    void aBadOptionIsNamedWithWhatToWrite(String options, String complaint) {
        Said said = simulate(options);

        assertThat(said.err()).startsWith(complaint);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
    }

    @Test
    void allThatIsWrongInAScenarioIsToldAtOnceWithItsPlace() {
        cli.file(
                "bad.yaml",
                """
                        apiVersion: jobctl.dev/v1
                        kind: Scenario
                        duration: soon
                        node: 3
                        nodes: {pods: 0}
                        backoffCap: 9s
                        runs:
                        - exit=1
                        - {index: "1", exit: many}
                        at: 5m suspend
                        ---
                        """
                        + PI.replace(
                                "template:\n",
                                "template:\n    metadata: {annotations: {jobctl.dev/simulate: exit=1; oops}}\n"));

        Said said = cli.run("simulate -f bad.yaml");

        assertThat(said.err().lines().map(line -> line.replaceFirst("; .*| write .*", "")))
                .containsExactly(
                        "error: bad.yaml:4:1: node: unknown field",
                        "error: bad.yaml:6:1: backoffCap: \"9s\" is no duration of at least 10s",
                        "error: bad.yaml:3:1: duration: \"soon\" is no duration:",
                        "error: bad.yaml:5:9: nodes.pods: \"0\" is no amount of pods",
                        "error: bad.yaml:9:3: runs[1]: exit=many is no exit code",
                        "error: bad.yaml:10:1: at: it must be a list",
                        "error: bad.yaml:20:30: spec.template.metadata.annotations[jobctl.dev/simulate]: \"oops\":"
                                + " column 1: unknown key \"oops\"");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void explainNamesTheRules() {
        Said said = simulate("--fail exit=1 --explain");

        assertThat(said.out())
                .contains("- JOB-302: creates a pod for the lowest indexes that are missing")
                .contains("- JOB-130: more failures than backoffLimit -> FailureTarget=True")
                .contains("- active 0, ready 0, terminating 0, succeeded 0, failed 2");
    }

    @Test
    void aFileWithoutAJobIsNothingToSimulate() {
        cli.file("scenario.yaml", "{apiVersion: jobctl.dev/v1, kind: Scenario, seed: 3}");

        assertThat(cli.run("simulate -f scenario.yaml").err()).isEqualTo("error: there is no Job in scenario.yaml\n");
        assertThat(cli.run("simulate").err()).startsWith("error: must specify --filename");
    }

    /// Starts at midnight; each run of the CronJob takes as long as said, until 16 minutes have passed.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Allow   | 30s | 29453765, 29453770, 29453775 | Complete, Complete, Complete",
                "Allow   | 7m  | 29453765, 29453770, 29453775 | Complete, Running, Running",
                "Forbid  | 7m  | 29453765, 29453770 | Complete, Running",
                "Replace | 7m  | 29453765, 29453770, 29453775 | Deleted, Deleted, Running",
            })
    void aCronJobStartsJobsAsItsPolicySays(String policy, String run, String jobs, String outcomes) throws IOException {
        cli.file("cron.yaml", """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: tick}
            spec:
              schedule: "*/5 * * * *"
              concurrencyPolicy: %s
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: busybox}]
            """.formatted(policy));

        Said said = cli.run("simulate -f cron.yaml --until 16m -o json --duration " + run);

        JsonNode told = Json.MAPPER.readTree(said.out()).path("jobs");
        assertThat(told.findValuesAsText("name").stream().map(name -> name.replace("tick-", "")))
                .as(said.out())
                .containsExactly(jobs.split(", "));
        assertThat(told.findValuesAsText("outcome")).containsExactly(outcomes.split(", "));
        assertThat(said.code()).isEqualTo(outcomes.contains("Running") ? 124 : 0);
    }

    /// History limits, a failing run, and the same bytes each time.
    @Test
    void aCronJobKeepsWhatItsLimitsSay() {
        cli.file("cron.yaml", """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: tick}
            spec:
              schedule: "*/5 * * * *"
              successfulJobsHistoryLimit: 1
              jobTemplate:
                spec:
                  backoffLimit: 0
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: busybox}]
            """);
        String line = "simulate -f cron.yaml --until 21m --duration 10s --fail job=tick-29453770:exit=3";

        Said said = cli.run(line);

        assertThat(said.out().replaceAll(" +", " "))
                .contains("job/tick-29453765 removed")
                .contains("job/tick-29453770 FailureTarget=True, BackoffLimitExceeded")
                .doesNotContain("job/tick-29453770 removed")
                .doesNotContain("job/tick-29453780 removed");
        assertThat(said.code()).isEqualTo(10);
        assertThat(cli.run(line).out()).isEqualTo(said.out());
    }

    private Said simulate(String options) {
        List<String> words = new java.util.ArrayList<>(List.of("simulate", "-f", "pi.yaml"));
        Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(options);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        words.remove("");
        return cli.run(words);
    }
}
