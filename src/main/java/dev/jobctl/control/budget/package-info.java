/// Disruption budgets: how many pods may be driven away now, and whether this one may.
/// Pure functions and immutable records; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.budget.BudgetController}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.budget;
