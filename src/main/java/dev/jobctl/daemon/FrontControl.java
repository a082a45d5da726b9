package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.launch.wire.Entry;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `local` for a command that runs in the front's own process: there is no daemon, or it is switched off, or the
/// command
/// owns the terminal. Owned by the command's thread.
final class FrontControl implements LocalControl, AutoCloseable {
    /// Another one-process command may hold the home: wait for it to finish.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Home home;
    private final Map<String, String> environment;
    private final LocalPlane.Opener opener;
    private final Entry.DaemonStarter starter;
    private final dev.jobctl.std.Log log;
    private @Nullable OwnerLock owner;
    private @Nullable LocalPlane plane;

    FrontControl(
            Home home,
            Map<String, String> environment,
            LocalPlane.Opener opener,
            Entry.DaemonStarter starter,
            dev.jobctl.std.Log log) {
        this.home = home;
        this.environment = environment;
        this.opener = opener;
        this.starter = starter;
        this.log = log;
    }

    /// With the daemon switched off, a plane of this process on the same home; it closes with the command.
    @Override
    public Path kubeconfig() {
        try {
            if (!environment.getOrDefault("JOBCTL_DAEMON", "").equals("off")) {
                starter.start();
            } else if (plane == null && !daemonAnswers()) {
                home.prepare();
                owner = OwnerLock.take(home, PATIENCE);
                plane = opener.open(home, environment, log);
            }
            return home.kubeconfig();
        } catch (HomeError e) {
            throw new Unavailable(e);
        }
    }

    @Override
    public String start() {
        boolean before = daemonAnswers();
        try {
            starter.start();
        } catch (HomeError e) {
            throw new Unavailable(e);
        }
        return "local control plane " + (before ? "already running" : "started");
    }

    @Override
    public String stop(boolean keepPods) {
        return Wording.NOT_RUNNING;
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
            return Wording.reset(home, HomeFiles.remove(home));
        } catch (HomeError | IOException e) {
            throw new Unavailable(e);
        }
    }

    @Override
    public Path log() {
        return home.log();
    }

    @Override
    public Duration idleLimit() {
        try {
            return IdleLimit.of(environment);
        } catch (HomeError e) {
            throw new Unavailable(e);
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
            log.warning("home not freed cleanly", "cause", e);
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
