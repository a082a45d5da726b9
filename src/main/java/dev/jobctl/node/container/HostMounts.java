package dev.jobctl.node.container;

import dev.jobctl.node.runtime.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Refuses what an engine would show of the host and cannot hide: the control plane's home, sockets, devices and the
/// kernel's own files, and file systems below a read-only directory, which engines leave writable.
///
/// @param given the home by the name that volumes in it have
/// @param home the same without links
/// @param mounted where the host's file systems are
record HostMounts(Path given, Path home, List<Path> mounted) {
    private static final List<Path> NEVER =
            List.of(Path.of("/run"), Path.of("/dev"), Path.of("/proc"), Path.of("/sys"));

    /// As they are now.
    static HostMounts of(Path home) throws IOException {
        Path list = Path.of("/proc/self/mounts");
        if (!Files.exists(list)) {
            return new HostMounts(home, home.toRealPath(), List.of());
        }
        List<Path> mounted = Files.readAllLines(list, StandardCharsets.ISO_8859_1).stream()
                .map(line -> line.split(" ", 3)[1])
                .map(Path::of)
                .toList();
        return new HostMounts(home, home.toRealPath(), mounted);
    }

    /// Throws with the reason.
    void check(List<Mount> mounts) throws IOException {
        for (Mount mount : mounts) {
            Path real = mount.source().resolve(mount.subPath()).toRealPath();
            boolean own = mount.source().startsWith(given);
            Optional<String> why = own ? Optional.empty() : why(real, mount.readOnly());
            if (why.isPresent()) {
                throw new IOException("hostPath %s: %s; name a narrower path".formatted(real, why.get()));
            }
        }
    }

    private Optional<String> why(Path real, boolean readOnly) {
        return Stream.concat(Stream.of(home), NEVER.stream())
                .filter(hidden -> real.startsWith(hidden) || hidden.startsWith(real))
                .findFirst()
                .map(hidden -> "a container would see " + hidden)
                .or(() -> mounted.stream()
                        .filter(place -> readOnly && place.startsWith(real) && !place.equals(real))
                        .findFirst()
                        .map(place -> "a container could write " + place));
    }
}
