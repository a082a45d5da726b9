package dev.jobctl.node.process;

import dev.jobctl.std.Check;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Linux's `/proc`, as far as signals and adoption need it. Elsewhere there is none and the answers are empty.
final class ProcessTable {
    /// Far beyond a busy machine's; bounds the scan of a fork bomb.
    private static final int SCAN_MAX = 100_000;

    /// Beyond so many, one look at the directory is cheaper than asking for each process id.
    private static final int RANGE_MAX = 1_000;

    /// The process that all others descend from. Below it there is only the kernel.
    static final long INIT = 1;

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /// One row: `/proc/PID/stat`.
    record Row(long pid, char state, long parent, long session, long startTicks) {
        boolean alive() {
            return state != 'Z' && state != 'X';
        }
    }

    private static final boolean AVAILABLE = Files.isReadable(PROC.resolve("self/stat"));

    static boolean available() {
        return AVAILABLE;
    }

    /// Names the running kernel: processes of another boot are gone. `-` where there is no such name.
    static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "-";
        }
    }

    /// Whether this program runs as root: the owner of its own place in the table.
    static boolean root() {
        try {
            return Files.getAttribute(PROC.resolve("self"), "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Empty when there is no such process.
    static Optional<Row> row(long pid) {
        File stat = new File("/proc/" + pid + "/stat");
        if (!stat.exists()) {
            return Optional.empty();
        }
        try {
            return parse(Files.readString(stat.toPath(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Whether it is certain that the process with that start is dead.
    static boolean gone(long pid, long startTicks) {
        return gone(new File("/proc/" + pid + "/stat"), startTicks);
    }

    /// What is there and cannot be read, as for want of descriptors, says nothing.
    static boolean gone(File stat, long startTicks) {
        try {
            return !stat.exists()
                    || parse(Files.readString(stat.toPath(), StandardCharsets.ISO_8859_1))
                            .filter(row -> row.alive() && row.startTicks() == startTicks)
                            .isEmpty();
        } catch (IOException e) {
            return !stat.exists();
        }
    }

    static List<Row> all() {
        String[] names = new File(PROC.toString()).list();
        List<Row> rows = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            if (!name.isEmpty() && Character.isDigit(name.charAt(0)) && rows.size() < SCAN_MAX) {
                row(Long.parseLong(name)).ifPresent(rows::add);
            }
        }
        return rows;
    }

    /// The processes made after `pid`, provided that `pid` is so young that process ids have not wrapped past it.
    static List<Row> youngerThan(long pid) {
        long last = newestPid();
        if (last < pid || last - pid > RANGE_MAX) {
            return all();
        }
        List<Row> rows = new ArrayList<>();
        for (long candidate = pid + 1; candidate <= last; candidate++) {
            row(candidate).ifPresent(rows::add);
        }
        return rows;
    }

    /// Of `rows`: the session of `leader`, everything descended from it, and everything that carries `mark` in its
    /// environment, however it left the session; without the leader itself and without zombies.
    static List<Row> family(List<Row> rows, long leader, String mark) {
        Check.that(leader > INIT, "leader=%s", leader);
        Set<Long> related = new HashSet<>(Set.of(leader));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Row row : rows) {
                boolean ours = row.session() == leader || related.contains(row.parent());
                grown |= ours && related.add(row.pid());
            }
        }
        return rows.stream()
                .filter(row -> row.pid() != leader && row.alive())
                .filter(row -> related.contains(row.pid()) || carries(row.pid(), mark))
                .toList();
    }

    /// Of `rows`: those that carry `mark`.
    static List<Row> marked(List<Row> rows, String mark) {
        return rows.stream()
                .filter(row -> row.alive() && carries(row.pid(), mark))
                .toList();
    }

    /// Whether both run the same command line, as a process and its child do between fork and exec.
    static boolean sameProgram(long one, long other) {
        try {
            byte[] line = Files.readAllBytes(PROC.resolve(one + "/cmdline"));
            return line.length > 0 && Arrays.equals(line, Files.readAllBytes(PROC.resolve(other + "/cmdline")));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean carries(long pid, String mark) {
        try {
            return Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1)
                    .contains(mark);
        } catch (IOException e) {
            return false;
        }
    }

    /// The oldest child; empty when there is none.
    static Optional<Long> firstChild(long pid) {
        try {
            String children = Files.readString(PROC.resolve(pid + "/task/" + pid + "/children"));
            return Optional.of(children)
                    .filter(some -> !some.isBlank())
                    .map(some -> Long.valueOf(some.strip().split(" ", 2)[0]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The newest process id, or -1: the last word of `/proc/loadavg`.
    static long newestPid() {
        try {
            String load = Files.readString(PROC.resolve("loadavg")).strip();
            return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    /// The name in parentheses may hold spaces and parentheses itself: the fields begin after the last one.
    static Optional<Row> parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < 0) {
            return Optional.empty();
        }
        String[] rest = stat.substring(close + 2).split(" ", 21);
        return Optional.of(new Row(
                Long.parseLong(stat.substring(0, open).strip()),
                rest[0].charAt(0),
                Long.parseLong(rest[1]),
                Long.parseLong(rest[3]),
                Long.parseLong(rest[19])));
    }
}
