package dev.jobctl.cli;

import dev.jobctl.cli.cluster.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the `local` verbs reach the local control plane of a home; `daemon` implements it.
public interface LocalControl {
    /// The kubeconfig of the running local plane, started first when it does not run.
    Path kubeconfig();

    /// Starts it unless it runs. Returns what to tell the user.
    String start();

    /// Ends it; process pods are ended too unless `keepPods`. Returns what to tell the user.
    String stop(boolean keepPods);

    /// Ordered facts: state, pid, home, address, version, uptimeSeconds, objects. Never starts the plane.
    Map<String, Object> status();

    /// Ends it and removes everything in its home. Returns what to tell the user.
    String reset();

    /// The daemon's log file, which may not exist yet.
    Path log();

    /// The running local plane's API without a socket, where it runs in this process; null otherwise. Started first
    /// when it does not run. The verbs prefer it: no TLS, no parsing of a kubeconfig.
    default @Nullable Transport direct() {
        return null;
    }

    /// How long an idle daemon waits before it ends.
    Duration idleLimit();
}
