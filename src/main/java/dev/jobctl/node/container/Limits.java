package dev.jobctl.node.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Limits that a container's program can have at most here. Podman wants more by itself, and where it may not raise
/// them, as inside another container, no container of its would start.
final class Limits {
    /// What podman gives by itself.
    private static final long USUAL = 1 << 20;

    private static final Map<String, String> NAMES = Map.of("Max open files", "nofile", "Max processes", "nproc");

    private Limits() {}

    /// By the engine's names; none where they are high enough, or unknown.
    static Map<String, Long> ofThisProgram() {
        try {
            // Such a file gives all its digits to the first read only, and `readString` begins with one byte.
            String processes =
                    Files.readAllLines(Path.of("/proc/sys/kernel/pid_max")).getFirst();
            return parse(Files.readString(Path.of("/proc/self/limits")), Long.parseLong(processes.strip()));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /// @param processesMax of the kernel: podman lowers its own limit to that
    static Map<String, Long> parse(String limits, long processesMax) {
        Map<String, Long> low = new TreeMap<>();
        for (String line : limits.split("\n")) {
            NAMES.forEach((title, name) -> {
                String[] words = line.startsWith(title + " ")
                        ? line.substring(title.length()).strip().split(" +")
                        : new String[0];
                if (words.length > 1 && words[1].matches("\\d{1,18}") && Long.parseLong(words[1]) < USUAL) {
                    low.put(name, Long.parseLong(words[1]));
                }
            });
        }
        low.computeIfPresent("nproc", (name, limit) -> Math.min(limit, processesMax));
        return low;
    }
}
