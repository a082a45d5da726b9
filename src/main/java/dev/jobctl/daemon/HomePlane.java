package dev.jobctl.daemon;

import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.plane.Plane;
import dev.jobctl.plane.PlaneError;
import dev.jobctl.plane.PlaneOptions;
import dev.jobctl.std.Log;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The real control plane of a home, as the daemon sees it.
record HomePlane(Plane plane, Home home) implements LocalPlane {
    static LocalPlane open(Home home, Map<String, String> environment, Log log) throws HomeError {
        try {
            PlaneOptions options = PlaneOptions.of(home.path(), environment, Build.version());
            return new HomePlane(Plane.open(options, log), home);
        } catch (PlaneError e) {
            log.error("plane does not open", e);
            throw new HomeError(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public String address() {
        return plane.address().orElse("");
    }

    @Override
    public Path kubeconfig() {
        return home.kubeconfig();
    }

    @Override
    public Transport inside() {
        return InsidePlane.of(plane);
    }

    @Override
    public Map<String, Long> objects() {
        return plane.objects();
    }

    @Override
    public Optional<String> busy() {
        return plane.busy();
    }

    @Override
    public void close(boolean keepPods) {
        plane.close(keepPods);
    }
}
