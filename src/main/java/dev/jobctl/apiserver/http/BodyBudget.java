package dev.jobctl.apiserver.http;

import java.util.concurrent.atomic.AtomicLong;

/// How much of requests' bodies may be in memory at once, all requests together. Who comes when it is full gets 429.
/// Safe from any thread.
final class BodyBudget {
    /// Some forty bodies of the largest size, or ten thousand Jobs.
    static final long MAX_BYTES = 128L * 1024 * 1024;

    private final AtomicLong taken = new AtomicLong();

    /// One request's part of the budget. Belongs to the request's event loop.
    final class Share {
        private long mine;
        private boolean full;
        private boolean closed;

        /// False when there is no room: then the request is refused, whatever follows.
        boolean take(int bytes) {
            if (full || closed) {
                return false;
            }
            if (taken.addAndGet(bytes) > MAX_BYTES) {
                taken.addAndGet(-bytes);
                full = true;
                close();
                return false;
            }
            mine += bytes;
            return true;
        }

        boolean refused() {
            return full;
        }

        /// Gives back what was taken. Idempotent.
        void close() {
            closed = true;
            taken.addAndGet(-mine);
            mine = 0;
        }
    }

    Share share() {
        return new Share();
    }

    long taken() {
        return taken.get();
    }
}
