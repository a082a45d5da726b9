package dev.jobctl.node;

import dev.jobctl.node.logs.KeptLogs;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.node.runtime.RunningContainer;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.util.OptionalInt;

/// Ends what is left of a pod whose object is gone, and hands its logs over.
record PodLeftovers(Runtimes runtimes, KeptLogs kept, Log log) {
    void clear(PodDirectory directory) {
        try {
            boolean failed = false;
            for (String container : directory.containers()) {
                OptionalInt newest = directory.newestAttempt(container);
                if (newest.isPresent()) {
                    failed |= failed(directory, container, newest.getAsInt());
                }
            }
            kept.keepFound(directory, failed);
        } catch (IOException e) {
            log.warning("removing a pod's directory", "directory", directory.path(), "failure", e);
        }
    }

    /// What still runs is killed.
    private boolean failed(PodDirectory directory, String container, int attempt) throws IOException {
        var files = directory.attempt(container, attempt);
        return switch (runtimes.of(files).recover(files, MessageSource.FILE, end -> {})) {
            case Recovered.NeverStarted() -> false;
            case Recovered.Ended(String _, ContainerEnd end) -> end.exitCode() != 0;
            case Recovered.Rebooted(String _, ContainerEnd _) -> true;
            case Recovered.Running(RunningContainer found) -> {
                found.kill();
                yield true;
            }
        };
    }
}
