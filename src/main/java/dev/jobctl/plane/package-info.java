/// One local control plane in this process: opens its parts, ties them together, closes them in order.
/// Calls come from any thread; it starts the loop's thread and the API server's.
/// Imports `apiserver`, `node`, `loop`, `control`, `store`, `resource`, `std`.
/// Never decides anything about an object: it only carries messages from one room to the next.
/// Start at {@link dev.jobctl.plane.Plane}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.plane;
