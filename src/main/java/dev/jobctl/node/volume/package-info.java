/// A pod's volumes as files and directories of this host, and where its containers see them.
/// Runs on the pod's own virtual thread.
/// Imports `node.runtime`, `resource` and `std`.
/// Never mounts: that is the runtime's part. Never writes outside the pod's directory and the home's claims.
/// Start at {@link dev.jobctl.node.volume.PodVolumes}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.volume;
