package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.tar.TarEntry;
import dev.jobctl.cli.tar.TarEntry.Owner;
import dev.jobctl.cli.tar.TarEntry.Type;
import dev.jobctl.cli.tar.TarReader;
import dev.jobctl.cli.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("here"));
        Files.writeString(directory.resolve("secret"), "mine");
    }

    private static TarEntry file(String name) {
        return new TarEntry(name, Type.FILE, "", 3, 0644, Owner.NOBODY, Instant.EPOCH);
    }

    private static TarEntry link(String name, Type type, String to) {
        return new TarEntry(name, type, to, 0, 0777, Owner.NOBODY, Instant.EPOCH);
    }

    /// Unpacks what came of `source` into `here/target`. Each file holds `new`.
    private void unpack(String source, TarEntry... entries) throws IOException {
        var archive = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(archive);
        for (TarEntry entry : entries) {
            writer.put(entry, new ByteArrayInputStream("new".getBytes(StandardCharsets.UTF_8)));
        }
        writer.finish();
        var notes = new Unpacking.Notes(new PrintStream(said, true, StandardCharsets.UTF_8), "jobctl exec p --");
        var unpacking = new Unpacking(directory.resolve("here"), "target", source, notes);
        TarReader reader = new TarReader(new ByteArrayInputStream(archive.toByteArray()));
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            unpacking.take(entry, reader);
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /// All files below, with their content.
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> directory.relativize(file) + "=" + content(file))
                    .sorted()
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileBecomesTheTarget() throws IOException {
        unpack("/tmp/a", file("tmp/a"));
        assertThat(files()).containsExactly("here/target=new", "secret=mine");
    }

    @Test
    void whatADirectoryHoldsGoesIntoTheTarget() throws IOException {
        unpack(
                "./tmp/../d/",
                link("./d/", Type.DIRECTORY, ""),
                file("./d/a"),
                file("d/b/c"),
                link("d/e", Type.DIRECTORY, ""));
        assertThat(files()).containsExactly("here/target/a=new", "here/target/b/c=new", "secret=mine");
        assertThat(directory.resolve("here/target/e")).isDirectory();
        assertThat(said()).isEmpty();
    }

    @Test
    void nothingIsWrittenOutsideByAName() throws IOException {
        unpack("d", file("d/../../secret"), file("d/x/../../../../secret"), link("d/../../new", Type.DIRECTORY, ""));
        assertThat(files()).containsExactly("secret=mine");
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(said())
                .isEqualTo("warning: file \"../secret\" is outside target destination, skipping\n"
                        + "warning: file \"../../secret\" is outside target destination, skipping\n"
                        + "warning: file \"../new\" is outside target destination, skipping\n");
    }

    @Test
    void aNameThatWasNotAskedForIsRefused() {
        for (String name : new String[] {"../secret", "/secret", "dd", "e/d"}) {
            assertThatThrownBy(() -> unpack("d", file(name))).as(name).hasMessage("tar contents corrupted");
        }
    }

    @Test
    void linksOfAnArchiveAreNotMadeSoNothingGoesThroughThem() throws IOException {
        unpack("d", link("d/l", Type.SYMLINK, "../../"), file("d/l/secret"), link("d/k", Type.SYMLINK, "../../secret"));
        assertThat(files()).containsExactly("here/target/l/secret=new", "secret=mine");
        assertThat(said())
                .isEqualTo("warning: skipping symlink: \"target/l\" -> \"../../\" (consider using \"jobctl exec p --"
                        + " tar cf - \"d\" | tar xf -\")\n"
                        + "warning: skipping symlink: \"target/k\" -> \"../../secret\"\n");
    }

    @Test
    void nothingIsWrittenThroughLinksThatLieInTheTargetAndLeadOut() throws IOException {
        Path target = Files.createDirectories(directory.resolve("here/target"));
        Files.createDirectories(target.resolve("in"));
        Files.createSymbolicLink(target.resolve("out"), directory);
        Files.createSymbolicLink(target.resolve("file"), directory.resolve("secret"));
        Files.createSymbolicLink(target.resolve("nowhere"), directory.resolve("born"));
        Files.createSymbolicLink(target.resolve("fine"), Path.of("in"));
        unpack(
                "d",
                file("d/out/secret"),
                file("d/out/new/a"),
                file("d/file"),
                file("d/nowhere"),
                link("d/out/new", Type.DIRECTORY, ""),
                file("d/fine/a"));
        assertThat(files()).containsExactly("here/target/in/a=new", "secret=mine");
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(said().lines())
                .hasSize(5)
                .allMatch(line -> line.endsWith(" is outside target destination, skipping"));
    }

    @Test
    void aHardLinkIsACopyOfWhatCameBeforeAndOfNothingElse() throws IOException {
        Path target = Files.createDirectories(directory.resolve("here/target"));
        Files.createSymbolicLink(target.resolve("file"), directory.resolve("secret"));
        unpack(
                "d",
                file("d/a"),
                link("d/b", Type.HARD_LINK, "d/a"),
                link("d/a", Type.HARD_LINK, "d/a"),
                link("d/c", Type.HARD_LINK, "d/../../secret"),
                link("d/e", Type.HARD_LINK, "d/file"));
        assertThat(files()).containsExactly("here/target/a=new", "here/target/b=new", "secret=mine");
        assertThat(said()).contains("skipping hard link: \"target/c\"").contains("skipping hard link: \"target/e\"");
        assertThatThrownBy(() -> unpack("d", link("d/c", Type.HARD_LINK, "secret")))
                .hasMessage("tar contents corrupted");
    }

    @Test
    void whatIsNoFileIsPassedOver() throws IOException {
        Unpacking unpacking = new Unpacking(
                directory, "t", "d", new Unpacking.Notes(new PrintStream(said, true, StandardCharsets.UTF_8), ""));
        unpacking.take(link("d/pipe", Type.SPECIAL, ""), new TarReader(new ByteArrayInputStream(new byte[0])));
        assertThat(said()).isEqualTo("warning: skipping special file: \"t/pipe\"\n");
    }

    @Test
    void aTargetThatCannotBeWrittenIsToldInKubectlsWords() throws IOException {
        Files.createDirectories(directory.resolve("here/target"));
        assertThatThrownBy(() -> unpack("a", file("a")))
                .isInstanceOf(CommandError.class)
                .hasMessage("open target: is a directory");
        Files.delete(directory.resolve("here/target"));
        Files.writeString(directory.resolve("here/target"), "");
        assertThatThrownBy(() -> unpack("a", file("a/b"))).hasMessage("mkdir target: not a directory");
    }
}
