package dev.jobctl.plane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.resource.value.Json;
import dev.jobctl.std.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Simulated pods in a real plane: SQLite, loop, API, the wall clock.
class SimulatedRuntimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String EVENTS = "/api/v1/namespaces/default/events";

    @TempDir
    Path home;

    private @Nullable Plane open;

    private void open(String runtime) {
        open = Plane.open(new PlaneOptions(home, Map.of("PATH", "/usr/bin:/bin"), "test", runtime, false), Log.none());
    }

    @AfterEach
    void close() {
        plane().close(false);
    }

    private Plane plane() {
        return Objects.requireNonNull(open);
    }

    @Test
    void aJobWithFailuresEndsAsItsAnnotationSays() throws Exception {
        open("");
        create(JOBS, job("many", 200, 50, "{jobctl.dev/simulate: 'index=0-9:exit=1x1; log=index {index} run {run}'}"));

        JsonNode job = await(JOBS + "/many", done -> condition(done, "Complete"));

        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(200);
        assertThat(job.at("/status/failed").asInt()).isEqualTo(10);
        assertThat(job.at("/status/completedIndexes").asText()).isEqualTo("0-199");
        assertThat(get(PODS).path("items")).hasSize(210).allSatisfy(pod -> {
            assertThat(pod.at("/metadata/finalizers").size()).isZero();
            assertThat(pod.at("/spec/nodeName").asText()).isEqualTo("local");
            assertThat(pod.at("/status/podIP").asText()).isNotEmpty();
            assertThat(log(pod))
                    .isEqualTo("index %s run %d\n".formatted(index(pod), failed(pod) || !retried(pod) ? 1 : 2));
        });
        assertThat(reasons("Pod")).containsExactlyInAnyOrder("Scheduled", "Pulled", "Created", "Started");
    }

    @Test
    void theRuntimeIsNamedByPodOrPlane() throws Exception {
        open("simulated");
        create(JOBS, job("plain", 1, 1, "{}").replace("runtimeClassName: simulated", "activeDeadlineSeconds: 60"));
        create(PODS, pod("annotated", "{jobctl.dev/runtime: process}", "[sh, -c, 'echo real']"));

        await(JOBS + "/plain", done -> condition(done, "Complete"));
        JsonNode real = await(PODS + "/annotated", done -> phase(done, "Succeeded"));

        assertThat(log(real)).isEqualTo("real\n");
        assertThat(get(PODS).path("items"))
                .allSatisfy(pod -> assertThat(pod.at("/status/containerStatuses/0/containerID")
                                .asText())
                        .startsWith(pod.at("/metadata/name").asText().equals("annotated") ? "process" : "simulated"));
    }

    @Test
    void anUnknownRuntimeIsRefusedWithTheNamesThatThereAre() throws Exception {
        open("");
        create(PODS, pod("odd", "{jobctl.dev/runtime: fast}", "[sh]"));

        JsonNode pod = await(
                PODS + "/odd",
                waiting -> !waiting.at("/status/containerStatuses/0/state/waiting/message")
                        .asText()
                        .isEmpty());

        assertThat(pod.at("/status/containerStatuses/0/state/waiting/message").asText())
                .isEqualTo("there is no pod runtime \"fast\" here: use process, container or simulated");
    }

    @Test
    void aRestartedPlaneGoesOnWithEachRunExactlyOnce() throws Exception {
        open("");
        create(
                JOBS,
                job(
                        "later",
                        20,
                        20,
                        "{jobctl.dev/simulate: 'duration=2s:index=0-4:exit=3x1; duration=2s; log=run {run}'}"));
        await(JOBS + "/later", running -> running.at("/status/ready").asInt() == 20);
        Set<String> before = starts();
        plane().close(true);

        open("");
        JsonNode job = await(JOBS + "/later", done -> condition(done, "Complete"));

        assertThat(job.at("/status/succeeded").asInt()).isEqualTo(20);
        assertThat(job.at("/status/failed").asInt()).isEqualTo(5);
        assertThat(starts()).containsAll(before);
        assertThat(get(PODS).path("items")).hasSize(25).allSatisfy(pod -> {
            assertThat(pod.at("/status/containerStatuses/0/restartCount").asInt())
                    .isZero();
            assertThat(log(pod)).isEqualTo(failed(pod) || !retried(pod) ? "run 1\n" : "run 2\n");
        });
    }

    @Test
    void aDeletedPodThatIgnoresTermGoesAfterItsGrace() throws Exception {
        open("");
        create(
                PODS,
                pod("deaf", "{jobctl.dev/runtime: simulated, jobctl.dev/simulate: 'duration=1h:term=ignore'}", "[x]"));
        await(PODS + "/deaf", pod -> phase(pod, "Running"));

        send("DELETE", PODS + "/deaf", Map.of("gracePeriodSeconds", List.of("1")), "");

        await(PODS, pods -> pods.path("items").isEmpty());
        assertThat(plane().busy().orElse("")).doesNotContain("running pods");
    }

    /// The second failure is the first to be waited after.
    @Test
    void whileAContainerWaitsToRestartItsLastRunIsAlsoThePreviousOne() throws Exception {
        open("");
        Path runs = home.resolve("runs");
        String script = "[sh, -c, 'echo x >>%s; echo run $(wc -l <%s); exit 1']".formatted(runs, runs);
        create(PODS, pod("real", "{}", script).replace("Never", "Always"));
        String simulated = "{jobctl.dev/runtime: simulated, jobctl.dev/simulate: 'exit=1; log=run {run}'}";
        create(PODS, pod("simulated", simulated, "[x]").replace("Never", "Always"));

        for (String name : List.of("real", "simulated")) {
            String reason = "/status/containerStatuses/0/state/waiting/reason";
            JsonNode pod =
                    await(PODS + "/" + name, found -> found.at(reason).asText().equals("CrashLoopBackOff"));
            assertThat(log(pod)).as(name).isEqualTo("run 2\n");
            assertThat(log(pod, Map.of("previous", List.of("true")))).as(name).isEqualTo("run 2\n");
        }
    }

    private Set<String> starts() throws Exception {
        Set<String> ids = new HashSet<>();
        for (JsonNode pod : get(PODS).path("items")) {
            JsonNode status = pod.at("/status/containerStatuses/0");
            ids.add(status.path("containerID").asText() + " "
                    + status.at("/state/running/startedAt")
                            .asText(status.at("/state/terminated/startedAt").asText()));
        }
        return ids;
    }

    /// Whether another pod of its index failed.
    private boolean retried(JsonNode pod) {
        return failures().contains(index(pod));
    }

    private Set<String> failures() {
        Set<String> indexes = new HashSet<>();
        for (JsonNode pod : get(PODS).path("items")) {
            if (failed(pod)) {
                indexes.add(index(pod));
            }
        }
        return indexes;
    }

    private static boolean failed(JsonNode pod) {
        return phase(pod, "Failed");
    }

    private static boolean phase(JsonNode pod, String phase) {
        return pod.at("/status/phase").asText().equals(phase);
    }

    private static String index(JsonNode pod) {
        return pod.path("metadata")
                .path("labels")
                .path("batch.kubernetes.io/job-completion-index")
                .asText();
    }

    private static boolean condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    private Set<String> reasons(String kind) {
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode event : get(EVENTS).path("items")) {
            if (event.at("/involvedObject/kind").asText().equals(kind)) {
                counts.merge(event.path("reason").asText(), 1, Integer::sum);
            }
        }
        assertThat(counts.values()).allMatch(count -> count == 210);
        return counts.keySet();
    }

    private static String job(String name, int completions, int parallelism, String annotations) {
        return """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: %s}
            spec:
              completions: %d
              parallelism: %d
              completionMode: Indexed
              backoffLimitPerIndex: 3
              template:
                metadata:
                  annotations: %s
                spec:
                  runtimeClassName: simulated
                  restartPolicy: Never
                  containers: [{name: main, image: busybox}]
            """.formatted(name, completions, parallelism, annotations);
    }

    private static String pod(String name, String annotations, String command) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, annotations: %s}
            spec:
              restartPolicy: Never
              containers: [{name: main, image: busybox, command: %s}]
            """.formatted(name, annotations, command);
    }

    private void create(String path, String yaml) throws Exception {
        send("POST", path, Map.of(), yaml);
    }

    private JsonNode await(String path, Predicate<JsonNode> wanted) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Instant until = Instant.now().plus(PATIENCE);
        JsonNode found = get(path);
        while (!wanted.test(found)) {
            assertThat(Instant.now()).as(found::toPrettyString).isBefore(until);
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
            found = get(path);
        }
        return found;
    }

    private JsonNode get(String path) {
        try {
            return Json.MAPPER.readTree(send("GET", path, Map.of(), ""));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private String log(JsonNode pod) {
        return log(pod, Map.of("follow", List.of("true")));
    }

    private String log(JsonNode pod, Map<String, List<String>> query) {
        String path = PODS + "/" + pod.at("/metadata/name").asText() + "/log";
        return new String(send("GET", path, query, ""), StandardCharsets.UTF_8);
    }

    private byte[] send(String method, String path, Map<String, List<String>> query, String body) {
        Map<String, String> headers = Map.of("accept", "application/json, */*", "content-type", "application/yaml");
        ApiResponse response =
                plane().handle(new ApiRequest(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8)));
        byte[] answer = switch (response) {
            case ApiResponse.Whole whole -> whole.body();
            case ApiResponse.Stream stream -> collected(stream);
            case ApiResponse.Upgrade upgrade -> throw new AssertionError(upgrade);
        };
        assertThat(response.code())
                .as(() -> new String(answer, StandardCharsets.UTF_8))
                .isLessThan(300);
        return answer;
    }

    private static byte[] collected(ApiResponse.Stream stream) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            stream.writer().write(new ApiResponse.Sink() {
                @Override
                public void send(byte[] piece) {
                    all.writeBytes(piece);
                }

                @Override
                public boolean closed() {
                    return false;
                }

                @Override
                public void onClose(Runnable action) {}
            });
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return all.toByteArray();
    }
}
