package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.Cli;
import dev.jobctl.cli.command.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs that read and write objects, in front of a real API server.
class ObjectsVerbTest {
    private static final String JOB = """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: pi
        spec:
          template:
            spec:
              containers:
              - name: pi
                image: perl:5.34.0
                command: ["perl", "-wle", "print 3"]
              restartPolicy: Never
          backoffLimit: 4
        """;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
        cli.file("job.yaml", JOB);
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
    void applySaysWhatItDid() {
        check("apply -f job.yaml", "job.batch/pi created\n");
        check("apply -f job.yaml", "job.batch/pi unchanged\n");
        cli.file("job.yaml", JOB.replace("backoffLimit: 4", "backoffLimit: 5"));
        check("apply -f job.yaml --dry-run=server", "job.batch/pi configured (server dry run)\n");
        check("apply -f job.yaml", "job.batch/pi configured\n");
        check("get job pi -o jsonpath={.spec.backoffLimit}", "5");
    }

    @Test
    void createRefusesWhatExists() {
        check("create -f job.yaml", "job.batch/pi created\n");
        refuse(
                "create -f job.yaml",
                1,
                "Error from server (AlreadyExists): error when creating \"job.yaml\": jobs.batch \"pi\" already"
                        + " exists\n");
    }

    @Test
    void rowsComeFromTheServer() {
        check("create -f job.yaml", "job.batch/pi created\n");
        cli.server.time.advance(java.time.Duration.ofSeconds(90));
        check(
                "get jobs",
                "NAME   STATUS    COMPLETIONS   DURATION   AGE\npi     Running   0/1                      90s\n");
        check("get job pi --no-headers", "pi    Running   0/1         90s\n");
        check("get job,pod -o name", "job.batch/pi\n");
        check("get jobs -o custom-columns=N:.metadata.name,X:.spec.nope", "N     X\npi    <none>\n");
    }

    @Test
    void missingThingsAreTold() {
        refuse("get jobs", 0, "No resources found in default namespace.\n");
        refuse("get jobs -A", 0, "No resources found\n");
        refuse("get job nope", 1, "Error from server (NotFound): jobs.batch \"nope\" not found\n");
        refuse("get job nope --ignore-not-found", 0, "");
        refuse("get jobz", 1, "error: the server doesn't have a resource type \"jobz\"\n");
        refuse("apply -f nofile.yaml", 1, "error: the path \"nofile.yaml\" does not exist\n");
    }

    @Test
    void deleteWaitsAndSaysWhat() {
        check("create -f job.yaml", "job.batch/pi created\n");
        check("delete job pi", "job.batch \"pi\" deleted\n");
        refuse("delete job pi", 1, "Error from server (NotFound): jobs.batch \"pi\" not found\n");
        refuse(
                "delete -f job.yaml",
                1,
                "Error from server (NotFound): error when deleting \"job.yaml\": jobs.batch \"pi\" not found\n");
        refuse("delete job", 1, "error: resource(s) were provided, but no name was specified\n");
        refuse("delete job x --all", 1, "error: name cannot be provided when a selector is specified\n");
        refuse("delete jobs --all", 0, "No resources found\n");
    }

    @Test
    void createJobBuildsItFromItsWords() {
        check("create job hi --image=busybox -- echo a -n b", "job.batch/hi created\n");
        check("get job hi -o jsonpath={.spec.template.spec.containers[0].command}", "[\"echo\",\"a\",\"-n\",\"b\"]");
        refuse("create job hi --image=busybox", 1, "error: failed to create job: jobs.batch \"hi\" already exists\n");
        refuse("create job hi", 1, "error: either --image or --from must be specified\n");
    }

    @Test
    void waitingLooksAtConditions() {
        check("create -f job.yaml", "job.batch/pi created\n");
        refuse("wait --for=condition=complete --timeout=0 job/pi", 1, "error: condition not met for jobs/pi\n");
        refuse("wait --for=foo job/pi", 1, "error: unrecognized condition: \"foo\"\n");
        refuse(
                "wait --for=condition=complete job/no",
                1,
                "Error from server (NotFound): jobs.batch \"no\" not found\n");
        check("wait --for=jsonpath={.spec.backoffLimit}=4 job/pi", "job.batch/pi condition met\n");
        check("wait --for=delete job/none", "");
    }

