package dev.jobctl.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a node is told about itself.
///
/// @param home the directory of the local control plane; pods live in `pods` below it
/// @param podEnvironment the first variables of every container: PATH, HOME, LANG and what else every pod gets
/// @param runtime which one a pod gets
/// @param sandbox whether process pods get a sandbox where this host can make one
/// @param logsKept how long the logs of pods outlive their objects, zero for not at all
public record NodeSettings(
        Path home,
        String nodeName,
        Map<String, String> podEnvironment,
        HostFacts host,
        RuntimeChoice runtime,
        boolean sandbox,
        Duration logsKept) {
    private static final Duration LOGS_KEPT = Duration.ofDays(7);

    /// Logs are kept for a week.
    public NodeSettings(
            Path home,
            String nodeName,
            Map<String, String> podEnvironment,
            HostFacts host,
            RuntimeChoice runtime,
            boolean sandbox) {
        this(home, nodeName, podEnvironment, host, runtime, sandbox, LOGS_KEPT);
    }

    public NodeSettings {
        podEnvironment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(podEnvironment));
    }

    Path keptHome() {
        return home.resolve("kept");
    }

    Path podsHome() {
        return home.resolve("pods");
    }
}
