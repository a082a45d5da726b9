package dev.jobctl.apiserver.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Closes connections on which nobody does anything: those that never send a whole request, and kept-alive ones that
/// are no longer used. A connection with a running request, such as a quiet watch, is left alone. Time is counted in
/// sweeps, which happen only while some connection is open, so that an idle server does nothing. Safe from any
/// thread.
final class Connections {
    private static final long SWEEP_MILLIS = 10_000;
    /// A connection that has not brought one whole request after 20 to 30 s was not opened in earnest.
    private static final int FIRST_REQUEST_SWEEPS = 2;
    /// Three minutes: longer than the keep-alive of the usual clients (90 s), so that they close first.
    private static final int UNUSED_SWEEPS = 18;

    private final Vertx vertx;
    private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicInteger sweeps = new AtomicInteger();

    Connections(Vertx vertx) {
        this.vertx = vertx;
    }

    /// How one connection is used at the moment.
    private static final class Use {
        private final AtomicInteger running = new AtomicInteger();
        private volatile boolean useful;
        private volatile int lastUsed;

        private Use(int sweep) {
            lastUsed = sweep;
        }
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Use(sweeps.get()));
        connection.closeHandler(gone -> open.remove(connection));
        schedule();
    }

    void requestBegan(HttpConnection connection) {
        @Nullable Use use = open.get(connection);
        if (use != null) {
            use.useful = true;
            use.running.incrementAndGet();
        }
    }

    void requestEnded(HttpConnection connection) {
        @Nullable Use use = open.get(connection);
        if (use != null) {
            use.lastUsed = sweeps.get();
            use.running.decrementAndGet();
        }
    }

    private void schedule() {
        if (!open.isEmpty() && sweeping.compareAndSet(false, true)) {
            vertx.setTimer(SWEEP_MILLIS, id -> sweep());
        }
    }

    private void sweep() {
        int now = sweeps.incrementAndGet();
        open.forEach((connection, use) -> {
            int limit = use.useful ? UNUSED_SWEEPS : FIRST_REQUEST_SWEEPS;
            if (use.running.get() == 0 && now - use.lastUsed > limit) {
                connection.close();
            }
        });
        sweeping.set(false);
        schedule();
    }
}
