package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The harness itself, with commands that every machine has.
class TranscriptTest {
    private static final String UID = "0f0e0d0c-0b0a-4909-8807-060504030201";

    @Test
    void stepsAreReadWithOutputExitCodeAndPlace() {
        Transcript transcript = Transcript.parse("""
            # modes: daemon
            # A comment.

            $ echo one
            one

            $ cat <<END
            > two
            > END
            two
            [exit 3]
            """);
        assertThat(transcript.modes()).containsExactly(Mode.DAEMON);
        assertThat(transcript.steps())
                .containsExactly(
                        new Transcript.Step(4, "echo one", List.of("one"), 0),
                        new Transcript.Step(7, "cat <<END\ntwo\nEND", List.of("two"), 3));
    }

    @Test
    void outputWithoutACommandIsAMistake() {
        assertThatThrownBy(() -> Transcript.parse("what is this\n")).hasMessageContaining("line 1");
    }

    @Test
    void placeholdersStandForWhatChanges() {
        check("pi-<name>   1/1   <age>   <age>", "pi-x7k2p     1/1  3m5s    0s", true);
        check("uid: <uid>", "uid: " + UID, true);
        check("pid <number>", "pid 12", true);
        check("pid <number>", "pid twelve", false);
        check("<any> created", "job.batch/pi created", true);
        check("a.b", "aXb", false);
        check("a b", "a  b", false);
    }

    @Test
    void dotsStandForAnyLines() {
        assertThat(Expectation.difference(List.of("a", "...", "d"), List.of("a", "b", "c", "d")))
                .isEmpty();
        assertThat(Expectation.difference(List.of("a", "..."), List.of("a"))).isEmpty();
        assertThat(Expectation.difference(List.of("...", "d"), List.of("a", "b")))
                .isPresent();
    }

    @Test
    void theShellKeepsWhatACommandExports() throws IOException {
        try (Shell shell = new Shell(Path.of("/"), Map.of("WHO", "you"))) {
            assertThat(run(shell, "export ME=i; echo $WHO")).isEqualTo(new Shell.Result(List.of("you"), 0));
            assertThat(run(shell, "echo $ME; echo no newline | tr -d '\\n'; false"))
                    .isEqualTo(new Shell.Result(List.of("i", "no newline"), 1));
            assertThat(run(shell, "cat; echo wrong >&2; (exit 7)")).isEqualTo(new Shell.Result(List.of("wrong"), 7));
        }
    }

    @Test
    void aCommandThatHangsFailsItsSession() throws IOException {
        try (Shell shell = new Shell(Path.of("/"), Map.of())) {
            assertThatThrownBy(() -> shell.run("tail -f /dev/null", Duration.ofMillis(300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("tail -f");
        }
    }

    private static Shell.Result run(Shell shell, String command) throws IOException {
        return shell.run(command, Duration.ofSeconds(10));
    }

    private static void check(String expected, String actual, boolean same) {
        assertThat(Expectation.difference(List.of(expected), List.of(actual)).isEmpty())
                .as(expected + " ~ " + actual)
                .isEqualTo(same);
    }
}
