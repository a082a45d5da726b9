package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every example does what its README shows, with processes as pods: the README's own commands, in a copy of
/// `examples`.
/// `-Dexample=NAME` plays those whose name begins so.
@Tag("endtoend")
final class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");

    /// Values of `JOBCTL_RUNTIME`.
    private static final List<String> RUNTIMES = List.of("process");

    @Test
    void redisIsHere() {
        assertThat(Stream.of("redis-server", "redis-cli").filter(ExamplesTest::missing))
                .as("on the PATH; Debian's package is redis-server, and .ci/run installs it")
                .isEmpty();
    }

    @Test
    void theListNamesEveryExample() throws IOException {
        String list = Files.readString(EXAMPLES.resolve("README.md"));
        assertThat(readmes())
                .isNotEmpty()
                .allSatisfy(readme -> assertThat(list).contains("[" + name(readme) + "](" + name(readme)));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleDoesWhatItsReadmeShows() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        for (String runtime : RUNTIMES) {
            Stage stage = Stage.open(Mode.DAEMON);
            stages.add(stage);
            stage.play(
                    EXAMPLES, Transcript.parse("$ export JOBCTL_RUNTIME=%s; cp -rL examples copy".formatted(runtime)));
            for (Path readme : readmes()) {
                if (name(readme).startsWith(System.getProperty("example", ""))) {
                    String title = name(readme) + " (" + runtime + ")";
                    tests.add(DynamicTest.dynamicTest(title, readme.toUri(), () -> play(stage, readme)));
                }
            }
        }
        return tests.stream().onClose(() -> stages.forEach(ExamplesTest::close));
    }

    /// Examples clean up behind themselves, so all of a runtime are played on one stage.
    private static void play(Stage stage, Path readme) throws IOException {
        stage.play(readme, Transcript.parse("$ cd ${JOBCTL_HOME%/*}/copy/" + name(readme)));
        stage.play(readme, Markdown.transcript(readme));
        stage.play(
                readme, Transcript.parse("$ jobctl get jobs,pods,configmaps -o name | grep -v kube-root-ca\n[exit 1]"));
    }

    private static void close(Stage stage) {
        try {
            stage.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Scenarios have a test of their own: they are played on a virtual clock.
    private static List<Path> readmes() throws IOException {
        try (Stream<Path> directories = Files.list(EXAMPLES)) {
            return directories
                    .filter(directory -> !directory.endsWith("scenarios"))
                    .map(directory -> directory.resolve("README.md"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path readme) {
        return readme.getName(readme.getNameCount() - 2).toString();
    }

    private static boolean missing(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
