package dev.jobctl.node.life;

import dev.jobctl.node.runtime.ContainerEnd;

/// When an ended container starts again in its pod.
public enum RestartPolicy {
    Never,
    OnFailure,
    Always;

    boolean restarts(ContainerEnd end) {
        return switch (this) {
            case Never -> false;
            case OnFailure -> !end.succeeded();
            case Always -> true;
        };
    }
}
