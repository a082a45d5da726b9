package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;

/// What a container has for a standard input, and whether all three of its files are a terminal.
///
/// @param input it can be written to; else it is empty
/// @param once it ends when the first who writes has gone; else never, nor does a terminal's
/// @param terminal what the program writes is in the log as the terminal shows it
public record Console(boolean input, boolean once, boolean terminal) {
    public static final Console NONE = new Console(false, false, false);

    static Console of(Container container) {
        boolean terminal = Boolean.TRUE.equals(container.getTty());
        boolean once = Boolean.TRUE.equals(container.getStdinOnce()) && !terminal;
        return new Console(Boolean.TRUE.equals(container.getStdin()), once, terminal);
    }
}
