package dev.jobctl.daemon;

import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.std.Log;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the daemon needs to know of a running control plane. Safe from any thread.
public interface LocalPlane {
    /// Where its API listens, such as `https://127.0.0.1:41235`.
    String address();

    /// The admin's kubeconfig; written before `open` returned.
    Path kubeconfig();

    /// Its API without the socket.
    Transport inside();

    /// How many objects it holds, by plural resource name, in the order to be shown.
    Map<String, Long> objects();

    /// Why it must not be ended for idleness, in words: unfinished Jobs, running pods, open watches, or requests since
    /// this was last asked. Empty when there is nothing to do.
    Optional<String> busy();

    /// Ends it, and its pods unless `keepPods`. Everything is durable when this returns. A second call does nothing.
    void close(boolean keepPods);

    /// Opens the plane of a home whose owner lock the caller holds.
    interface Opener {
        LocalPlane open(Home home, Map<String, String> environment, Log log) throws HomeError;
    }
}
