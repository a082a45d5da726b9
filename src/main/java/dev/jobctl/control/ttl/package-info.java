/// Time to live: finished Jobs that go by themselves.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.ttl.TtlController}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.ttl;
