package dev.jobctl.control.podgc;

import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pod and the node that it is bound to, taken from one state.
///
/// @param node null when it is bound to none, or to one that does not exist
/// @param missingSince since when its node is known to be gone; null when it is there, or since now
public record PodPlace(
        PodView pod, @Nullable NodeView node, @Nullable Instant missingSince) {}
