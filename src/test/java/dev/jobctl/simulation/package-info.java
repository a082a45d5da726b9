/// Random schedules on the virtual clock: a seed becomes Jobs, user actions and accidents, the real loop runs them, and
/// invariants are checked after every round.
/// One thread per schedule; a schedule is a function of its seed.
/// Imports `simulate`, `node.simulated`, `loop`, `resource`, `store`; of `control` only the changes that planted bugs
/// falsify. The checkers stand here and not in the room `simulate`, because only tests use them, and because they may
/// not share a line with what they check.
/// Never asks the controllers what is right: checkers keep their own books from what a watch shows.
/// Start at {@link dev.jobctl.simulation.SchedulesTest}, then {@link dev.jobctl.simulation.Player}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.simulation;
