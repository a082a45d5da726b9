/// Pod garbage: pods that nobody will ever end, and too many that have ended.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.podgc.PodCollector}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.podgc;
