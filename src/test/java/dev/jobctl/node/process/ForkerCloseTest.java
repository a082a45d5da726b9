package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How a forker is left. A program in the place of Perl reads orders, or does not.
@EnabledOnOs(OS.LINUX)
final class ForkerCloseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// More than any pipe holds.
    private static final int MUCH = 2 << 20;

    @TempDir
    Path home;

    private Forker forker(String script) throws IOException {
        Path program = home.resolve("perl");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Forker(program, home, Log.none());
    }

    private static ProcessHandle process(Forker.Birth birth) {
        return birth.serving().process().toHandle();
    }

    private static void assertClosed(Forker forker) {
        assertThatThrownBy(() -> forker.fork(new OrderFields()))
                .isInstanceOf(IOException.class)
                .hasMessage("the runtime is closed");
    }

    @Test
    void oneThatReadsEndsByItself() throws IOException {
        Forker forker = forker("cat >/dev/null; echo ended >" + home + "/ended; exec sleep 1000");
        ProcessHandle process = process(forker.fork(new OrderFields()));
        try {
            forker.close();
            await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("ended")));
            assertThat(process.isAlive()).as("left to itself").isTrue();
            assertClosed(forker);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void oneThatReadsNoMoreIsKilledSoThatNobodyWaitsForIt() throws Exception {
        Forker forker = forker("exec sleep 1000");
        ProcessHandle process = process(forker.fork(new OrderFields()));
        try {
            Thread writer = Thread.ofPlatform().daemon().start(() -> write(forker));
            await().atMost(PATIENCE).until(() -> writes(writer));
            Thread closing = Thread.ofPlatform().daemon().start(forker::close);
            assertThat(closing.join(PATIENCE)).isTrue();
            assertThat(writer.join(PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> !process.isAlive());
            assertClosed(forker);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Forker forker) {
        try {
            forker.fork(new OrderFields().add('c', "x".repeat(MUCH)));
        } catch (IOException e) { // it is killed
            return;
        }
    }

    /// In the operating system.
    private static boolean writes(Thread writer) {
        StackTraceElement[] frames = writer.getStackTrace();
        return frames.length > 0 && frames[0].getMethodName().startsWith("write");
    }
}
