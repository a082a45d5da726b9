package dev.jobctl.daemon;

import dev.jobctl.cli.RunPlane;
import dev.jobctl.cli.cluster.Answer;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.plane.Plane;
import dev.jobctl.plane.PlaneError;
import dev.jobctl.plane.PlaneOptions;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A control plane in this process for one `jobctl run`: a temporary home, no socket, nothing left behind. What a run
/// that was killed left, the next one clears.
final class PrivatePlane implements RunPlane {
    private final RunHomes homes = new RunHomes(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));

    @Override
    public Opened open(Settings settings) {
        try {
            // A plane ends the pods in its home that it does not know: in such a home it knows none.
            homes.clear(home -> plane(home, settings).close(false));
            RunHomes.Home home = homes.make();
            Plane plane = plane(home.path(), settings);
            return new Private(plane, home, InsidePlane.of(plane));
        } catch (PlaneError e) {
            throw new CommandError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary home for this run: " + e.getMessage(), e);
        }
    }

    private static Plane plane(Path home, Settings settings) {
        PlaneOptions options = PlaneOptions.ofRun(home, settings.environment(), Build.version(), settings.runtime());
        return Plane.openPrivate(options, Log.none());
    }

    private record Private(Plane plane, RunHomes.Home home, Transport inside) implements Opened {
        @Override
        public Answer send(Call call) throws IOException {
            return inside.send(call);
        }

        @Override
        public String address() {
            return inside.address();
        }

        @Override
        public void close() {
            plane.close(false);
            try (home) {
                home.remove();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + home.path() + ": " + e.getMessage(), e);
            }
        }
    }
}
