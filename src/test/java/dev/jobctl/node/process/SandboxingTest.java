package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program in the place of Perl says what came of the trial.
@EnabledOnOs(OS.LINUX)
final class SandboxingTest {
    @TempDir
    Path home;

    private Path program;
    private Sandboxing sandboxing;

    @BeforeEach
    void make() {
        program = home.resolve("perl");
        sandboxing = new Sandboxing(Optional.of(new Forker(program, home, Log.none())), Log.none());
    }

    /// It reads of its order before it ends.
    private void answer(int code, String text) throws IOException {
        Files.writeString(program, "#!/bin/sh\nhead -c 4 >/dev/null\necho '%s' >&2\nexit %d\n".formatted(text, code));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1   | fork: Resource temporarily unavailable
        1   | /tmp: mount: Cannot allocate memory
        1   | open_tree: Too many open files
        137 | ''
        """)
    void aShortageIsNoRefusalAndItIsTriedAgain(int code, String text) throws IOException {
        answer(code, text);
        assertThat(sandboxing.possible()).isTrue();
        answer(1, "unshare: Operation not permitted");
        assertThat(sandboxing.missing()).isEqualTo("the kernel refuses it (unshare: Operation not permitted)");
    }

    @Test
    void soItIsWhereNobodyCanTry() throws IOException {
        assertThat(sandboxing.possible()).isTrue();
        answer(1, "unshare: Operation not permitted");
        assertThat(sandboxing.possible()).isFalse();
    }

    @Test
    void whatWasFoundOutStays() throws IOException {
        answer(0, "");
        assertThat(sandboxing.possible()).isTrue();
        answer(1, "unshare: Operation not permitted");
        assertThat(sandboxing.possible()).isTrue();
    }

    @Test
    void alsoARefusal() throws IOException {
        answer(1, "unshare: Operation not permitted");
        assertThat(sandboxing.possible()).isFalse();
        answer(0, "");
        assertThat(sandboxing.possible()).isFalse();
    }
}
