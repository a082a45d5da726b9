package dev.jobctl.cli.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.cli.tar.TarEntry.Owner;
import dev.jobctl.cli.tar.TarEntry.Type;
import dev.jobctl.std.Luck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside the tar of this machine, in both directions, and with damaged archives.
class TarTest {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 3000;
    private static final Owner OWNER = new Owner(3_000_000_000L, 12, "somebody", "some");
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final String LONG = "a-name-of-20-letters".repeat(6);

    @TempDir
    Path directory;

    /// What was read: `FILE name -> link: content`.
    private static List<String> read(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        List<String> entries = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            var content = new ByteArrayOutputStream();
            byte[] piece = new byte[100];
            for (int length = reader.read(piece); length >= 0; length = reader.read(piece)) {
                content.write(piece, 0, length);
            }
            assertThat(content.size()).isEqualTo(entry.size());
            entries.add(entry.type() + " " + entry.name() + " -> " + entry.link() + ": "
                    + content.toString(StandardCharsets.UTF_8));
        }
        return entries;
    }

    private static byte[] written(TarEntry... entries) throws IOException {
        var archive = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(archive);
        for (TarEntry entry : entries) {
            byte[] content = new byte[(int) entry.size()];
            Arrays.fill(content, (byte) 'x');
            writer.put(entry, new ByteArrayInputStream(content));
        }
        writer.finish();
        return archive.toByteArray();
    }

    private static TarEntry entry(String name, Type type, String link, long size) {
        return new TarEntry(name, type, link, size, 0640, OWNER, THEN);
    }

    private String tar(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        byte[] archive = written(
                entry("d/" + LONG + "/" + LONG, Type.FILE, "", 1000),
                entry("d/e", Type.DIRECTORY, "", 0),
                entry("d/é", Type.SYMLINK, "../" + LONG, 0),
                entry("d/h", Type.HARD_LINK, "d/" + LONG, 0));
        assertThat(read(archive))
                .containsExactly(
                        "FILE d/" + LONG + "/" + LONG + " -> : " + "x".repeat(1000),
                        "DIRECTORY d/e -> : ",
                        "SYMLINK d/é -> ../" + LONG + ": ",
                        "HARD_LINK d/h -> d/" + LONG + ": ");
        TarEntry first = new TarReader(new ByteArrayInputStream(archive)).next();
        assertThat(first).isEqualTo(entry("d/" + LONG + "/" + LONG, Type.FILE, "", 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "busybox tar"})
    void theTarOfThisMachineReadsIt(String tar) throws IOException, InterruptedException {
        String deep = "d/" + LONG + "/" + LONG;
        Files.write(
                directory.resolve("a.tar"),
                written(entry(deep, Type.FILE, "", 1000), entry("d/l", Type.SYMLINK, LONG, 0)));
        List<String> words = new ArrayList<>(List.of(tar.split(" ")));
        words.addAll(List.of("-tvf", "a.tar"));
        String listed = tar(words);
        assertThat(listed).contains("-rw-r-----").contains(deep + "\n").contains("d/l -> " + LONG);
        assertThat(listed).contains("1000").contains("2026-01-02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar --format=gnu", "tar --format=posix", "tar --format=oldgnu", "busybox tar"})
    void whatTheTarOfThisMachineWritesIsRead(String tar) throws IOException, InterruptedException {
        Path deep = directory.resolve("d").resolve(LONG).resolve(LONG);
        Files.createDirectories(deep.getParent());
        Files.writeString(deep, "some\nlines\n");
        Files.createSymbolicLink(directory.resolve("d/l"), Path.of(LONG));
        Files.createLink(directory.resolve("d/h"), deep);
        List<String> words = new ArrayList<>(List.of(tar.split(" ")));
        String path = "d/" + LONG + "/" + LONG;
        words.addAll(List.of("-cf", "a.tar", path, "d/l", "d/h", "d/" + LONG));
        tar(words);
        assertThat(read(Files.readAllBytes(directory.resolve("a.tar"))))
                .startsWith(
                        "FILE " + path + " -> : some\nlines\n",
                        "SYMLINK d/l -> " + LONG + ": ",
                        "HARD_LINK d/h -> " + path + ": ")
                .contains("DIRECTORY d/" + LONG + "/ -> : ");
    }

    @Test
    void thePosixFormWithAPrefixIsRead() throws IOException, InterruptedException {
        Path file = directory.resolve("e".repeat(90)).resolve("f".repeat(90));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        tar(List.of("tar", "--format=ustar", "-cf", "a.tar", "e".repeat(90)));
        assertThat(read(Files.readAllBytes(directory.resolve("a.tar"))))
                .containsExactly(
                        "DIRECTORY " + "e".repeat(90) + "/ -> : ",
                        "FILE " + "e".repeat(90) + "/" + "f".repeat(90) + " -> : x");
    }

    @Test
    void aFileThatShrinksIsToldAndNotFilledUp() {
        TarWriter writer = new TarWriter(new ByteArrayOutputStream());
        assertThatThrownBy(() -> writer.put(entry("a", Type.FILE, "", 10), new ByteArrayInputStream(new byte[] {1, 2})))
                .hasMessage("it became shorter while it was read");
    }

    @Test
    void anArchiveThatEndsEarlyIsTold() throws IOException {
        byte[] archive = written(entry("a", Type.FILE, "", 1000));
        for (int length : new int[] {1, 511, 512, 1000, 1512, 1535}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(archive, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessage("unexpected end of the archive");
        }
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(Arrays.copyOf(archive, 1536))).hasSize(1);
    }

    @Test
    void anEndlessNameIsRefused() throws IOException {
        TarEntry about = entry("././@LongLink", Type.FILE, "", Long.MAX_VALUE / 2);
        byte[] block = TarHeader.block(about, TarHeader.LONG_NAME, about.size());
        assertThatThrownBy(() -> read(block)).hasMessageStartingWith("invalid tar header: a name of ");
    }

    @Test
    void damagedArchivesAreReadOrRefused() throws IOException {
        byte[] whole = written(
                entry("d/" + LONG + "/" + LONG, Type.FILE, "", 600),
                entry("d/l", Type.SYMLINK, LONG, 0),
                entry("d/e", Type.DIRECTORY, "", 0));
        Luck luck = Luck.seeded(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] archive = Arrays.copyOf(whole, luck.below(4) == 0 ? luck.below(whole.length) : whole.length);
            for (int i = luck.below(4); i >= 0 && archive.length > 0; i--) {
                archive[luck.below(archive.length)] = (byte) luck.below(256);
            }
            mend(archive);
            try {
                read(archive);
            } catch (IOException e) {
                assertThat(e.getMessage()).as("round %d", round).isNotBlank();
            }
        }
    }

    /// Makes the checksums right again, so that damage gets further than to them.
    private static void mend(byte[] archive) {
        for (int at = 0; at + TarHeader.BLOCK <= archive.length; at += TarHeader.BLOCK) {
            long sum = 8 * ' ';
            for (int i = 0; i < TarHeader.BLOCK; i++) {
                sum += i >= 148 && i < 156 ? 0 : archive[at + i] & 0xff;
            }
            byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(digits, 0, archive, at + 148, digits.length);
        }
    }
}
