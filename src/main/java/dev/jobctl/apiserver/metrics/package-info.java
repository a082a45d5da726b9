/// Numbers about this server and its Jobs, in Prometheus' text form and under the names that kube-apiserver and
/// kube-controller-manager use.
/// Counted by any thread without waiting; the loop's thread tells of changes.
/// Imports `store` for changes and `resource.value` for what changed.
/// Never has more series than kinds, verbs and codes allow, whatever clients ask.
/// Start at {@link dev.jobctl.apiserver.metrics.Metrics}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.metrics;
