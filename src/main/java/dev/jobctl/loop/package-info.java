/// The one writer: take what waits, apply it, let controllers decide until quiet, commit, publish; timers.
/// One thread steps a loop: the [dev.jobctl.loop.LoopThread] of a real plane, or a plain `for` in a simulation.
/// Imports `control`, `store`, `resource` and `std`; no other room.
/// Never waits inside a step, never lets anybody see or act on a change that is not durable.
/// Start at {@link dev.jobctl.loop.Loop}, then {@link dev.jobctl.loop.Decider}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.loop;
