package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Hands writes to the backend and waits until they are durable. What goes wrong there is logged there.
final class Commits {
    /// As long as the real server gives a request.
    private static final long PATIENCE_SECONDS = 60;

    private final ApiBackend backend;

    Commits(ApiBackend backend) {
        this.backend = backend;
    }

    /// Throws [ApiError] when the write could not be stored, or is not in time; then it may still be carried out.
    Outcome submit(Write write) {
        return await(backend.submit(write));
    }

    Outcome await(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw ApiError.of(504, "Timeout", "request did not complete within the allotted timeout");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = String.valueOf(cause.getMessage());
            throw cause instanceof ApiBackend.Unavailable ? ApiError.unavailable(why) : ApiError.internal(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("the server is shutting down");
        }
    }
}
