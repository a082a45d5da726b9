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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A control plane in this process for one `jobctl run`: a temporary home, no socket, nothing left behind.
final class PrivatePlane implements RunPlane {
    @Override
    public Opened open(Settings settings) {
        try {
            Path home = Files.createTempDirectory("jobctl-run-");
            PlaneOptions options =
                    PlaneOptions.ofRun(home, settings.environment(), Build.version(), settings.runtime());
            Plane plane = Plane.openPrivate(options, Log.none());
            return new Private(plane, home, InsidePlane.of(plane));
        } catch (PlaneError e) {
            throw new CommandError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary home for this run: " + e.getMessage(), e);
        }
    }

    private record Private(Plane plane, Path home, Transport inside) implements Opened {
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
            try {
                Files.walkFileTree(home, new Removal());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + home + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
