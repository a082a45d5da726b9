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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What jobctl keeps in a home, for `local reset`. Only these names are removed: a home that was pointed at a directory
/// with other things in it by mistake keeps those.
final class HomeFiles {
    private static final Set<String> OURS = Set.of(
            "kubeconfig",
            "pods",
            "kept",
            "claims",
            "accounts",
            "spaces",
            "start.lock",
            "ca.pem",
            "server.pem",
            "token",
            "sa.key",
            "port",
            "config.json");

    /// The database has companions, and so have the daemon's log and its lock.
    private static final List<String> OUR_BEGINNINGS = List.of("state.db", "daemon.");

    /// On the way to a file of that name.
    private static final String DRAFT = ".new";

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
                if (!ours(name)) {
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

    private static boolean ours(String name) {
        String whole = name.endsWith(DRAFT) ? name.substring(0, name.length() - DRAFT.length()) : name;
        return OURS.contains(whole) || OUR_BEGINNINGS.stream().anyMatch(name::startsWith);
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
