/// One row per rule of the reference: a small text says what is given, what happens and what must follow.
/// Start at {@link dev.jobctl.conformance.RuleRow}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.conformance;
