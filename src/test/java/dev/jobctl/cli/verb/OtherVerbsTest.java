package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.Cli;
import dev.jobctl.cli.command.Exit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherVerbsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
        cli.server.post(TestServer.JOBS, TestServer.job("pi", ""));
    }

    private void check(String line, String out) {
        Cli.Said said = cli.run(line);
        assertThat(said.err()).as(line).isEmpty();
        assertThat(said.out()).as(line).isEqualTo(out);
        assertThat(said.code()).as(line).isEqualTo(Exit.OK);
    }

    private void refuse(String line, int code, String err) {
        Cli.Said said = cli.run(line);
        assertThat(said.err()).as(line).isEqualTo(err);
        assertThat(said.code()).as(line).isEqualTo(code);
    }

    @Test
    void patchSaysWhetherAnythingChanged() {
        check("patch job pi -p {\"spec\":{\"parallelism\":3}}", "job.batch/pi patched\n");
        check("patch job/pi -p {\"spec\":{\"parallelism\":3}}", "job.batch/pi patched (no change)\n");
        check(
                "patch job pi --type=json -p [{\"op\":\"replace\",\"path\":\"/spec/parallelism\",\"value\":4}]",
                "job.batch/pi patched\n");
        check("get job pi -o jsonpath={.spec.parallelism}", "4");
    }

    @Test
    void labelsAndAnnotations() {
        check("label job pi a=b", "job.batch/pi labeled\n");
        check("label job pi a=b", "job.batch/pi not labeled\n");
        refuse("label job pi a=c", 1, "error: 'a' already has a value (b), and --overwrite is false\n");
        check("label job pi a=c --overwrite", "job.batch/pi labeled\n");
        check("label job pi a-", "job.batch/pi unlabeled\n");
        check("label job pi q-", "label \"q\" not found.\njob.batch/pi not labeled\n");
        check("annotate job pi a=b", "job.batch/pi annotated\n");
        refuse(
                "annotate job pi a=c",
                1,
                "error: --overwrite is false but found the following declared annotation(s): 'a' already has a value"
                        + " (b)\n");
    }

    @Test
    void aClientsDryRunShowsTheChangeAndMakesNone() {
        String path = " --dry-run=client -o jsonpath=";
        check("label job pi a=b" + path + "{.metadata.labels.a}", "b");
        check("annotate job pi a=b" + path + "{.metadata.annotations.a}", "b");
        String patch = "patch job pi -p {\"spec\":{\"parallelism\":3}}";
        check(patch + path + "{.spec.parallelism}", "3");
        check(patch + " --type=merge" + path + "{.spec.parallelism}", "3");
        check(
                "patch job pi --type=json -p [{\"op\":\"replace\",\"path\":\"/spec/parallelism\",\"value\":4}]" + path
                        + "{.spec.parallelism}",
                "4");
        assertThat(cli.run("patch job pi --dry-run=client --type=json -p [{\"op\":\"remove\",\"path\":\"/nope\"}]")
                        .code())
                .isEqualTo(1);
        check("get job pi -o jsonpath={.spec.parallelism}{.metadata.labels.a}{.metadata.annotations.a}", "1");
        cli.server.post("/api/v1/nodes", "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n\"}}");
        check("taint nodes n a=b:NoSchedule" + path + "{.spec.taints[0].key}", "a");
        check("get node n -o jsonpath={.spec.taints}", "");
    }

    @Test
    void aSuspendedJobIsNotWaitedFor() {
        check("suspend job/pi", "job.batch/pi suspended\n");
        check("suspend job/pi", "job.batch/pi suspended (no change)\n");
        refuse("wait job/pi", Exit.JOB_NOT_STARTED, "job.batch/pi is suspended; go on with 'jobctl resume job/pi'\n");
        check("resume job/pi", "job.batch/pi resumed\n");
    }

    @Test
    void waitingWithoutForTellsTheOutcome() {
        finish("Complete", "CompletionsReached", "Reached expected number of succeeded pods");
        check("wait job/pi", "job.batch/pi complete\n");
    }

    @Test
    void theExitCodeSaysHowAJobFailed() {
        finish("Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
        Cli.Said said = cli.run("wait job/pi");
        assertThat(said.out())
                .isEqualTo("job.batch/pi failed: DeadlineExceeded: Job was active longer than specified deadline\n");
        assertThat(said.code()).isEqualTo(Exit.JOB_DEADLINE);
    }

    @Test
    void aMissingJobIsNotWaitedFor() {
        refuse("wait job/nope", 1, "Error from server (NotFound): jobs.batch \"nope\" not found\n");
    }

    @Test
    void aPatchThatCannotBeReadIsToldInPlainWords() {
        Cli.Said said = cli.run("patch job pi -p {bad");
        assertThat(said.err()).startsWith("error: unable to parse \"{bad\": ").doesNotContain("com.fasterxml");
        assertThat(cli.run("patch job pi --type=json -p [{\"op\":\"remove\",\"path\":\"/nope\"}]")
                        .err())
                .startsWith("The request is invalid: ");
    }

    @Test
    void aPathThatDoesNotFitIsToldInPlainWords() {
        String path = " -o jsonpath={.spec.template.spec.containers[7].name}";
        for (String line :
                List.of("get job pi", "get job pi -w", "label job pi a=b", "apply --server-side -f job.yaml")) {
            cli.file("job.yaml", TestServer.job("pi", ""));
            Cli.Said said = cli.run(line + path);
            assertThat(said.err())
                    .as(line)
                    .startsWith("error: error executing jsonpath: Error executing template: array index out of bounds");
            assertThat(said.code()).as(line).isEqualTo(1);
        }
    }

    @Test
    void aRuntimeThatIsNotThereIsRefused() {
        refuse(
                "run x --runtime=contained -- true",
                Exit.USAGE,
                "error: invalid argument \"contained\" for \"--runtime\" flag: must be one of process, container,"
                        + " simulated\n");
    }

    @Test
    void ctrlCEndsAWait() {
        cli.cancelled.complete(null);
        assertThat(cli.run("wait job/pi").code()).isEqualTo(Exit.INTERRUPTED);
    }

    @Test
    void theLocalPlaneIsAskedThroughItsControl() {
        check("local status", "state:          running\npid:            4711\nuptimeSeconds:  61\n");
        check("local stop --keep-pods", "stopped, pods go on\n");
        check("local env", "export KUBECONFIG=" + directory.resolve("kubeconfig") + "\n");
        assertThat(cli.run("local status -o json").out()).contains("\"pid\": 4711");
        assertThat(cli.run("local").err()).contains("local needs one of: start, stop, status");
        assertThat(cli.run("local --help").out())
                .contains("Usage: jobctl local COMMAND")
                .contains("local reset");
        assertThat(cli.run("help local").out()).isEqualTo(cli.run("local -h").out());
        refuse(
                "local reset now",
                Exit.USAGE,
                "error: unexpected words: now\nSee 'jobctl local reset -h' for help and examples\n");
    }

    @Test
    void useRemembersAContext() {
        cli.file(".kube/config", KUBECONFIG);
        check("use", "local\n");
        check("use prod", "Commands now go to context \"prod\" at http://127.0.0.1:9.\n");
        check("use", "prod\n");
        refuse(
                "get jobs",
                1,
                "The connection to the server 127.0.0.1:9 was refused - did you specify the right host or port?\n");
        check("use local", "Commands now go to the control plane of this machine.\n");
        check("get jobs -o name", "job.batch/pi\n");
        refuse("use nope", 1, "error: context \"nope\" does not exist; there are: prod\n");
    }

    @Test
    void anExportedKubeconfigNamesACluster() {
        cli.file("other", KUBECONFIG);
        cli.environment.put("KUBECONFIG", "other");
        assertThat(cli.run("get jobs").err()).contains("127.0.0.1:9 was refused");
        check("get jobs -o name --context local", "job.batch/pi\n");
    }

    @Test
    void versionsAndHelp() {
        assertThat(cli.run("version").out()).startsWith("Client Version: v0.1.0\nServer Version: v");
        check("version --client", "Client Version: v0.1.0\n");
        assertThat(cli.run("help").out()).contains("apply").contains("local start");
        assertThat(cli.run("get -h").out()).contains("--field-selector");
        assertThat(cli.run("apply -h").out())
                .startsWith("Usage: jobctl apply [OPTIONS]\nCreate or change")
                .doesNotContain("PARAM");
        assertThat(cli.run("get -h").out())
                .startsWith("Usage: jobctl get [OPTIONS] TYPE[,TYPE] [NAME...] | TYPE/NAME...\nShow");
        assertThat(cli.run("--version").err()).contains("only: --version");
        assertThat(cli.run("completion bash").out()).endsWith("complete -o default -F _jobctl jobctl\n");
        assertThat(cli.run("completion zsh").out()).startsWith("#compdef jobctl\n");
        assertThat(cli.run(List.of("--bogus")).code()).isEqualTo(Exit.USAGE);
    }

    private void finish(String condition, String reason, String message) {
        String patch = """
            {"status":{"startTime":"2026-11-21T12:00:00Z","conditions":[
            {"type":"%s","status":"True","reason":"%s","message":"%s"},
            {"type":"%s","status":"True","reason":"%s","message":"%s"}]%s}}\
            """.formatted(
                condition.equals("Failed") ? "FailureTarget" : "SuccessCriteriaMet",
                reason,
                message,
                condition,
                reason,
                message,
                condition.equals("Failed") ? "" : ",\"completionTime\":\"2026-11-21T12:00:01Z\",\"succeeded\":1");
        assertThat(cli.server
                        .patch("application/merge-patch+json", TestServer.JOBS + "/pi/status", patch)
                        .code())
                .isEqualTo(200);
    }

    private static final String KUBECONFIG = """
        apiVersion: v1
        kind: Config
        current-context: prod
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: prod, context: {cluster: c, user: u}}]
        """;
}
