/// Objects as controllers see them: records without holes, made once per stored version, and back.
/// Start at {@link dev.jobctl.resource.view.JobView}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.view;
