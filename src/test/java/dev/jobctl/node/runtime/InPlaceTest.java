package dev.jobctl.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written in place is all that the file has afterwards, and the file stays the same one.
class InPlaceTest {
    @TempDir
    private Path directory;

    @Test
    void aMissingFileIsMade() throws Exception {
        Path file = directory.resolve("new");
        InPlace.write(file, "one\n");
        assertThat(file).hasContent("one\n");
    }

    @Test
    void aShorterTextLeavesNothingOfALongerOne() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a longer text that ends in ü\n");
        Object before = Files.getAttribute(file, "unix:ino");
        InPlace.write(file, "ä\n");
        assertThat(file).hasContent("ä\n").hasSize(3);
        InPlace.write(file, "");
        assertThat(file).isEmptyFile();
        InPlace.write(file, "again, and longer\n");
        assertThat(file).hasContent("again, and longer\n");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }
}