    @Test
    void logsAreCopied() {
        cli.server.post(TestServer.PODS, TestServer.pod("p"));
        cli.server.patch("application/merge-patch+json", TestServer.PODS + "/p/status", """
            {"status":{"containerStatuses":[{"name":"c","image":"i","imageID":"","ready":true,"restartCount":0,
            "state":{"running":{"startedAt":"2026-11-21T12:00:00Z"}}}]}}\
            """);
        check("logs p", "one c\ntwo c\nthree c\n");
        check("logs pod/p --prefix", "[pod/p/c] one c\n[pod/p/c] two c\n[pod/p/c] three c\n");
        for (String option : List.of("--previous", "--all-pods", "--all-containers")) {
            refuse(
                    "logs job/nope " + option,
                    1,
                    "error: error from server (NotFound): jobs.batch \"nope\" not found in namespace \"default\"\n");
        }
        refuse("logs p -c bad", 1, "error: container bad is not valid for pod p\n");
        refuse(
                "logs job/nope",
                1,
                "error: error from server (NotFound): jobs.batch \"nope\" not found in namespace \"default\"\n");
    }

    @Test
    void badLinesExitWithTwo() {
        assertThat(cli.run("gte jobs").code()).isEqualTo(Exit.USAGE);
        assertThat(cli.run("gte jobs").err())
                .contains("unknown command \"gte\"")
                .contains("Did you mean this?\n\tget");
        assertThat(cli.run("get jobs --bogus").code()).isEqualTo(Exit.USAGE);
        assertThat(cli.run("get").code()).isEqualTo(Exit.USAGE);
    }

    @Test
    void everyComplaintOfEveryDocumentIsToldAndNothingIsSent() {
        cli.file(
                "job.yaml",
                JOB.replace("containers:", "contaners:") + "---\n" + JOB.replace("backoffLimit: 4", "backoffLimit: x"));
        Cli.Said said = cli.run("apply -f job.yaml");
        assertThat(said.code()).isEqualTo(Exit.ERROR);
        assertThat(said.err())
                .contains("job.yaml:8:7: spec.template.spec.contaners: unknown field; did you mean \"containers\"?")
                .contains("job.yaml:27:3: spec.backoffLimit: ");
        refuse("get jobs", 0, "No resources found in default namespace.\n");
    }

    @Test
    void aGracePeriodOfZeroNeedsForce() {
        String pod = TestServer.pod("p");
        cli.server.post(TestServer.PODS, pod.replace("\"metadata\":{", "\"metadata\":{\"finalizers\":[\"a.b/c\"],"));
        check("delete pod p --grace-period=0 --wait=false", "pod \"p\" deleted\n");
        check("get pod p -o jsonpath={.metadata.deletionGracePeriodSeconds}", "1");
    }

    @Test
    void aManifestsNamespaceCounts() {
        cli.file("other.yaml", JOB.replace("name: pi\nspec", "name: pi\n  namespace: other\nspec"));
        check("create -f other.yaml", "job.batch/pi created\n");
        check("get -f other.yaml -o name", "job.batch/pi\n");
        check("get -f other.yaml --no-headers", "pi    Running   0/1         0s\n");
        assertThat(cli.run("describe -f other.yaml").out()).contains("Namespace:        other\n");
        refuse(
                "get -f other.yaml -n default",
                1,
                "error: the namespace from the provided object \"other\" does not match the namespace \"default\". You"
                        + " must pass '--namespace=other' to perform this operation.\n");
    }

