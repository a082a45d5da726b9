/// The command line: verbs that speak the Kubernetes API, to a cluster or to the plane of this machine.
/// Each command runs on its caller's thread; many run at once in one process and share one [dev.jobctl.cli.Jobctl].
/// May import `report`, `resource`, `std`, the facades of `plane` and `simulate`; picocli, fabric8's client, Jackson.
/// Never touches System: in, out, environment and directory come as a [dev.jobctl.cli.Terminal]. Keeps no static state.
/// Start at {@link dev.jobctl.cli.Jobctl}, then `command` (parsing), `cluster` (the API), `verb` (what each does).
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli;
