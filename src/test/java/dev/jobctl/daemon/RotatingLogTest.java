package dev.jobctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {
    @Test
    void twoFilesOfTheBoundAtMost(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("daemon.log");
        try (RotatingLog log = new RotatingLog(file, 100)) {
            for (int i = 100; i < 200; i++) {
                log.accept("line " + i);
            }
        }
        assertThat(Files.readString(file)).endsWith("line 199\n").hasSizeLessThanOrEqualTo(100);
        assertThat(Files.size(directory.resolve("daemon.log.1"))).isLessThanOrEqualTo(100);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anExistingLogGoesOn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("daemon.log");
        for (int i = 0; i < 2; i++) {
            try (RotatingLog log = new RotatingLog(file, 100)) {
                log.accept("start " + i);
            }
        }
        assertThat(Files.readString(file)).isEqualTo("start 0\nstart 1\n");
    }
}
