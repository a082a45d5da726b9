package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.plane.Plane;
import dev.jobctl.plane.PlaneOptions;
import dev.jobctl.std.Log;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The real plane of a home, listening.
record OpenPlane(Plane plane, Home home) implements LocalPlane {
    /// Durable, in the home, with its door open to other clients.
    static LocalPlane open(Home home, String build, Map<String, String> environment, Log log) throws HomeError {
        PlaneOptions options = new PlaneOptions(
                home.path(), true, PlaneOptions.podEnvironment(environment), home.path(), Version.of(build));
        Plane plane;
        try {
            plane = Plane.open(options, log);
        } catch (RuntimeException e) {
            throw unusable(e);
        }
        try {
            plane.listen(home.path());
            return new OpenPlane(plane, home);
        } catch (RuntimeException e) {
            plane.close(true);
            throw unusable(e);
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

    private static HomeError unusable(RuntimeException cause) {
        HomeError error = new HomeError(Trouble.inWords(cause));
        error.initCause(cause);
        return error;
    }
}
