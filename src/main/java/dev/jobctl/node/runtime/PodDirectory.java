package dev.jobctl.node.runtime;

import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Check;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod's place on disk, mode 0700: `pods/NAMESPACE_NAME_UID/CONTAINER/ATTEMPT.log`. A file name has room for 255
/// bytes, so a name longer than [#NAME_MAX] is cut there; the uid keeps the directories apart.
public record PodDirectory(Path path) {
    static final int NAME_MAX = 150;

    private static final String VOLUMES = ".volumes";

    private static final FileAttribute<Set<PosixFilePermission>> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// Where the directories of all pods are, in the control plane's own.
    public static Path home(Path planeHome) {
        return planeHome.resolve("pods");
    }

    public static PodDirectory of(Path podsHome, ObjectRef pod) {
        String name = pod.key().name();
        String cut = name.length() > NAME_MAX ? name.substring(0, NAME_MAX) : name;
        return new PodDirectory(podsHome.resolve(plain(pod.key().namespace() + "_" + cut + "_" + pod.uid())));
    }

    /// Every pod that left something; empty when the home cannot be read.
    public static List<PodDirectory> all(Path podsHome) {
        return children(podsHome)
                .filter(path -> !path.getFileName().toString().startsWith("."))
                .map(PodDirectory::new)
                .toList();
    }

    /// Those that no pod has; see [SpareDirectories].
    static List<PodDirectory> spares(Path podsHome, String prefix) {
        return children(podsHome)
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .map(PodDirectory::new)
                .toList();
    }

    /// The containers that left something.
    public List<String> containers() throws IOException {
        return list(path).stream()
                .map(child -> child.getFileName().toString())
                .filter(name -> !name.startsWith("."))
                .toList();
    }

    private static Stream<Path> children(Path directory) {
        try {
            return list(directory).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public AttemptFiles attempt(String container, int attempt) {
        return new AttemptFiles(path.resolve(plain(container)), attempt);
    }

    /// Where a volume of the pod lies. Containers have no names with a dot, so the two never meet.
    public Path volume(String name) {
        return path.resolve(VOLUMES).resolve(plain(name));
    }

    /// What the pod's containers see as `/etc/hosts`.
    public Path hosts() {
        return path.resolve(".hosts");
    }

    /// What the pod's containers see as `/etc/resolv.conf` where the pod says what stands there.
    public Path resolver() {
        return path.resolve(".resolv.conf");
    }

    /// What the pod was, for a time when its object is gone.
    public Path note() {
        return path.resolve(".pod");
    }

    /// The container's directory, made when missing, with mode 0700.
    public void prepare(String container) throws IOException {
        Path directory = path.resolve(plain(container));
        if (!made(directory)) {
            if (!made(path)) {
                Files.createDirectories(path, CLOSED);
            }
            Files.createDirectories(directory, CLOSED);
        }
    }

    /// False where that in which it lies is missing.
    private static boolean made(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, CLOSED);
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        return true;
    }

    /// The number of the newest attempt that left anything; empty when there is none.
    public OptionalInt newestAttempt(String container) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(plain(container)))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}\\.(log|run)"))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
                    .max();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        }
    }

    /// The numbers of the attempts that have a log, ascending; empty when that cannot be read.
    public List<Integer> logged(String container) {
        try (Stream<Path> files = Files.list(path.resolve(plain(container)))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}\\.log"))
                    .map(name -> Integer.valueOf(name.substring(0, name.indexOf('.'))))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Removes all but what the containers wrote, and when.
    public void keepLogs() throws IOException {
        new PodDirectory(path.resolve(VOLUMES)).delete();
        Files.deleteIfExists(hosts());
        Files.deleteIfExists(resolver());
        for (String container : containers()) {
            try (Stream<Path> files = Files.list(path.resolve(container))) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (!AttemptFiles.ofLog(name)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    /// Removes the directory and all in it; nothing happens when it is not there. Links are removed, not followed.
    public void delete() throws IOException {
        if (!exists()) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Names come checked from the API; this fence keeps a mistake there from leaving the home.
    private static String plain(String name) {
        Check.that(!name.isEmpty() && !name.startsWith(".") && name.indexOf('/') < 0, "file name=%s", name);
        return name;
    }
}
