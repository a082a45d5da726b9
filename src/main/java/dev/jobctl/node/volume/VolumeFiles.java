package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.PodDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Writes a volume's files into its directory, as the kubelet does: each version of them has a directory of its own,
/// the link `..data` leads to the one that counts, and the volume's names lead through that link. So all files change
/// at once, and who has one open goes on reading what it was.
///
/// Example: `greeting -> ..data/greeting`, `..data -> ..7`, and in `..7` the file `greeting`.
final class VolumeFiles {
    private static final int DIRECTORY_MODE = 0755;
    private static final String HIDDEN = "..";
    private static final String NEWEST = "..data";

    private VolumeFiles() {}

    /// Makes the directory hold exactly these files, all of which `group` may read. Throws [IOException] also for a
    /// path that leads out of it.
    static void write(Path directory, List<VolumeFile> files, VolumeGroup group) throws IOException {
        makeDirectory(directory, DIRECTORY_MODE);
        Path version = directory.resolve(HIDDEN + (newest(directory) + 1));
        new PodDirectory(version).delete(); // left by a write that was cut short
        makeDirectory(version, DIRECTORY_MODE);
        Set<String> names = new HashSet<>(Set.of(NEWEST, name(version)));
        for (VolumeFile file : files) {
            Path path = version.resolve(file.path()).normalize();
            if (!path.startsWith(version) || path.equals(version) || file.path().startsWith(HIDDEN)) {
                throw new IOException("invalid path: " + file.path());
            }
            Files.createDirectories(path.getParent());
            Files.write(path, file.content());
            Files.setPosixFilePermissions(path, permissions(file.mode()));
            group.give(path, file.mode());
            names.add(name(version.relativize(path).getName(0)));
        }
        exchange(directory, version);
        for (String name : names) {
            link(directory, name);
        }
        removeOthers(directory, names);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /// The number of the version that counts; 0 for none.
    private static long newest(Path directory) {
        try {
            String target = Files.readSymbolicLink(directory.resolve(NEWEST)).toString();
            return target.matches("\\.\\.\\d{1,18}") ? Long.parseLong(target.substring(HIDDEN.length())) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void exchange(Path directory, Path version) throws IOException {
        Path draft = directory.resolve("..data_tmp");
        Files.deleteIfExists(draft);
        Files.createSymbolicLink(draft, version.getFileName());
        Files.move(draft, directory.resolve(NEWEST), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void link(Path directory, String name) throws IOException {
        Path visible = directory.resolve(name);
        if (name.startsWith(HIDDEN) || Files.isSymbolicLink(visible)) {
            return;
        }
        remove(visible); // of a version of this program that wrote files in their places
        Files.createSymbolicLink(visible, Path.of(NEWEST, name));
    }

    private static void removeOthers(Path directory, Set<String> names) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path one : all.filter(path -> !names.contains(name(path))).toList()) {
                remove(one);
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
            new PodDirectory(path).delete();
        } else {
            Files.deleteIfExists(path);
        }
    }

    /// Whether [#write] of these files would change nothing that can be read.
    static boolean holds(Path directory, List<VolumeFile> files) throws IOException {
        Path version = directory.resolve(NEWEST);
        for (VolumeFile file : files) {
            Path path = version.resolve(file.path()).normalize();
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), file.content())) {
                return false;
            }
        }
        if (!Files.isDirectory(version)) {
            return false;
        }
        try (Stream<Path> there = Files.walk(version.toRealPath())) {
            return there.filter(Files::isRegularFile).count()
                    == files.stream().map(VolumeFile::path).distinct().count();
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
}
