/// Resource quotas: what objects take of them, whether one more fits, and what their status says.
/// Pure functions and immutable records; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.quota.QuotaAdmission}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.quota;
