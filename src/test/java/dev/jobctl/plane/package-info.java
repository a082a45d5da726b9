/// The messages between the rooms of a plane.
@org.jspecify.annotations.NullMarked
package dev.jobctl.plane;
