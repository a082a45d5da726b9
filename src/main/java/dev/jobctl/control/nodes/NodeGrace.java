package dev.jobctl.control.nodes;

import dev.jobctl.std.Check;
import java.time.Duration;

/// How long a node may be silent.
///
/// @param silence after its last heartbeat, before it counts as lost
/// @param startup after its creation, before it has ever said whether it is ready
public record NodeGrace(Duration silence, Duration startup) {
    public static final NodeGrace DEFAULT = new NodeGrace(Duration.ofSeconds(50), Duration.ofSeconds(60));

    public NodeGrace {
        Check.that(silence.isPositive() && startup.isPositive(), "silence=%s startup=%s", silence, startup);
    }
}
