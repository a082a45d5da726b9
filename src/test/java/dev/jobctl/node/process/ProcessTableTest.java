package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jobctl.std.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTableTest {
    private static final long NEVER = 1L << 40;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ProcessTable.Row row(long pid, long parent, long session) {
        return new ProcessTable.Row(pid, 'S', parent, session, 1);
    }

    @Test
    void theNameOfAProgramMayHoldAnything() {
        String stat = "4711 (a b) (c) S 12 4711 4700 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98234 1 1 1";
        assertThat(ProcessTable.parse(stat)).hasValue(new ProcessTable.Row(4711, 'S', 12, 4700, 98234));
        assertThat(ProcessTable.parse("")).isEmpty();
    }

    @Test
    void aFamilyIsTheSessionAndAllThatDescendsFromIt() {
        long leader = NEVER;
        var rows = List.of(
                row(leader, 1, leader),
                row(leader + 1, leader, leader),
                row(leader + 3, leader + 2, leader + 2),
                row(leader + 2, leader + 1, leader + 2),
                row(leader + 4, 1, leader),
                row(leader + 5, 1, leader + 5),
                new ProcessTable.Row(leader + 6, 'Z', leader, leader, 1));
        assertThat(ProcessTable.family(rows, leader, "no such mark"))
                .extracting(row -> row.pid() - leader)
                .containsExactly(1L, 3L, 2L, 4L);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyWhoIsCertainlyDeadIsGone(@TempDir Path directory) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 1000").start();
        try {
            long pid = shell.pid();
            long ticks = ProcessTable.row(pid).orElseThrow().startTicks();
            assertThat(ProcessTable.gone(pid, ticks)).isFalse();
            assertThat(family(pid, ticks).orphaned()).isFalse();
            assertThat(ProcessTable.gone(pid, ticks + 1))
                    .as("another one with its number")
                    .isTrue();
            assertThat(family(pid, ticks + 1).orphaned()).isTrue();
            assertThat(ProcessTable.gone(directory.toFile(), ticks))
                    .as("unreadable")
                    .isFalse();
            assertThat(ProcessTable.gone(directory.resolve("none").toFile(), ticks))
                    .isTrue();

            long child = Long.parseLong(shell.inputReader().readLine());
            long itsTicks = ProcessTable.row(child).orElseThrow().startTicks();
            await().atMost(PATIENCE).until(() -> ProcessTable.gone(child, itsTicks));
            assertThat(ProcessTable.row(child)).as("dead, and not collected").isPresent();
        } finally {
            shell.destroyForcibly();
        }
    }

    private static ProcessFamily family(long pid, long ticks) {
        var claim = new RunFile.Claim(pid, ticks, ProcessTable.bootId(), Instant.EPOCH, true);
        return new ProcessFamily(claim, "no such mark", -1);
    }

    @Test
    void theKernelAndTheFirstProcessLeadNoFamily() {
        assertThatThrownBy(() -> ProcessTable.family(List.of(), 0, "mark")).isInstanceOf(Check.Broken.class);
        assertThatThrownBy(() -> ProcessTable.family(List.of(), 1, "mark")).isInstanceOf(Check.Broken.class);
    }
}
