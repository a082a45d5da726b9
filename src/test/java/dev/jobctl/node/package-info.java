/// Tests of the node with real processes, and the hand-made surroundings they share.
/// Start at {@link dev.jobctl.node.NodeBed}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node;
