package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Execution;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.node.runtime.StartResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pods whose images take long.
final class PullTest {
    @TempDir
    Path home;

    private final CountDownLatch starting = new CountDownLatch(1);
    private final CountDownLatch deleted = new CountDownLatch(1);
    private final CountDownLatch pulled = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Test
    void aDeletionRightBeforeThePullEndsIt() throws InterruptedException {
        NodeBed bed = new NodeBed(home, Slow::new);
        Pod pod = NodeBed.pod("slow", "true");
        bed.node.podChanged(pod);
        assertThat(starting.await(NodeBed.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        deleted.countDown();
        await().atMost(NodeBed.PATIENCE).until(() -> bed.node.activePods() == 0);
        assertThat(cancelled).isTrue();
        bed.close();
    }

    private boolean waits(CountDownLatch latch) {
        try {
            return latch.await(NodeBed.PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            cancelled.set(true);
            return false;
        }
    }

    /// Delegates, but its pull does not come to an end, and the deletion comes before it begins.
    private final class Slow implements PodRuntime {
        private final PodRuntime real;

        Slow(PodRuntime real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public List<Warning> warnings(Pod pod) {
            starting.countDown();
            waits(deleted);
            return List.of();
        }

        @Override
        public ImageResult image(Pod pod, Container container, Consumer<ImageNote> told) {
            waits(pulled);
            return new ImageResult.Missing("ErrImagePull", "context canceled");
        }

        @Override
        public Optional<String> refusal(Pod pod) {
            return real.refusal(pod);
        }

        @Override
        public StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended) {
            return real.start(plan, files, ended);
        }

        @Override
        public Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended) {
            return real.recover(files, message, ended);
        }

        @Override
        public Execution execute(
                RunningContainer container, ContainerPlan plan, List<String> command, @Nullable String terminal)
                throws IOException {
            return real.execute(container, plan, command, terminal);
        }

        @Override
        public boolean ended(AttemptFiles files) {
            return real.ended(files);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
