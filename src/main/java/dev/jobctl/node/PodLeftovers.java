package dev.jobctl.node;

import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.Recovered;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.util.OptionalInt;

/// Ends and removes what is left of a pod whose object is gone.
record PodLeftovers(Runtimes runtimes, Log log) {
    void clear(PodDirectory directory) {
        try {
            for (String container : directory.containers()) {
                OptionalInt newest = directory.newestAttempt(container);
                if (newest.isPresent()) {
                    kill(directory, container, newest.getAsInt());
                }
            }
            directory.delete();
        } catch (IOException e) {
            log.warning("removing a pod's directory", "directory", directory.path(), "failure", e);
        }
    }

    private void kill(PodDirectory directory, String container, int attempt) {
        var files = directory.attempt(container, attempt);
        if (runtimes.of(files).recover(files, MessageSource.FILE, end -> {}) instanceof Recovered.Running running) {
            running.container().kill();
        }
    }
}
