package dev.jobctl.node.process;

import dev.jobctl.node.runtime.PodDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What an earlier life of the node left running, processes and containers of an engine alike.
public final class EarlierAttempts {
    private EarlierAttempts() {}

    /// Whether any pod in `podsHome` has a container that runs without a node. What cannot be read does not count.
    public static boolean anyRuns(Path podsHome) {
        return PodDirectory.all(podsHome).stream().anyMatch(EarlierAttempts::runs);
    }

    private static boolean runs(PodDirectory pod) {
        try {
            return pod.containers().stream().anyMatch(container -> runs(pod, container));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean runs(PodDirectory pod, String container) {
        try {
            OptionalInt newest = pod.newestAttempt(container);
            return newest.isPresent()
                    && RunFile.read(pod.attempt(container, newest.getAsInt()).run())
                            .filter(run -> run.exit() == null)
                            .flatMap(run -> new ProcessFamily(run.claim(), "", -1).supervisor())
                            .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
