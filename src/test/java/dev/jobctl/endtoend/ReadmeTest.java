package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The README tells the truth: its console blocks, played as one session, print what stands there. Only ages and the
/// random ends of pod names may differ.
@Tag("endtoend")
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final int LINES_MAX = 150;

    @Test
    void theTourPrintsWhatTheReadmeShows() throws IOException {
        try (Stage stage = Stage.open(Mode.DAEMON)) {
            stage.play(README, Markdown.transcript(README));
        }
    }

    @Test
    void itIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(LINES_MAX);
    }
}
