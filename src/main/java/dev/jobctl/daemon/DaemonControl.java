package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.launch.wire.HomeError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// `local` for a command that runs inside the daemon.
///
/// @param startedNow whether this very command had the daemon started
record DaemonControl(Daemon daemon, boolean startedNow) implements LocalControl {
    @Override
    public Path kubeconfig() {
        return daemon.plane().kubeconfig();
    }

    @Override
    public Transport direct() {
        return daemon.plane().inside();
    }

    @Override
    public String start() {
        String verb = startedNow ? "started" : "already running";
        return "local control plane " + verb + " at " + daemon.plane().address();
    }

    @Override
    public String stop(boolean keepPods) {
        daemon.end(new Ending.Asked(keepPods));
        return Wording.stopped(keepPods);
    }

    @Override
    public Map<String, Object> status() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("state", "running");
        facts.put("pid", ProcessHandle.current().pid());
        facts.put("home", daemon.home().path().toString());
        facts.put("address", daemon.plane().address());
        facts.put("version", daemon.build());
        facts.put("uptimeSeconds", daemon.uptime().toSeconds());
        facts.put("objects", daemon.plane().objects());
        return facts;
    }

    @Override
    public String reset() {
        try {
            return Wording.reset(daemon.home(), daemon.reset());
        } catch (HomeError e) {
            throw new UnavailableError(e);
        }
    }

    @Override
    public Path log() {
        return daemon.home().log();
    }

    @Override
    public Duration idleLimit() {
        return daemon.idleLimit();
    }
}
