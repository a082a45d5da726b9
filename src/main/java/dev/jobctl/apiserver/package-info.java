/// Kubernetes REST without sockets: routes, discovery, authentication, patch, watch, tables. A virtual thread per request.
/// Start at {@link dev.jobctl.apiserver.ApiRequest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver;
