package dev.jobctl.control.nodes;

import dev.jobctl.std.Check;

/// How many nodes there are beside one; it may be fewer where they are [NodeLifecycle#enough].
///
/// @param ready alive and ready
/// @param lost all others, whatever is wrong with them
public record OtherNodes(int ready, int lost) {
    public OtherNodes {
        Check.that(ready >= 0 && lost >= 0, "ready=%s lost=%s", ready, lost);
    }
}
