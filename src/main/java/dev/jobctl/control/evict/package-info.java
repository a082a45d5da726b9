/// Taint eviction: pods that must leave a node that they do not tolerate any more.
/// Pure functions; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.evict.TaintEviction}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.evict;
