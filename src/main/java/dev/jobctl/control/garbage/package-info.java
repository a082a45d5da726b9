/// Owner cascade, namespace deletion and claims: who must go because somebody else went, and who must stay.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.garbage.GarbageCollector}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.garbage;
