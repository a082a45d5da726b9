package dev.jobctl.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpareDirectoriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private SpareDirectories spares;

    @BeforeEach
    void begin() {
        spares = new SpareDirectories(home.resolve("pods"), Log.none());
    }

    @AfterEach
    void end() throws InterruptedException {
        spares.close();
        assertThat(PodDirectory.spares(home.resolve("pods"), ".spare-")).isEmpty();
    }

    @Test
    void theFirstPodsMakeTheirOwnAndLaterOnesGetASpare() throws IOException {
        prepare("a", "main");
        assertThat(count()).isZero();
        prepare("b", "main");
        await().atMost(PATIENCE).until(() -> count() == 2);
        prepare("c", "main");
        assertThat(pod("c").path().resolve("main/0.log")).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pod("c").path())))
                .isEqualTo("rwx------");
        await().atMost(PATIENCE).until(() -> count() == 2);
    }

    @Test
    void aPodWithAnotherContainerHasItToo() throws IOException {
        prepare("a", "main");
        prepare("b", "main");
        await().atMost(PATIENCE).until(() -> count() == 2);
        prepare("c", "other");
        assertThat(pod("c").path().resolve("other")).isDirectory();
    }

    @Test
    void aSecondContainerComesBesideTheFirst() throws IOException {
        prepare("a", "one");
        Files.writeString(pod("a").path().resolve("one/0.log"), "kept");
        prepare("a", "two");
        prepare("a", "two");
        assertThat(pod("a").path().resolve("one/0.log")).hasContent("kept");
        assertThat(pod("a").path().resolve("two")).isDirectory();
    }

    @Test
    void sparesOfAnEarlierLifeAreRemovedAndNeverTakenForPods() throws IOException {
        Files.createDirectories(home.resolve("pods/.spare-77/main"));
        assertThat(PodDirectory.all(home.resolve("pods"))).isEmpty();
        prepare("a", "main");
        prepare("b", "main");
        await().atMost(PATIENCE).until(() -> !Files.exists(home.resolve("pods/.spare-77")) && count() == 2);
    }

    @Test
    void aSpareThatSomebodyRemovedIsNoLoss() throws IOException {
        prepare("a", "main");
        prepare("b", "main");
        await().atMost(PATIENCE).until(() -> count() == 2);
        for (PodDirectory spare : PodDirectory.spares(home.resolve("pods"), ".spare-")) {
            spare.delete();
        }
        prepare("c", "main");
        assertThat(pod("c").path().resolve("main")).isDirectory();
    }

    @Test
    void rowsOfSparesGoWhenTheyAreUsedUp() throws IOException {
        for (int i = 0; i < 200; i++) {
            prepare("pod-" + i, "main");
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> count() == 2 || count() == 0 && rows() == 0);
        }
        assertThat(rows()).isBetween(1L, 2L);
        assertThat(PodDirectory.all(home.resolve("pods"))).hasSize(200);
    }

    private void prepare(String pod, String container) throws IOException {
        spares.prepare(pod(pod), container);
    }

    private PodDirectory pod(String name) {
        return new PodDirectory(home.resolve("pods").resolve(name));
    }

    private long count() throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("pods"))) {
            return all.filter(path -> path.endsWith("main/0.log"))
                    .filter(path -> path.toString().contains("/.spare-"))
                    .count();
        } catch (UncheckedIOException e) { // one was taken meanwhile
            return -1;
        }
    }

    private long rows() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("pods"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(".spare-"))
                    .count();
        }
    }
}
