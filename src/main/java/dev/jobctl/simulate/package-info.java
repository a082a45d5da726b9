/// A whole small cluster on a virtual clock: scenario and seed in, timeline out.
/// Owned by whichever one thread calls it; one of its own (`Narration`) turns into lines what has happened, and decides
/// nothing.
/// Imports `loop`, `node`, `control`, `store`, `report`, `resource`, `std`.
/// Never reads a real clock, a file or a secure random source: the same seed gives the same bytes.
/// Start at {@link dev.jobctl.simulate.World}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.simulate;
