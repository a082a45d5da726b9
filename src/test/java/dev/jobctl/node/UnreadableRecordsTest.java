package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Records that cannot be read for a while, as for want of descriptors: here a directory stands in their place.
@EnabledOnOs(OS.LINUX)
final class UnreadableRecordsTest {
    @TempDir
    Path home;

    private final AtomicInteger looks = new AtomicInteger();
    private NodeBed bed;
    private Pod pod;
    private Path record;
    private Path aside;
    private long supervisor;

    @BeforeEach
    void start() throws IOException {
        bed = new NodeBed(
                home,
                real -> ReplacedRuntime.of(real, method -> {
                    looks.addAndGet(method.equals("recover") ? 1 : 0);
                    return null;
                }));
        pod = NodeBed.shell(
                "unread", "echo $$; until [ -e %s/go ]; do sleep 0.01; done; echo after; exit 5".formatted(home));
        bed.node.podChanged(pod);
        PodStatus running = bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).endsWith("\n"));
        pod = new PodBuilder(pod).withStatus(running).build();
        record = bed.directory(pod).resolve("main/0.run");
        aside = home.resolve("aside");
        supervisor = Long.parseLong(Files.readString(record).split(" ", 2)[0]);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    private void hide() throws IOException {
        Files.move(record, aside);
        Files.createDirectory(record);
        Files.setLastModifiedTime(record, FileTime.from(Instant.EPOCH));
    }

    private void show() throws IOException {
        Files.delete(record);
        Files.move(aside, record);
    }

    private void awaitTheOneEnd() {
        var terminated = NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated();
        assertThat(terminated.getExitCode()).isEqualTo(5);
        assertThat(bed.log(pod).lines()).hasSize(2).last().isEqualTo("after");
    }

    @Test
    void aContainerWhoseRecordCannotBeReadIsNotStartedAgainButFoundLater() throws Exception {
        bed.node.close(true);
        hide();
        bed.replaceNode();
        looks.set(0);
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> looks.get() > 1);
        show();
        Files.createFile(home.resolve("go"));
        awaitTheOneEnd();
    }

    @Test
    void anEndWhoseRecordCannotBeReadIsWaitedFor() throws Exception {
        bed.replaceNode();
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> looks.get() > 0);
        hide();
        Files.createFile(home.resolve("go"));
        NodeBed.awaitGone(supervisor);
        await().atMost(NodeBed.PATIENCE)
                .during(Duration.ofMillis(1_500))
                .until(() -> bed.reports.of("unread").getLast().getPhase().equals("Running"));
        show();
        awaitTheOneEnd();
    }
}
