package dev.jobctl.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A supervisor and all that its container started. On Linux found by session, descent and mark; elsewhere by descent
/// alone, so that there a process which left its parents is missed.
///
/// @param mark a text that only this attempt's processes carry in their environment
/// @param newestBefore the newest process id when the attempt began: its processes are younger. -1 where unknown
record ProcessFamily(RunFile.Claim claim, String mark, long newestBefore) {
    /// A family that forks faster than it dies gets this many rounds; then it is left to the next call.
    private static final int ROUNDS_MAX = 500;

    /// From its claim to the container's program a supervisor needs a millisecond; so many rounds are patience enough
    /// for a busy machine.
    private static final int START_ROUNDS_MAX = 100;

    /// A killed process is gone within microseconds, unless it sits in the kernel: only then it pays to wait.
    private static final Duration ROUND = Duration.ofMillis(2);

    /// The supervisor, if it is alive: pid and start agree.
    Optional<ProcessHandle> supervisor() {
        if (!ProcessTable.available()) {
            return ProcessHandle.of(claim.pid()).filter(ProcessHandle::isAlive).filter(this::startedThen);
        }
        return ProcessTable.row(claim.pid())
                .filter(row -> row.alive() && row.startTicks() == claim.startTicks())
                .flatMap(row -> ProcessHandle.of(row.pid()));
    }

    /// Whether the supervisor is there no more. Who cannot be looked at now, as for want of descriptors, is still
    /// there.
    boolean orphaned() {
        return ProcessTable.available()
                ? ProcessTable.gone(claim.pid(), claim.startTicks())
                : supervisor().isEmpty();
    }

    /// SIGTERM to the container's first process, and to no other.
    void terminate() {
        if (claim.forked()) {
            supervisor().ifPresent(ProcessHandle::destroy);
            return;
        }
        for (int round = 0; round < START_ROUNDS_MAX && starting(); round++) {
            LockSupport.parkNanos(ROUND.toNanos());
        }
        supervisor().stream().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroy);
    }

    /// Has the supervisor close the container's input.
    void letGo() {
        supervisor().ifPresent(found -> signal("USR1", found));
    }

    /// Has the container's first process look at the size of its terminal.
    void lookAgain() {
        supervisor().stream().flatMap(ProcessHandle::children).forEach(first -> signal("WINCH", first));
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " \"$0\"", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name, e);
        }
    }

    /// Whether the supervisor has not become a parent yet, or its child not the container's program: a signal would be
    /// lost.
    private boolean starting() {
        if (supervisor().isEmpty() || !ProcessTable.available()) {
            return false;
        }
        List<ProcessHandle> members = members(Scope.YOUNG);
        return members.isEmpty()
                || members.stream().anyMatch(member -> ProcessTable.sameProgram(member.pid(), claim.pid()));
    }

    /// SIGKILL to everyone but the supervisor, again until nobody is left. True when nobody is.
    boolean kill() {
        return kill(Scope.ALL);
    }

    /// The same for a family so young that only processes younger than its beginning need a look.
    boolean killYoung() {
        return kill(Scope.YOUNG);
    }

    /// The same long after the supervisor's death, when its process id may be a stranger's: only those with the mark.
    boolean killMarked() {
        return kill(Scope.MARKED);
    }

    private enum Scope {
        ALL,
        YOUNG,
        MARKED
    }

    private boolean kill(Scope scope) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<ProcessHandle> left = members(scope);
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            if (round > 0) {
                LockSupport.parkNanos(ROUND.toNanos());
            }
        }
        return members(scope).isEmpty();
    }

    private List<ProcessHandle> members(Scope scope) {
        if (claim.pid() <= ProcessTable.INIT) {
            return List.of();
        }
        if (!ProcessTable.available()) {
            return supervisor().stream()
                    .flatMap(ProcessHandle::descendants)
                    .filter(ProcessHandle::isAlive)
                    .toList();
        }
        List<ProcessTable.Row> rows =
                scope == Scope.YOUNG && newestBefore > 0 ? ProcessTable.youngerThan(newestBefore) : ProcessTable.all();
        List<ProcessTable.Row> members = scope == Scope.MARKED || pidTaken()
                ? ProcessTable.marked(rows, mark)
                : ProcessTable.family(rows, claim.pid(), mark);
        if (members.isEmpty()) {
            return List.of();
        }
        Set<Long> spared = spared();
        return members.stream()
                .filter(row -> !spared.contains(row.pid()))
                .flatMap(row -> ProcessHandle.of(row.pid()).stream())
                .toList();
    }

    /// Never a signal to this process or one that it descends from, whatever a damaged record says.
    private static Set<Long> spared() {
        Set<Long> spared = new HashSet<>(Set.of(ProcessTable.INIT));
        Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
        while (process.isPresent() && spared.add(process.get().pid())) {
            process = process.get().parent();
        }
        return spared;
    }

    /// A stranger has the supervisor's number by now: its session and children are not ours.
    private boolean pidTaken() {
        return ProcessTable.row(claim.pid())
                .filter(row -> row.startTicks() != claim.startTicks())
                .isPresent();
    }

    private boolean startedThen(ProcessHandle process) {
        Duration tolerance = Duration.ofSeconds(5);
        return process.info()
                .startInstant()
                .filter(at -> Duration.between(at, claim.startedAt()).abs().compareTo(tolerance) < 0)
                .isPresent();
    }
}
