package dev.jobctl.node.probe;

import dev.jobctl.node.runtime.Execution;
import java.io.IOException;
import java.util.List;

/// Starts commands where a container runs.
public interface Commands {
    /// Throws when it cannot be started.
    Execution start(List<String> command) throws IOException;
}
