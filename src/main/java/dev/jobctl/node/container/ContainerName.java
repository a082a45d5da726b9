package dev.jobctl.node.container;

import dev.jobctl.node.runtime.AttemptFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// By what the engine knows one attempt: no two attempts of any home have the same.
///
/// @param home the control plane's directory
record ContainerName(String uid, String container, int attempt, Path home) {
    private static final String PREFIX = "jobctl-";

    /// The label that names the home.
    static final String HOME_LABEL = "dev.jobctl.home";

    static ContainerName of(AttemptFiles files, Path home) {
        Path pod = Objects.requireNonNull(files.directory().getParent(), "attempts lie in the directories of pods");
        return new ContainerName(uid(pod), files.directory().getFileName().toString(), files.attempt(), home);
    }

    /// From a pod's directory, `NAMESPACE_NAME_UID`.
    static String uid(Path pod) {
        String whole = pod.getFileName().toString();
        return whole.substring(whole.lastIndexOf('_') + 1);
    }

    String text() {
        return PREFIX + uid + "-" + container + "-" + attempt;
    }

    Map<String, String> labels() {
        return Map.of(HOME_LABEL, home.toString());
    }
}
