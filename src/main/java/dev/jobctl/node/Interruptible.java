package dev.jobctl.node;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The only part of a pod's start that may take minutes, which another thread may end. What comes after the end is
/// interrupted at once.
final class Interruptible {
    private @Nullable Thread worker;
    private boolean ended;

    /// Runs the work, which answers an interrupt; none is left over for what follows.
    <T> T run(Supplier<T> work) {
        synchronized (this) {
            worker = Thread.currentThread();
            if (ended) { // since the caller looked
                worker.interrupt();
            }
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                worker = null;
                Thread.interrupted();
            }
        }
    }

    /// Safe from any thread.
    synchronized void end() {
        ended = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
