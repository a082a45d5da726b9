/// Objects as controllers see them: records without holes, made once per stored version, and back.
/// Pure functions and immutable records; any thread.
/// May import `resource.value`, `std` and the fabric8 model.
/// May never read a clock, touch a store or change a fabric8 object that it was given.
/// Start at {@link dev.jobctl.resource.view.JobView}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.view;
