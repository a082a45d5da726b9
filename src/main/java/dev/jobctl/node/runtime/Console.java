package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;

/// What a container has for a standard input.
///
/// @param input it can be written to; else it is empty
/// @param once it ends when the first who writes has gone; else never
public record Console(boolean input, boolean once) {
    public static final Console NONE = new Console(false, false);

    static Console of(Container container) {
        return new Console(Boolean.TRUE.equals(container.getStdin()), Boolean.TRUE.equals(container.getStdinOnce()));
    }
}
