package dev.jobctl.node.runtime;

import java.nio.file.Path;

/// A file or directory of this host at a place in the container.
///
/// @param source what is mounted; with a `subPath`, that part of it
/// @param subPath relative and without `..`, empty for the whole; links in it never lead out of `source`
/// @param target absolute
public record Mount(Path source, String subPath, String target, boolean readOnly, boolean directory) {
    /// The whole of `source`.
    public static Mount whole(Path source, String target, boolean readOnly, boolean directory) {
        return new Mount(source, "", target, readOnly, directory);
    }

    /// Nothing moves: the host's own path, at the same place, as writable or not.
    boolean inPlace() {
        return subPath.isEmpty() && source.equals(Path.of(target));
    }
}
