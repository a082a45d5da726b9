/// Services: which addresses they lead to.
/// Pure functions and immutable records; any thread.
/// May import `control`, `resource` and `std`.
/// May never read a clock, touch a store or see a fabric8 type.
/// Start at {@link dev.jobctl.control.services.EndpointsController}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.control.services;
