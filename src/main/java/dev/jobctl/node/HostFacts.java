package dev.jobctl.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The machine as the Node object describes it.
///
/// @param os as Kubernetes names it: `linux`, `darwin`
/// @param architecture as Kubernetes names it: `amd64`, `arm64`
/// @param pods how many pods the node takes
/// @param bootId names the running kernel: another one after a reboot; empty for unknown
public record HostFacts(
        int cpus,
        long memoryBytes,
        int pods,
        String os,
        String architecture,
        String kernel,
        String osImage,
        String bootId) {
    /// A machine whose kernel nobody asks for, such as a simulated one.
    public HostFacts(
            int cpus, long memoryBytes, int pods, String os, String architecture, String kernel, String osImage) {
        this(cpus, memoryBytes, pods, os, architecture, kernel, osImage, "");
    }

    /// Enough for a Job of 1,000 at once; beyond it the scheduler lets pods wait.
    private static final int PODS = 2_000;

    private static final long MEMORY_UNKNOWN = 1L << 30;

    /// Asks the JVM and, on Linux, `/proc` and `/etc/os-release`.
    public static HostFacts ofThisMachine() {
        String os = System.getProperty("os.name", "unknown");
        return new HostFacts(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                PODS,
                os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os.toLowerCase(Locale.ROOT),
                architecture(System.getProperty("os.arch", "unknown")),
                System.getProperty("os.version", "unknown"),
                value(Path.of("/etc/os-release"), "PRETTY_NAME=", os).replace("\"", ""),
                value(Path.of("/proc/sys/kernel/random/boot_id"), "", ""));
    }

    private static String architecture(String name) {
        return switch (name) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }

    private static long memory() {
        String kibibytes = value(Path.of("/proc/meminfo"), "MemTotal:", "")
                .replace("kB", "")
                .strip();
        return kibibytes.matches("\\d{1,15}") ? Long.parseLong(kibibytes) * 1024 : MEMORY_UNKNOWN;
    }

    /// What follows `key` on the line that begins with it.
    private static String value(Path file, String key, String otherwise) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
