package dev.jobctl.node.process;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The time in which a supervisor keeps one attempt: after it the same process may keep another one, and nothing that
/// was meant for the first may reach it. Safe from any thread; whoever ends it waits until what began in it is done.
final class Tenure {
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    /// What is done while the supervisor keeps the attempt.
    interface Work<T> {
        /// Never null.
        T run() throws IOException;
    }

    /// Runs the work, unless the time is over: empty then.
    <T> Optional<T> during(Work<T> work) throws IOException {
        lock.lock();
        try {
            return over ? Optional.empty() : Optional.of(work.run());
        } finally {
            lock.unlock();
        }
    }

    /// The same for what cannot fail.
    void during(Runnable work) {
        lock.lock();
        try {
            if (!over) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }
}
