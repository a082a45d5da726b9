package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `edit` with an editor that is a function, and the other verbs that change or explain types.
class EditVerbTest {
    @TempDir
    Path directory;

    private Cli cli;
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void open() {
        cli = new Cli(directory);
        cli.server.post(TestServer.JOBS, TestServer.job("pi", ""));
    }

    /// Each opening of the editor takes the next change.
    private void editing(List<UnaryOperator<String>> changes) {
        cli.programs = words -> {
            Path file = Path.of(words.getLast());
            String text = Files.readString(file);
            shown.add(text);
            Files.writeString(file, changes.get(shown.size() - 1).apply(text));
            return 0;
        };
    }

    private static UnaryOperator<String> parallelism(String value) {
        return text -> text.replaceAll("parallelism: .*", "parallelism: " + value);
    }

    @Test
    void whatTheEditorLeavesIsStored() {
        editing(List.of(parallelism("3")));
        Cli.Said said = cli.run("edit job/pi");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("job.batch/pi edited\n");
        assertThat(shown.getFirst())
                .startsWith("# Please edit the object below.")
                .contains("\napiVersion: batch/v1\nkind: Job\n")
                .doesNotContain("managedFields");
        assertThat(cli.run("get job pi -o jsonpath={.spec.parallelism}").out()).isEqualTo("3");
    }

    @Test
    void nothingHappensWithoutAChange() {
        editing(List.of(text -> text, text -> "# gone\n"));
        assertThat(cli.run("edit job/pi").err()).isEqualTo("Edit cancelled, no changes made.\n");
        assertThat(cli.run("edit job/pi").err()).isEqualTo("Edit cancelled, saved file was empty.\n");
    }

    @Test
    void whatIsRefusedComesBackWithTheReason() throws IOException {
        editing(List.of(parallelism("-1"), parallelism("x: y"), parallelism("2")));
        Cli.Said said = cli.run("edit job/pi");
        assertThat(said.out()).isEqualTo("job.batch/pi edited\n");
        assertThat(said.err()).isEqualTo("error: jobs.batch \"pi\" is invalid\n");
        assertThat(shown.get(1))
                .contains("# jobs.batch \"pi\" was not valid:\n"
                        + "# * spec.parallelism: Invalid value: -1: must be greater than or equal to 0\n#\n")
                .contains("parallelism: -1");
        assertThat(shown.get(2)).contains("# The edited file had a syntax error: ");

        shown.clear();
        editing(List.of(parallelism("-1"), text -> text));
        Cli.Said given = cli.run("edit job/pi");
        assertThat(given.code()).isEqualTo(1);
        assertThat(given.err())
                .contains("A copy of your changes has been stored to \"")
                .endsWith("error: Edit cancelled, no valid changes were saved.\n");
        String kept = given.err().replaceFirst("(?s).*stored to \"", "").replaceFirst("(?s)\".*", "");
        Files.delete(Path.of(kept));
    }

    @Test
    void aJobIsScaledByItsParallelism() {
        assertThat(cli.run("scale job/pi --replicas=4").out()).isEqualTo("job.batch/pi scaled\n");
        assertThat(cli.run("get job pi -o jsonpath={.spec.parallelism}").out()).isEqualTo("4");
        assertThat(cli.run("scale job/pi --replicas=5 --current-replicas=3").err())
                .isEqualTo("error: Expected replicas to be 3, was 4\n");
        assertThat(cli.run("scale job/pi").err()).startsWith("error: the --replicas=COUNT flag is required");
    }

    @Test
    void fieldsAreExplained() {
        Cli.Said said = cli.run("explain job.spec.template.spec.restartPolicy");
        assertThat(said.out())
                .startsWith(
                        "GROUP:      batch\nKIND:       Job\nVERSION:    v1\n\nFIELD: restartPolicy <string>\nENUM:\n")
                .contains("    OnFailure\n\nDESCRIPTION:\n    What to do when a container ends.")
                .endsWith("    \n\n");
        assertThat(cli.run("explain job.spec.nope").err()).isEqualTo("error: field \"nope\" does not exist\n");
    }
}
