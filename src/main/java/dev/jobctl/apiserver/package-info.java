/// Kubernetes REST without sockets: routes, discovery, authentication, decoding, patch, watch, tables, logs.
/// Runs on the caller's thread, meant to be a virtual one per request, which may wait for writes and slow readers.
/// Imports `store`, `resource`, `std` and Jackson. `apiserver.http` alone knows sockets.
/// Never changes state itself: it hands a Write to its ApiBackend and turns the Outcome into the API's words.
/// Start at {@link dev.jobctl.apiserver.ApiServer}, then {@link dev.jobctl.apiserver.ApiRequest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver;
