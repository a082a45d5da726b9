package dev.jobctl.node.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Processes of this machine that carry a text in their environment, wherever they run and whoever started them.
///
/// @param mark `NAME=VALUE`; those that clear their environment are missed
public record MarkedProcesses(String mark) {
    /// Who forks faster than it dies gets so many looks.
    private static final int LOOKS_MAX = 500;

    /// Who starts them may be about to start another.
    private static final int LOOKS_MIN = 10;

    private static final Duration PAUSE = Duration.ofMillis(50);

    /// SIGKILL, until none is found any more. Takes half a second at least. Nothing happens where there is no `/proc`.
    public void kill() {
        int found = 0;
        for (int look = 0; look < LOOKS_MAX && (look < LOOKS_MIN || found > 0); look++) {
            List<ProcessTable.Row> rows = ProcessTable.marked(ProcessTable.all(), mark + "\0");
            rows.forEach(row -> ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly));
            found = rows.size();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
