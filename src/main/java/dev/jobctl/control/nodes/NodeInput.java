package dev.jobctl.control.nodes;

import java.util.function.Supplier;

/// What the judgement of a node rests on, taken from one state.
///
/// @param others the same answer at each call; costs a look at every node, and is asked for only where this one is not
///     ready
public record NodeInput(NodeLife life, Supplier<OtherNodes> others) {}
