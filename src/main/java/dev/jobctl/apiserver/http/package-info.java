/// The API on a socket: TLS, HTTP/1.1, HTTP/2 and WebSocket watches on the loopback address; certificates and tokens.
/// Event loops only collect and pass on; each request runs on its own virtual thread, which waits for slow readers.
/// Imports `apiserver`, `std` and Vert.x; nothing outside this room knows sockets or Vert.x.
/// Never decides what a request means, never listens on anything but loopback.
/// Start at {@link dev.jobctl.apiserver.http.HttpFront}, then {@link dev.jobctl.apiserver.http.Credentials}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.http;
