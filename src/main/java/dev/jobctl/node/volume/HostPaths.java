package dev.jobctl.node.volume;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which of this machine's own files a pod may have. A manifest from elsewhere gets them read-only; what it may write
/// stands in an annotation that only somebody who knows this machine puts there.
///
/// @param home of the control plane: never for pods
public record HostPaths(Path home) {
    /// Host directories that the pod may write, separated by colons. In a sandbox they also appear at their own places.
    public static final String WRITABLE = "jobctl.dev/writable-paths";

    /// Those of a pod; empty when none are named. What is not absolute does not count.
    public static List<Path> writable(Pod pod) {
        @Nullable Map<String, String> annotations = pod.getMetadata().getAnnotations();
        @Nullable String named = annotations == null ? null : annotations.get(WRITABLE);
        return named == null
                ? List.of()
                : Stream.of(named.split(":"))
                        .filter(path -> path.startsWith("/"))
                        .map(path -> Path.of(path).normalize())
                        .toList();
    }

    /// The path, looked at as its `type` wants, and made where the type says so.
    Path check(HostPathVolumeSource source, Pod pod) throws IOException {
        Path path = Path.of(source.getPath()).normalize();
        String type = Objects.requireNonNullElse(source.getType(), "");
        boolean made = type.endsWith("OrCreate");
        checkOwn(path);
        if (made && !Files.exists(path)) {
            if (!mayWrite(path, pod)) {
                throw refused(path);
            }
            make(path, type);
        }
        boolean fits = switch (type) {
            case "" -> Files.exists(path);
            case "Directory", "DirectoryOrCreate" -> Files.isDirectory(path);
            case "File", "FileOrCreate" -> Files.isRegularFile(path);
            case "Socket", "CharDevice", "BlockDevice" -> special(path);
            default -> false;
        };
        if (!fits) {
            throw new FileSystemException("hostPath type check failed: %s is not a %s"
                    .formatted(path, type.isEmpty() ? "file or directory" : type.replace("OrCreate", "")));
        }
        if (special(path) && !mayWrite(path, pod)) {
            throw refused(path);
        }
        return path;
    }

    /// A part of a volume, too, may be the control plane's, and a link that is changed can lead to it at last.
    void checkOwn(Path path) throws IOException {
        if (!path.isAbsolute() || reaches(path, home)) {
            throw new FileSystemException(
                    "hostPath %s: the control plane's own files are not for pods".formatted(path));
        }
    }

    private static void make(Path path, String type) throws IOException {
        if (type.startsWith("Directory")) {
            Files.createDirectories(path);
        } else {
            Files.createFile(path);
        }
    }

    private static boolean special(Path path) {
        return Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path);
    }

    /// A container that wants to write where the pod may not is told so instead of failing later.
    static void checkWrite(Path path, Pod pod) throws IOException {
        if (!mayWrite(path, pod)) {
            throw refused(path);
        }
    }

    private static FileSystemException refused(Path path) {
        return new FileSystemException(
                "hostPath %s may only be read: set readOnly on the mount, or annotate the pod with %s: %s"
                        .formatted(path, WRITABLE, path));
    }

    private static boolean mayWrite(Path path, Pod pod) {
        Path real = real(path);
        return writable(pod).stream().anyMatch(allowed -> real.startsWith(real(allowed)));
    }

    private static boolean reaches(Path path, Path home) {
        return real(path).startsWith(real(home));
    }

    /// Without links, as far as the path exists.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            @Nullable Path parent = path.getParent();
            return parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    ? path
                    : real(parent).resolve(path.getFileName());
        }
    }
}
