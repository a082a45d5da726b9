package dev.jobctl.node.runtime;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container finds around it. A runtime that cannot give all of it refuses the pod before.
///
/// @param sandboxed apart from the host, as far as the runtime can; false gives the host as it is
/// @param hosts the file to be seen as `/etc/hosts`, null for the host's own
/// @param mounts outer ones first
/// @param address the pod's
/// @param terminationPath where the container writes its last message
/// @param sharedProcesses whether the pod's containers see each other's processes
/// @param owner the uid of what pods like this one are made by, or the pod's own: with pods of another it shares
/// nothing
///     that it could look into
public record Surroundings(
        boolean sandboxed,
        String hostname,
        String address,
        @Nullable Path hosts,
        List<Mount> mounts,
        String terminationPath,
        Confinement confinement,
        boolean sharedProcesses,
        String owner) {
    /// Kubernetes' own default.
    public static final String TERMINATION_PATH = "/dev/termination-log";

    public Surroundings {
        mounts = mounts.stream()
                .sorted(Comparator.comparingInt(mount -> mount.target().length()))
                .toList();
    }

    /// The host as it is.
    public static Surroundings host() {
        return new Surroundings(false, "", "", null, List.of(), TERMINATION_PATH, Confinement.none(), false, "");
    }
}
