package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real kubectl, unmodified, against a server without controllers.
@Timeout(120)
final class KubectlTest {
    @TempDir
    private static Path directory;

    private static Running running;
    private static Path manifest;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        running = new Running(directory.resolve("server"));
        manifest = Files.writeString(directory.resolve("pi.yaml"), """
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
                    command: ["perl", "-Mbignum=bpi", "-wle", "print bpi(2000)"]
                  restartPolicy: Never
              backoffLimit: 4
            """);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void aJobGoesThroughItsWholeLife() throws Exception {
        assertThat(kubectl("apply", "-f", manifest.toString()).out()).isEqualTo("job.batch/pi created\n");
        assertThat(kubectl("apply", "-f", manifest.toString()).out()).isEqualTo("job.batch/pi unchanged\n");
        assertThat(kubectl("create", "-f", manifest.toString()).err())
                .isEqualTo("Error from server (AlreadyExists): error when creating \"" + manifest
                        + "\": jobs.batch \"pi\" already exists\n");
        assertThat(kubectl("get", "jobs").out().lines())
                .first()
                .asString()
                .matches("NAME +STATUS +COMPLETIONS +DURATION +AGE");
        assertThat(kubectl("get", "job", "pi", "-o", "jsonpath={.spec.backoffLimit} {.spec.completionMode}")
                        .out())
                .isEqualTo("4 NonIndexed");
        assertThat(kubectl("describe", "job", "pi").out())
                .contains("Name:             pi\n", "Pod Template:\n", "Events:            <none>\n");
        assertThat(kubectl("patch", "job", "pi", "-p", "{\"spec\":{\"suspend\":true}}")
                        .out())
                .isEqualTo("job.batch/pi patched\n");
        assertThat(kubectl("patch", "job", "pi", "-p", "{\"spec\":{\"suspend\":true}}")
                        .out())
                .isEqualTo("job.batch/pi patched (no change)\n");
        assertThat(kubectl("annotate", "job", "pi", "a=b").out()).isEqualTo("job.batch/pi annotated\n");
        assertThat(kubectl("label", "job", "pi", "c=d").out()).isEqualTo("job.batch/pi labeled\n");
        assertThat(kubectl("diff", "-f", manifest.toString()).code()).isZero();
        complete("pi");
        assertThat(kubectl("wait", "--for=condition=complete", "job/pi").out())
                .isEqualTo("job.batch/pi condition met\n");
        assertThat(kubectl("delete", "job", "pi").out()).isEqualTo("job.batch \"pi\" deleted\n");
        assertThat(kubectl("get", "job", "pi").err())
                .isEqualTo("Error from server (NotFound): jobs.batch \"pi\" not found\n");
    }

    @Test
    void generatorsSendProtobuf() throws Exception {
        assertThat(kubectl("create", "job", "gen", "--image=i", "--", "echo", "hi")
                        .out())
                .isEqualTo("job.batch/gen created\n");
        assertThat(kubectl("create", "job", "gen", "--image=i").err())
                .isEqualTo("error: failed to create job: jobs.batch \"gen\" already exists\n");
        assertThat(kubectl("get", "job", "gen", "-o", "jsonpath={.spec.template.spec.containers[0].command}")
                        .out())
                .isEqualTo("[\"echo\",\"hi\"]");
        assertThat(kubectl("create", "configmap", "gen", "--from-literal=a=b").out())
                .isEqualTo("configmap/gen created\n");
    }

    @Test
    void mistakesAreToldInKubectlsWords() throws Exception {
        Path misspelt = Files.writeString(
                directory.resolve("misspelt.yaml"), Files.readString(manifest).replace("backoffLimit", "backofLimit"));
        assertThat(kubectl("create", "-f", misspelt.toString()).err())
                .isEqualTo("Error from server (BadRequest): error when creating \"" + misspelt
                        + "\": Job in version \"v1\" cannot be handled as a Job: strict decoding error: unknown field"
                        + " \"spec.backofLimit\"\n");
        Path invalid = Files.writeString(
                directory.resolve("invalid.yaml"),
                Files.readString(manifest).replace("restartPolicy: Never", "restartPolicy: Always"));
        assertThat(kubectl("create", "-f", invalid.toString()).err())
                .isEqualTo("The Job \"pi\" is invalid: spec.template.spec.restartPolicy: Required value: valid values:"
                        + " \"OnFailure\", \"Never\"\n");
        assertThat(kubectl("get", "jobz").err()).isEqualTo("error: the server doesn't have a resource type \"jobz\"\n");
        assertThat(kubectl("get", "jobs", "--field-selector", "spec.x=1").err())
                .endsWith("field label \"spec.x\" not supported for batchv1.Job\n");
    }

    @Test
    void aWatchPrintsARowForEachChange() throws Exception {
        running.backend.put(Kinds.JOB, Json.read(job("watched"), Job.class));
        Process watch = start(List.of("get", "jobs", "-w", "--field-selector=metadata.name=watched"));
        try (var lines = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("NAME");
            assertThat(lines.readLine()).startsWith("watched");
            complete("watched");
            assertThat(lines.readLine()).startsWith("watched").contains("Complete");
        } finally {
            watch.destroy();
        }
        assertThat(watch.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void clientsLearnWhatIsServed() throws Exception {
        assertThat(kubectl("api-versions").out()).contains("\nbatch/v1\n").endsWith("\nv1\n");
        assertThat(kubectl("api-resources", "--no-headers").out()).containsPattern("jobs +batch/v1 +true +Job\n");
        assertThat(kubectl("version", "-o", "json").out()).contains("\"gitVersion\": \"v1.32.0+jobctl0.1.0\"");
        assertThat(kubectl("explain", "job.spec.backoffLimit").out()).contains("FIELD: backoffLimit <integer>");
        assertThat(kubectl("get", "--raw", "/readyz").out()).isEqualTo("ok");
    }

    /// The status as a controller would set it.
    private static void complete(String name) {
        var entry = running.backend.snapshot().get("batch/jobs/default/" + name);
        assertThat(entry).isNotNull();
        Job job = Json.copy((Job) entry.value().object());
        job.getStatus().setSucceeded(1);
        job.getStatus()
                .setConditions(List.of(new JobConditionBuilder()
                        .withType("Complete")
                        .withStatus("True")
                        .build()));
        running.backend.put(Kinds.JOB, job);
    }

    private static byte[] job(String name) {
        return TestServer.job(name, "\"completions\":1,\"parallelism\":1,")
                .replace("\"name\":\"" + name + "\"", "\"namespace\":\"default\",\"name\":\"" + name + "\"")
                .replace("\"spec\":{\"comp", "\"status\":{},\"spec\":{\"comp")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Process start(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", running.kubeconfig.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("proxy"));
        environment.put("HOME", directory.toString());
        environment.remove("KUBECONFIG");
        return builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
    }

    private static Result kubectl(String... words) throws Exception {
        Process process = start(List.of(words));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }
}
