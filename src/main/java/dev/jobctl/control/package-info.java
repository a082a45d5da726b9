/// What controllers want done, as data. Sub-rooms decide: one controller each, pure functions over views.
/// Pure functions and immutable records; any thread.
/// May import `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.Change}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control;
