/// Kubernetes' jsonpath: templates, ranges, filters, unions, slices, and printing as Go prints.
/// Pure, any thread; needs the JDK and Jackson's tree only.
/// Imports `resource.value` and nothing else of the project.
/// Never reads files or the network, and never changes the tree it looks at.
/// Start at {@link dev.jobctl.cli.jsonpath.JsonPath}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.cli.jsonpath;
