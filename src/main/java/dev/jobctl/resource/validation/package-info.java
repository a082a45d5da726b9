/// The API server's complaints about objects: what may be created, how objects may change, and what is only warned
/// about; in its own words, paths and order.
/// Pure: reads prepared objects, changes nothing; any thread.
/// Imports `resource.value`, fabric8's model and Jackson.
/// Never defaults, decodes or throws at a bad object.
/// Start at {@link dev.jobctl.resource.validation.Validation}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.validation;
