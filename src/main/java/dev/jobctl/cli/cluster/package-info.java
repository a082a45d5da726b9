/// A Kubernetes API as the verbs see it: JSON trees in and out over one small transport, resource types, errors.
/// Runs on the command's own thread; [dev.jobctl.cli.cluster.Connections] is shared by all commands of a process.
/// May import `cli`, `resource.value`, `std`; fabric8's HTTP client only in `HttpTransport` and `Connections`.
/// Never prints, never binds objects to typed models, never touches a cluster that nobody named.
/// Start at {@link dev.jobctl.cli.cluster.Cluster}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.cluster;
