/// What controllers want done, as data. Sub-rooms decide: one controller each, pure functions over views.
/// Start at {@link dev.jobctl.control.Change}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control;
