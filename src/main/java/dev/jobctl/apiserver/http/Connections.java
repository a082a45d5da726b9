package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.access.Certified;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Closes connections on which nobody does anything: those that never send a whole request, and kept-alive ones that
/// are no longer used. A connection with a running request, such as a quiet watch, is left alone. Time is counted in
/// sweeps, which happen only while some connection is open, so that an idle server does nothing. Also remembers who is
/// at the other end by its certificate. Safe from any thread.
final class Connections {
    /// A connection that has not brought one whole request after 20 to 30 s was not opened in earnest: sweeps are 10 s
    /// apart.
    private static final int FIRST_REQUEST_SWEEPS = 2;
    /// Three minutes: longer than the keep-alive of the usual clients (90 s), so that they close first.
    private static final int UNUSED_SWEEPS = 18;

    private final Vertx vertx;
    private final ClientCertificates certificates;
    private final long sweepMillis;
    private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicInteger sweeps = new AtomicInteger();

    Connections(Vertx vertx, ClientCertificates certificates, Duration sweep) {
        this.vertx = vertx;
        this.certificates = certificates;
        sweepMillis = sweep.toMillis();
    }

    /// How one connection is used at the moment.
    private static final class Use {
        private final AtomicInteger running = new AtomicInteger();
        private final Certified certified;
        private volatile boolean useful;
        private volatile int lastUsed;

        private Use(Certified certified, int sweep) {
            this.certified = certified;
            lastUsed = sweep;
        }
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Use(certificates.of(connection.sslSession()), sweeps.get()));
        connection.closeHandler(gone -> open.remove(connection));
        schedule();
    }

    Certified certified(HttpConnection connection) {
        @Nullable Use use = open.get(connection);
        return use == null ? new Certified.Not() : use.certified;
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
            vertx.setTimer(sweepMillis, id -> sweep());
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
