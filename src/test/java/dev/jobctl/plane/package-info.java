/// Tests of what the plane adds to its parts.
@org.jspecify.annotations.NullMarked
package dev.jobctl.plane;