    @Test
    void whatWasJustAppliedDiffersInNothing() {
        check("apply -f job.yaml", "job.batch/pi created\n");
        check("diff -f job.yaml", "");
        cli.file("job.yaml", JOB.replace("backoffLimit: 4", "backoffLimit: 5"));
        Cli.Said said = cli.run("diff -f job.yaml");
        assertThat(said.out()).contains("\n-  backoffLimit: 4\n").doesNotContain("\n-    kubectl");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aFailedDiffDoesNotLookLikeADifference() {
        refuse("diff -f nofile.yaml", 2, "error: the path \"nofile.yaml\" does not exist\n");
        cli.file("broken.yaml", "a: [\n");
        cli.file("unknown.yaml", JOB.replace("backoffLimit", "backofLimit"));
        assertThat(cli.run("diff -f broken.yaml").code()).isEqualTo(2);
        assertThat(cli.run("diff -f unknown.yaml").code()).isEqualTo(2);
        assertThat(cli.run("diff -f job.yaml -s 127.0.0.1:1").code()).isEqualTo(2);
    }

    @Test
    void severalChangedObjectsStayApart() {
        cli.file("two.yaml", JOB + "---\n" + JOB.replace("name: pi\nspec", "name: tau\nspec"));
        assertThat(cli.run("create -f two.yaml -o yaml --dry-run=client").out())
                .startsWith("apiVersion: batch/v1\n")
                .containsOnlyOnce("\n---\napiVersion: batch/v1\n");
        check("apply -f two.yaml -o jsonpath={.kind}:{.items[*].metadata.name}", "List:pi tau");
        check("apply -f job.yaml -o jsonpath={.kind}:{.metadata.name}", "Job:pi");
        check("apply -f two.yaml -o name", "job.batch/pi\njob.batch/tau\n");
    }

    @Test
    void aServiceLeadsToItsPods() {
        cli.server.post(TestServer.PODS, TestServer.pod("p"));
        cli.server.patch(
                "application/merge-patch+json",
                TestServer.PODS + "/p",
                "{\"metadata\":{\"labels\":{\"app\":\"web\"}}}");
        cli.server.post(
                TestServer.PODS.replace("pods", "services"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web\"},\"spec\":{\"selector\":{\"app\":\"web\"},"
                    + "\"ports\":[{\"port\":80}]}}");
        cli.server.patch("application/merge-patch+json", TestServer.PODS + "/p/status", """
            {"status":{"containerStatuses":[{"name":"c","image":"i","imageID":"","ready":true,"restartCount":0,
            "state":{"running":{"startedAt":"2026-11-21T12:00:00Z"}}}]}}\
            """);
        check("logs svc/web", "one c\ntwo c\nthree c\n");
    }

    @Test
    void sortingGoesByValueWhereAllHaveOne() {
        String labelled = "metadata:\n  labels: {size: \"SIZE\"}\n  name: ";
        for (String size : List.of("10", "9", "1k")) {
            cli.file("job.yaml", JOB.replace("metadata:\n  name: pi", labelled.replace("SIZE", size) + "s" + size));
            check("create -f job.yaml", "job.batch/s" + size + " created\n");
        }
        check("get jobs --sort-by=.metadata.labels.size -o name", "job.batch/s9\njob.batch/s10\njob.batch/s1k\n");
        cli.file("job.yaml", JOB.replace("metadata:\n  name: pi", labelled.replace("SIZE", "big") + "sb"));
        check("create -f job.yaml", "job.batch/sb created\n");
        check(
                "get jobs --sort-by=.metadata.labels.size -o name",
                "job.batch/s10\njob.batch/s1k\njob.batch/s9\njob.batch/sb\n");
    }

    @Test
    void globalOptionsMayStandInsideAVerbsName() {
        check("create -n zz job q --image=i", "job.batch/q created\n");
        check("create --namespace=zz --debug cronjob r --image=i --schedule=@daily", "cronjob.batch/r created\n");
        check("get job,cronjob -n zz -o name", "job.batch/q\ncronjob.batch/r\n");
        cli.file("job", JOB);
        check("create -f job", "job.batch/pi created\n");
    }

    @Test
    void filesAreNamedInManyWays() throws IOException {
        String tau = JOB.replace("name: pi\nspec", "name: tau\nspec");
        cli.file("in/tau.yaml", tau);
        cli.file("in/deep/e.yaml", JOB.replace("name: pi\nspec", "name: e\nspec"));
        String both = "job.batch/pi created (dry run)\njob.batch/tau created (dry run)\n";
        check("create --dry-run=client -f job.yaml,in/tau.yaml", both);
        check("create --dry-run=client -f job.yaml -f in/tau.yaml", both);
        check("create --dry-run=client -f in/*.yaml", "job.batch/tau created (dry run)\n");
        check("create --dry-run=client -f in/**.yaml", "job.batch/tau created (dry run)\n");
        check("create --dry-run=client -f i?/[de]*/*.yaml", "job.batch/e created (dry run)\n");
        check("create --dry-run=client -f " + directory + "/*.yaml", "job.batch/pi created (dry run)\n");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("in"));
        check("create --dry-run=client -f link/*.yaml", "job.batch/tau created (dry run)\n");
        refuse("create -f no*.yaml", 1, "error: the path \"no*.yaml\" does not exist\n");
        refuse("create -f no/*.yaml", 1, "error: the path \"no/*.yaml\" does not exist\n");
        refuse("create -f [", 1, "error: the path \"[\" does not exist\n");
        refuse("create -f job.yaml,", 1, "error: the path \"\" does not exist\n");
    }
}
