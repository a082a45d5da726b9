/// Tests of what becomes of each field of a pod.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.fields;
