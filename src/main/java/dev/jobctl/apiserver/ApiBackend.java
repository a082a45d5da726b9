package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Watch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the API needs from the rest of the plane. Safe from any thread.
public interface ApiBackend {
    /// The last published state.
    Snapshot<ObjectVersion> snapshot();

    /// As [dev.jobctl.store.Store#watch]: null answers 410 Gone.
    @Nullable
    Watch<ObjectVersion> watch(String prefix, long afterRevision);

    /// Completes when the write is durable and published; exceptionally when it could not be stored, and with
    /// [Unavailable] when it was not even taken.
    CompletableFuture<Outcome> submit(Write write);

    /// Too much waits already, or the plane is closing: 503, and the client may try again.
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
