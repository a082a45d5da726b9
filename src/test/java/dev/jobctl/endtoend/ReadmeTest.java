package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
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
        SessionsTest.play(README, new Transcript(java.util.Set.of(Mode.DAEMON), steps()), Mode.DAEMON);
    }

    @Test
    void itIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(LINES_MAX);
    }

    private static List<Transcript.Step> steps() throws IOException {
        boolean inside = false;
        StringBuilder session = new StringBuilder();
        for (String line : Files.readAllLines(README)) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside) {
                session.append(line).append('\n');
            }
        }
        return Transcript.parse(session.toString()).steps().stream()
                .map(ReadmeTest::lenient)
                .collect(Collectors.toList());
    }

    private static Transcript.Step lenient(Transcript.Step step) {
        List<String> output = step.output().stream()
                .map(line -> line.replaceAll("(?<=[a-z]-\\d-)[a-z0-9]{5}\\b", "<name>"))
                .map(line -> line.replaceAll("\\b\\d+s\\b", "<age>"))
                .toList();
        return new Transcript.Step(step.line(), step.command(), output, step.exit());
    }
}
