package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.Busybox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every example does what its README shows, with processes as pods and with containers: the README's own commands, in
/// a copy of `examples`. `-Dexample=NAME` plays those whose name begins so.
@Tag("endtoend")
final class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");

    private static final String CONTAINER = "container";

    /// Values of `JOBCTL_RUNTIME`.
    private static final List<String> RUNTIMES = List.of("process", CONTAINER);

    @Test
    void redisIsHere() {
        assertThat(Stream.of("redis-server", "redis-cli").filter(program -> !Busybox.onPath(program)))
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
    Stream<DynamicTest> everyExampleDoesWhatItsReadmeShows() throws IOException, InterruptedException {
        HostImages images = HostImages.make();
        List<DynamicTest> tests = new ArrayList<>();
        List<AutoCloseable> open = new ArrayList<>(List.of(images));
        for (String runtime : RUNTIMES) {
            Stage stage = Stage.open(Mode.DAEMON);
            open.addFirst(stage);
            stage.play(EXAMPLES, Transcript.parse("""
                $ export JOBCTL_RUNTIME=%s; %s; cp -rL examples copy
                """.formatted(runtime, images.exports())));
            for (Path readme : readmes()) {
                if (name(readme).startsWith(System.getProperty("example", ""))) {
                    String title = name(readme) + " (" + runtime + ")";
                    tests.add(DynamicTest.dynamicTest(title, readme.toUri(), () -> play(stage, readme)));
                }
            }
        }
        tests.add(DynamicTest.dynamicTest(
                "no container is left", () -> assertThat(images.containers()).isEmpty()));
        return tests.stream().onClose(() -> open.forEach(ExamplesTest::close));
    }

    /// Examples clean up behind themselves, so all of a runtime are played on one stage.
    private static void play(Stage stage, Path readme) throws IOException {
        stage.play(readme, Transcript.parse("$ cd ${JOBCTL_HOME%/*}/copy/" + name(readme)));
        stage.play(readme, Markdown.transcript(readme));
        stage.play(
                readme, Transcript.parse("$ jobctl get jobs,pods,configmaps -o name | grep -v kube-root-ca\n[exit 1]"));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) { // as the interface has it
            throw new IllegalStateException(e);
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
}
