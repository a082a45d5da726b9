package dev.jobctl.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.std.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessTableTest {
    private static final long NEVER = 1L << 40;

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
    void theKernelAndTheFirstProcessLeadNoFamily() {
        assertThatThrownBy(() -> ProcessTable.family(List.of(), 0, "mark")).isInstanceOf(Check.Broken.class);
        assertThatThrownBy(() -> ProcessTable.family(List.of(), 1, "mark")).isInstanceOf(Check.Broken.class);
    }
}
