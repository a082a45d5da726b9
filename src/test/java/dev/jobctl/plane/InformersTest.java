package dev.jobctl.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// fabric8's informers follow Jobs and pods from their creation to their end, over its WebSocket watches.
class InformersTest {
    private static final String NAMESPACE = "default";

    @TempDir
    Path home;

    private @Nullable OpenPlane open;

    @BeforeEach
    void open() throws IOException {
        open = OpenPlane.at(home);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(open).close();
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(open).client();
    }

    @Test
    void aJobIsFollowedFromItsCreationToItsRemoval() throws Exception {
        Followed jobs = new Followed();
        try (SharedIndexInformer<Job> seen =
                        client().batch().v1().jobs().inNamespace(NAMESPACE).inform(jobs);
                SharedIndexInformer<Pod> pods = client().pods()
                        .inNamespace(NAMESPACE)
                        .withLabel("job-name", "greet")
                        .inform()) {
            client().resource(job()).create();
            Job complete = jobs.complete.get(OpenPlane.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(complete.getStatus().getCompletedIndexes()).isEqualTo("0-2");
            // Another watch than the Jobs': it may be behind.
            patiently()
                    .untilAsserted(() -> assertThat(pods.getStore().list())
                            .extracting(pod ->
                                    pod.getMetadata().getLabels().get("batch.kubernetes.io/job-completion-index"))
                            .containsExactlyInAnyOrder("0", "1", "2"));
            assertThat(logs(pods.getStore().list())).containsExactly("index 0\n", "index 1\n", "index 2\n");

            client().resource(complete).delete();
            jobs.removed.get(OpenPlane.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(seen.getStore().list()).isEmpty();
            patiently().until(() -> pods.getStore().list().isEmpty());
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(OpenPlane.PATIENCE_SECONDS));
    }

    private List<String> logs(List<Pod> pods) {
        return pods.stream()
                .map(pod -> client().pods()
                        .inNamespace(NAMESPACE)
                        .withName(pod.getMetadata().getName())
                        .getLog())
                .sorted()
                .toList();
    }

    private static Job job() {
        return new JobBuilder()
                .withNewMetadata()
                .withName("greet")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withCompletions(3)
                .withParallelism(3)
                .withCompletionMode("Indexed")
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("sh", "-c", "echo index $JOB_COMPLETION_INDEX")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// What an informer told of Jobs; its threads write, the test waits.
    private static final class Followed implements ResourceEventHandler<Job> {
        private final CompletableFuture<Job> complete = new CompletableFuture<>();
        private final CompletableFuture<Job> removed = new CompletableFuture<>();

        @Override
        public void onAdd(Job job) {}

        @Override
        public void onUpdate(Job before, Job now) {
            if (now.getStatus().getConditions().stream()
                    .anyMatch(one -> one.getType().equals("Complete"))) {
                complete.complete(now);
            }
        }

        @Override
        public void onDelete(Job job, boolean unknown) {
            removed.complete(job);
        }
    }
}
