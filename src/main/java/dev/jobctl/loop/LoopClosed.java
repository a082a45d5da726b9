package dev.jobctl.loop;

/// The loop was closed before this write was taken: nothing of it happened.
public final class LoopClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoopClosed() {
        super("the control plane is shutting down");
    }
}
