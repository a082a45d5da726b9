package dev.jobctl.node.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a volume's files into its directory.
final class VolumeFiles {
    private static final int DIRECTORY_MODE = 0755;

    private VolumeFiles() {}

    /// Makes the directory hold exactly these files. Throws [IOException] also for a path that leads out of it.
    static void write(Path directory, List<VolumeFile> files) throws IOException {
        clear(directory);
        makeDirectory(directory, DIRECTORY_MODE);
        for (VolumeFile file : files) {
            Path path = directory.resolve(file.path()).normalize();
            if (!path.startsWith(directory) || path.equals(directory)) {
                throw new IOException("invalid path: " + file.path());
            }
            Files.createDirectories(path.getParent());
            Files.write(path, file.content());
            Files.setPosixFilePermissions(path, permissions(file.mode()));
        }
    }

    static void makeDirectory(Path directory, int mode) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, permissions(mode));
    }

    /// The nine bits of `rwxrwxrwx`; others are left out.
    static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] inOrder = PosixFilePermission.values();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < inOrder.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(inOrder[i]);
            }
        }
        return permissions;
    }

    private static void clear(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (!visited.equals(directory)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
