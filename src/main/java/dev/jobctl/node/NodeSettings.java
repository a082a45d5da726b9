package dev.jobctl.node;

import dev.jobctl.node.logs.LogSettings;
import dev.jobctl.node.runtime.PodDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a node is told about itself.
///
/// @param home the directory of the local control plane; pods live in `pods` below it
/// @param podEnvironment the first variables of every container: PATH, HOME, LANG and what else every pod gets
/// @param runtime which one a pod gets
/// @param sandbox whether process pods get a sandbox where this host can make one
/// @param logs how much of them is kept
public record NodeSettings(
        Path home,
        String nodeName,
        Map<String, String> podEnvironment,
        HostFacts host,
        RuntimeChoice runtime,
        boolean sandbox,
        LogSettings logs) {
    /// With the usual logs.
    public NodeSettings(
            Path home,
            String nodeName,
            Map<String, String> podEnvironment,
            HostFacts host,
            RuntimeChoice runtime,
            boolean sandbox) {
        this(home, nodeName, podEnvironment, host, runtime, sandbox, LogSettings.USUAL);
    }

    public NodeSettings {
        podEnvironment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(podEnvironment));
    }

    Path keptHome() {
        return home.resolve("kept");
    }

    Path podsHome() {
        return PodDirectory.home(home);
    }
}
