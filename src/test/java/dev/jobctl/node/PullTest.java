package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.PodRuntime;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
        NodeBed bed = new NodeBed(home, real -> ReplacedRuntime.of(real, this::slow));
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

    /// The pull does not come to an end, and the deletion comes before it begins.
    private @Nullable Object slow(String method) {
        return switch (method) {
            case "warnings" -> {
                starting.countDown();
                waits(deleted);
                yield List.of();
            }
            case "image" -> {
                waits(pulled);
                yield new PodRuntime.ImageResult.Missing("ErrImagePull", "context canceled");
            }
            default -> null;
        };
    }
}
