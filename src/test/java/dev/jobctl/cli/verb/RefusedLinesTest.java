package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.Cli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines that a slip of the hand or an unset variable makes: refused as by kubectl, with nothing changed.
class RefusedLinesTest {
    private static final String NAMELESS = """
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: pi-
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: main, image: busybox}
        """;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
        cli.server.post(TestServer.JOBS, TestServer.job("pi", ""));
        cli.server.post(TestServer.JOBS, TestServer.job("tau", ""));
        cli.file("nameless.yaml", NAMELESS);
        cli.file("job.yaml", NAMELESS.replace("generateName: pi-", "name: pi"));
    }

    @AfterEach
    void nothingChanged() {
        assertThat(cli.run("get jobs -o custom-columns=N:.metadata.name,G:.metadata.generation,L:.metadata.labels.x")
                        .out())
                .isEqualTo("N     G     L\npi    1     <none>\ntau   1     <none>\n");
    }

    /// `""` stands for a word that is empty.
    private void refuse(String line, String err) {
        List<String> words = List.of(line.split(" ")).stream()
                .map(word -> word.equals("\"\"") ? "" : word)
                .toList();
        Cli.Said said = cli.run(words);
        assertThat(said.err()).as(line).isEqualTo("error: " + err + "\n");
        assertThat(said.out()).as(line).isEmpty();
        assertThat(said.code()).as(line).isEqualTo(1);
    }

    @Test
    void aClientsDryRunHasNothingToDoWithServersApply() {
        String told = "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)";
        refuse("apply --server-side --dry-run -f job.yaml", told);
        refuse("apply --server-side --dry-run=client -f job.yaml", told);
    }

    @Test
    void anEmptyNameIsNotAllObjects() {
        for (String line : List.of(
                "delete job \"\"",
                "delete job pi \"\"",
                "delete -f nameless.yaml",
                "replace --force -f nameless.yaml",
                "get job \"\"",
                "get job \"\" -w",
                "get job \"\" -o yaml",
                "get -f nameless.yaml",
                "describe job \"\"",
                "describe -f nameless.yaml",
                "wait job \"\"",
                "wait --for=delete job \"\"",
                "wait --for=create -f nameless.yaml",
                "edit job \"\"",
                "label job \"\" x=y",
                "patch job \"\" -p {\"spec\":{\"suspend\":true}}",
                "suspend job \"\"",
                "scale job \"\" --replicas=3",
                "logs \"\"",
                "logs job/",
                "exec \"\" -- true",
                "cordon \"\"")) {
            refuse(line, "resource name may not be empty");
        }
    }

    @Test
    void anEmptySelectorSelectsNothing() {
        for (String line : List.of(
                "delete jobs -l \"\"",
                "delete jobs --selector=",
                "delete jobs --field-selector \"\"",
                "label jobs x=y -l \"\"",
                "annotate jobs x=y -l \"\"",
                "wait --for=delete jobs -l \"\"")) {
            refuse(line, "resource(s) were provided, but no name was specified");
        }
        assertThat(cli.run(List.of("cordon", "-l", "")).err()).startsWith("error: USAGE: cordon NODE");
        assertThat(cli.run(List.of("logs", "-l", "")).err()).startsWith("error: expected 'logs");
        refuse(
                "taint nodes x=y:NoSchedule -l \"\"",
                "at least one resource name must be specified since 'all' parameter is not set");
    }

    @Test
    void anEmptyFileIsNotThisDirectory() {
        for (String verb : List.of("apply", "create", "delete", "replace", "get", "describe", "wait")) {
            refuse(verb + " -f \"\"", "the path \"\" does not exist");
        }
    }

    @Test
    void emptyValuesOfOtherOptionsAreNone() {
        assertThat(cli.run(List.of("get", "job", "pi", "-n", "", "-s", "", "-o", "name"))
                        .out())
                .isEqualTo("job.batch/pi\n");
        refuse("wait job/pi --for \"\"", "unrecognized condition: \"\"");
        assertThat(cli.run("delete job pi --dry-run=").code()).isEqualTo(2);
        assertThat(cli.run("delete job pi --grace-period=").code()).isEqualTo(2);
    }

    @Test
    void wordsFilesAndSelectorsDoNotMix() {
        for (String verb : List.of("delete", "get", "describe", "wait")) {
            String told = "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as"
                    + " well";
            refuse(verb + " -f job.yaml job tau", told);
            refuse(verb + " -f job.yaml job/tau", told);
            refuse(verb + " job pi -l a=b", "name cannot be provided when a selector is specified");
            refuse(verb + " job/pi -l a=b", "name cannot be provided when a selector is specified");
        }
        refuse("label job pi x=y -l a=b", "name cannot be provided when a selector is specified");
        refuse(
                "delete -f job.yaml --field-selector metadata.name=tau",
                "a field selector cannot be used with files: what a file names is read by name");
        refuse("delete job pi --now --grace-period=5", "--now and --grace-period cannot be specified together");
        refuse("delete -f job.yaml -l !!", "unable to parse requirement: found '!', expected: identifier");
    }

    @Test
    void aNameIsNotLookedForInAllNamespaces() {
        for (String verb : List.of("delete", "get", "describe", "wait", "get -w", "wait --for=delete")) {
            String told = "a resource cannot be retrieved by name across all namespaces";
            refuse(verb + " job pi -A", told);
            refuse(verb + " job/pi -A", told);
            refuse(verb + " -f job.yaml -A", told);
        }
        assertThat(cli.run("get namespace default -A -o name").out()).isEqualTo("namespace/default\n");
        assertThat(cli.run("delete namespace nowhere -A").err())
                .isEqualTo("Error from server (NotFound): namespaces \"nowhere\" not found\n");
        cli.file("placed.yaml", NAMELESS.replace("generateName: pi-", "name: pi\n  namespace: default"));
        assertThat(cli.run("get -f placed.yaml -A -o name").out()).isEqualTo("job.batch/pi\n");
        assertThat(cli.run("get jobs -A -o name").out()).isEqualTo("job.batch/pi\njob.batch/tau\n");
    }

    @Test
    void columnsOfOnesOwnAreForReading() {
        for (String verb : List.of(
                "apply -f job.yaml",
                "create job rho --image=i",
                "label job pi x=y",
                "patch job pi -p {\"spec\":{\"suspend\":true}}")) {
            refuse(
                    verb + " -o custom-columns=N:.metadata.name",
                    "unable to match a printer suitable for the output format \"custom-columns\"");
        }
    }

    @Test
    void manifestsThatTheLabelsDoNotSelectAreLeftAlone() {
        Cli.Said said = cli.run("delete -f job.yaml -l app=x");
        assertThat(said.err()).isEqualTo("No resources found\n");
        assertThat(said.code()).isZero();
        assertThat(cli.run("get -f job.yaml -l app=x").err()).isEqualTo("No resources found\n");
        assertThat(cli.run("get -f job.yaml -l app!=x -o name").out()).isEqualTo("job.batch/pi\n");
        assertThat(cli.run("describe -f job.yaml -l app=x").err())
                .isEqualTo("No resources found in default namespace.\n");
        refuse("wait -f job.yaml -l app=x", "no matching resources found");
    }

    @Test
    void valuesOutOfTheirRangeAreRefused() {
        refuse("events --types=foo", "valid --types are Normal or Warning");
        refuse("logs p --tail=-2", "--tail must be greater than or equal to -1");
        refuse("logs p --since=-5s", "--since must be greater than 0");
        assertThat(cli.run("logs p c -c d").err())
                .isEqualTo("error: only one of -c or an inline [CONTAINER] arg is allowed\n");
        for (String line :
                List.of("wait deploy/x --for=delete", "describe deploy x", "delete deploy/x", "get deploy")) {
            refuse(line, "the server doesn't have a resource type \"deployments\"");
        }
        refuse("wait nope/x --for=delete", "the server doesn't have a resource type \"nope\"");
    }
}
