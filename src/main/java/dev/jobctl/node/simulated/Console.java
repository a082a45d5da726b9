package dev.jobctl.node.simulated;

import dev.jobctl.resource.value.ObjectRef;
import java.time.Instant;

/// Takes the lines that simulated containers log.
@FunctionalInterface
public interface Console {
    void line(ObjectRef pod, String container, int attempt, Instant at, String line);
}
