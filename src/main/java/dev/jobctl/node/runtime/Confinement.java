package dev.jobctl.node.runtime;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a container's `securityContext` and limits ask for.
///
/// @param user null for the caller's own, as are `group` and `groups`
/// @param capabilities names without `CAP_`, those the program may have at most
/// @param readOnlyRoot also what is private to the container, such as `/tmp`, cannot be written
/// @param privileged whether nothing else of this counts but user and limits
/// @param anySystemCall whether the runtime's usual filter of system calls is off
/// @param memoryBytes 0 for no limit, as are `milliCpus` and `processes`
public record Confinement(
        @Nullable Long user,
        @Nullable Long group,
        @Nullable List<Long> groups,
        List<String> capabilities,
        boolean readOnlyRoot,
        boolean noNewPrivileges,
        boolean privileged,
        boolean anySystemCall,
        long memoryBytes,
        long milliCpus,
        long processes) {
    /// What container engines leave to root by default, without the making of device files, and without packets of its
    /// own making: on the host's network those would be the host's.
    public static final List<String> USUAL_CAPABILITIES = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "NET_BIND_SERVICE",
            "SYS_CHROOT",
            "AUDIT_WRITE",
            "SETFCAP");

    /// The same with a network of its own.
    public static final List<String> USUAL_WITH_NETWORK =
            Stream.concat(USUAL_CAPABILITIES.stream(), Stream.of("NET_RAW")).toList();

    /// @param ownNetwork whether the container is not on the host's network
    public static List<String> usual(boolean ownNetwork) {
        return ownNetwork ? USUAL_WITH_NETWORK : USUAL_CAPABILITIES;
    }

    public Confinement {
        groups = groups == null ? null : List.copyOf(groups);
        capabilities = List.copyOf(capabilities);
    }

    public static Confinement none() {
        return new Confinement(null, null, null, USUAL_CAPABILITIES, false, false, false, false, 0, 0, 0);
    }

    /// Whether the program runs as somebody else than the caller.
    public boolean changesUser() {
        return user != null || group != null || groups != null;
    }
}
