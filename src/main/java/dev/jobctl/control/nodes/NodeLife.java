package dev.jobctl.control.nodes;

import dev.jobctl.resource.view.NodeHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A node and what is known of its life, taken from one state.
///
/// @param renewed when its Lease was last renewed, null for never
/// @param watchedSince since when anybody could have heard it: the start of the control plane
public record NodeLife(NodeHealth node, @Nullable Instant renewed, Instant watchedSince) {}
