package dev.jobctl.node.volume;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The pod's `fsGroup`, to which its volumes belong. Only root can give files to a group: elsewhere they stay as they
/// are, open to all but where their mode says otherwise.
///
/// @param id null for none
record VolumeGroup(@Nullable Long id) {
    private static final int READABLE = 0440;
    private static final int PASSED_ON = 02777;

    static VolumeGroup of(Pod pod) {
        var context = pod.getSpec().getSecurityContext();
        return new VolumeGroup(context == null ? null : context.getFsGroup());
    }

    /// A file that containers only read, whatever its mode.
    void give(Path file, int mode) throws IOException {
        if (given(file)) {
            Files.setPosixFilePermissions(file, VolumeFiles.permissions(mode | READABLE));
        }
    }

    /// A directory that containers write: what is made in it belongs to the group, too.
    void open(Path directory) throws IOException {
        if (given(directory)) {
            Files.setAttribute(directory, "unix:mode", PASSED_ON);
        }
    }

    private boolean given(Path path) throws IOException {
        if (id == null) {
            return false;
        }
        try {
            Files.setAttribute(path, "unix:gid", id.intValue());
            return true;
        } catch (FileSystemException e) {
            return false;
        }
    }
}
