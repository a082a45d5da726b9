/// What the API server adds to an object that it takes in: defaults, admission, the strategies of create and update,
/// and a Job's pod from its template.
/// Pure: runs on whatever thread calls; changes the object it is given, which must not be stored yet, and returns it.
/// Imports `resource.value`, fabric8's model and Jackson.
/// Never validates, reads a clock or draws a name: those come in as arguments.
/// Start at {@link dev.jobctl.resource.defaults.Preparation}, then {@link dev.jobctl.resource.defaults.Defaults}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.defaults;
