package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What jobctl keeps in a home, for `local reset`. Only these names are removed: a home that was pointed at a directory
/// with other things in it by mistake keeps those.
final class HomeFiles {
    private static final List<String> OURS = List.of(
            "state.db",
            "kubeconfig",
            "pods",
            "kept",
            "claims",
            "accounts",
            "daemon.",
            "start.lock",
            "ca.pem",
            "server.pem",
            "token",
            "sa.key",
            "port",
            "config.json");

    private HomeFiles() {}

    /// Removes everything of ours but the lock file, which its owner still holds. Returns the names that were left
    /// alone.
    static List<String> remove(Home home) {
        List<String> foreign = new ArrayList<>();
        if (!Files.isDirectory(home.path())) {
            return foreign;
        }
        try (Stream<Path> children = Files.list(home.path())) {
            for (Path child : children.sorted().toList()) {
                String name = child.getFileName().toString();
                if (OURS.stream().noneMatch(name::startsWith)) {
                    foreign.add(name);
                } else if (!child.equals(home.ownerLock())) {
                    removeTree(child);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty the home " + home.path(), e);
        }
        return foreign;
    }

    /// The directory and everything in it; links are removed, not followed.
    static void removeTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException trouble)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
