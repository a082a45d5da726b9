package dev.jobctl.node.fields;

/// How a pod is to run.
///
/// @param containers in containers of an engine, else as processes
/// @param sandboxed kept apart from the host
/// @param root processes: whether this program runs as root
/// @param changes processes: whether one can be made another user's
/// @param leave containers: whether somebody who knows this machine let the pod out of its sandbox
/// @param ownNetwork whether the pod is not on the host's network
/// @param shares whether the pod's containers can see each other's processes
public record Way(
        boolean containers,
        boolean sandboxed,
        boolean root,
        boolean changes,
        boolean leave,
        boolean ownNetwork,
        boolean shares) {
    public static Way processes(boolean sandboxed, boolean root, boolean changes) {
        return new Way(false, sandboxed, root, changes, false, false, root || !sandboxed);
    }

    public static Way containers(boolean leave, boolean ownNetwork, boolean shares) {
        return new Way(true, true, true, true, leave, ownNetwork, shares);
    }
}
