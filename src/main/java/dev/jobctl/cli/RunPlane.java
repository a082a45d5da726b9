package dev.jobctl.cli;

import dev.jobctl.cli.cluster.Transport;
import java.nio.file.Path;
import java.util.Map;

/// How `jobctl run` gets a control plane of its own, in this process and with nothing left behind; `daemon` or `launch`
/// implement it by `plane`.
public interface RunPlane {
    /// Opens one in a temporary home.
    Opened open(Settings settings);

    /// What the run asks of its plane.
    ///
    /// @param directory the caller's working directory
    /// @param environment the caller's
    /// @param writableDirectory whether pods may write to `directory`: only for `jobctl run NAME -- CMD`
    /// @param runtime name of the pod runtime, empty for the configured one
    record Settings(Path directory, Map<String, String> environment, boolean writableDirectory, String runtime) {
        public Settings {
            environment = Map.copyOf(environment);
        }
    }

    /// A plane that serves until closed. Closing ends its pods and removes its home.
    interface Opened extends Transport, AutoCloseable {
        @Override
        void close();
    }
}
