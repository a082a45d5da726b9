package dev.jobctl.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.cli.Cli;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One clear message for each way to be wrong; nothing is created, no stack trace.
class BadInputTest {
    private static final String JOB = """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: pi
        spec:
          template:
            spec:
              containers:
              - name: pi
                image: perl
              restartPolicy: Never
        """;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
    }

    private void check(String text, String message) {
        cli.file("job.yaml", text);
        checkFile("job.yaml", 1, message);
    }

    private void checkFile(String name, int code, String message) {
        Cli.Said said = cli.run("apply -f " + name);
        assertThat(said.err()).contains(message).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(said.out()).isEmpty();
        assertThat(said.code()).isEqualTo(code);
        assertThat(cli.run("get jobs -o name").out()).isEmpty();
    }

    @Test
    void fieldsAndValues() {
        check(JOB.replace("image", "imag"), "job.yaml:10:9: spec.template.spec.containers[0].imag: unknown field");
        check(
                JOB.replace("spec:\n  template", "spec:\n  completions: x\n  template"),
                "job.yaml:6:3: spec.completions: ");
        check(JOB.substring(0, JOB.indexOf("  template")) + "  backoffLimit: 1\n", "spec.template");
        check(
                JOB.replace("Never", "Always"),
                "job.yaml:11:7: spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\","
                        + " \"Never\"");
        check(
                JOB.replace("name: pi\nspec", "name: Not_Good\nspec"),
                "job.yaml:4:3: metadata.name: Invalid value: \"Not_Good\"");
        check(JOB.replace("kind: Job", "kind: Jobb"), "did you mean kind \"Job\"");
        check(JOB.replace("kind: Job\n", ""), "kind is not set");
    }

    @Test
    void texts() {
        check(JOB.replace("  name: pi\nspec", "  name: pi\n  name: po\nspec"), "job.yaml:5:3: ");
        check(JOB.replace("  name: pi\nspec", "\tname: pi\nspec"), "job.yaml:4:");
        check("", "the file is empty");
        check("\0\1\2\3ELF\0", "job.yaml:1:1: ");
        check("a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\n".repeat(1), "is not set");
    }

    @Test
    void files() throws IOException {
        checkFile("nofile.yaml", 1, "error: the path \"nofile.yaml\" does not exist");
        Files.createDirectory(directory.resolve("empty"));
        checkFile("empty", 1, "recognized file extensions are [.json .yaml .yml]");
        checkFile("https://example.org/x.yaml", 2, "cannot read manifests from a URL");
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("big.yaml").toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        checkFile("big.yaml", 1, "more than the limit");
    }

    @Test
    void aFileWithoutAnEndIsReadToTheLimit() {
        checkFile("/dev/zero", 1, "/dev/zero:1:1: the file has 16777217 bytes, more than the limit");
    }

    @Test
    void aDirectoryIsReadInOrder() {
        cli.file("d/a.yaml", JOB.replace("name: pi\nspec", "name: a\nspec"));
        cli.file("d/b.yml", JOB.replace("name: pi\nspec", "name: b\nspec"));
        cli.file("d/notes.txt", "no manifest");
        assertThat(cli.run("apply -f d").out()).isEqualTo("job.batch/a created\njob.batch/b created\n");
    }

    @Test
    void standardInputIsAFileToo() {
        cli.input = JOB;
        assertThat(cli.run("create -f -").out()).isEqualTo("job.batch/pi created\n");
        cli.input = JOB.replace("image", "imag");
        assertThat(cli.run("create -f -").err()).startsWith("error: STDIN:10:9: ");
    }
}
