package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.launch.wire.Entry;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.plane.Plane;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `local` for a command that runs in the front's own process: there is no daemon, or it is switched off, or the
/// command owns the terminal. Owned by the command's thread.
final class FrontControl implements LocalControl, AutoCloseable {
    /// Another one-process command may hold the home: wait for it to finish.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Parts parts;
    private final Home home;
    private @Nullable OwnerLock owner;
    private @Nullable LocalPlane plane;

    /// What it is made of.
    record Parts(
            Home home,
            Map<String, String> environment,
            LocalPlane.Opener opener,
            Entry.DaemonStarter starter,
            Log log) {}

    FrontControl(Parts parts) {
        this.parts = parts;
        home = parts.home();
    }

    /// With the daemon switched off, a plane of this process on the same home; it closes with the command.
    @Override
    public Path kubeconfig() {
        try {
            if (!parts.environment().getOrDefault("JOBCTL_DAEMON", "").equals("off")) {
                parts.starter().start();
            } else if (plane == null && !daemonAnswers()) {
                home.prepare();
                owner = OwnerLock.take(home, PATIENCE);
                plane = parts.opener().open(home, parts.environment(), parts.log());
            }
            return home.kubeconfig();
        } catch (HomeError e) {
            throw new UnavailableError(e);
        }
    }

    /// Null while a daemon is in charge: its API is behind a socket.
    @Override
    public @Nullable Transport direct() {
        kubeconfig();
        return plane == null ? null : plane.inside();
    }

    @Override
    public String start() {
        boolean before = daemonAnswers();
        try {
            parts.starter().start();
        } catch (HomeError e) {
            throw new UnavailableError(e);
        }
        return "local control plane " + (before ? "already running" : "started");
    }

    @Override
    public String stop(boolean keepPods) {
        if (keepPods || !Plane.leftPods(home.path())) {
            return Wording.NOT_RUNNING;
        }
        try (OwnerLock _ = OwnerLock.take(home, PATIENCE)) {
            endLeftPods();
            return Wording.stopped(false);
        } catch (HomeError | IOException e) {
            throw new UnavailableError(e);
        }
    }

    /// Those of a daemon that was killed, or of commands that were the control plane themselves: they go on without.
    /// The caller holds the home.
    private void endLeftPods() throws HomeError {
        parts.opener().open(home, parts.environment(), parts.log()).close(false);
    }

    @Override
    public Map<String, Object> status() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("state", "stopped");
        facts.put("home", home.path().toString());
        return facts;
    }

    @Override
    public String reset() {
        if (!home.path().toFile().exists()) {
            return Wording.reset(home, List.of());
        }
        try (OwnerLock _ = OwnerLock.take(home, PATIENCE)) {
            if (Plane.leftPods(home.path())) {
                endBeforeReset();
            }
            return Wording.reset(home, HomeFiles.remove(home));
        } catch (HomeError | IOException e) {
            throw new UnavailableError(e);
        }
    }

    /// A home that nobody can open any more is what a reset is for.
    private void endBeforeReset() {
        try {
            endLeftPods();
        } catch (HomeError e) {
            parts.log().warning("pods of a home that does not open", "cause", e);
        }
    }

    @Override
    public Path log() {
        return home.log();
    }

    @Override
    public Duration idleLimit() {
        try {
            return IdleLimit.of(parts.environment());
        } catch (HomeError e) {
            throw new UnavailableError(e);
        }
    }

    @Override
    public void close() {
        try {
            if (plane != null) {
                plane.close(true);
            }
            if (owner != null) {
                owner.close();
            }
        } catch (IOException e) {
            parts.log().warning("home not freed cleanly", "cause", e);
        }
    }

    private boolean daemonAnswers() {
        try (SocketChannel _ = SocketChannel.open(home.address())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
