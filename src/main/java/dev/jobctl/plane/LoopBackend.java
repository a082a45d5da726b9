package dev.jobctl.plane;

import dev.jobctl.apiserver.ApiBackend;
import dev.jobctl.loop.Loop;
import dev.jobctl.loop.LoopClosed;
import dev.jobctl.loop.Overloaded;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Watch;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Gives the API server the loop and its store.
record LoopBackend(Loop loop) implements ApiBackend {
    @Override
    public Snapshot<ObjectVersion> snapshot() {
        return loop.store().current();
    }

    @Override
    public @Nullable Watch<ObjectVersion> watch(String prefix, long afterRevision) {
        return loop.store().watch(prefix, afterRevision);
    }

    @Override
    public CompletableFuture<Outcome> submit(Write write) {
        return loop.submit(write)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof RuntimeException refused && notTaken(refused)
                                ? new ApiBackend.Unavailable(refused)
                                : failure));
    }

    private static boolean notTaken(RuntimeException failure) {
        return failure instanceof Overloaded || failure instanceof LoopClosed;
    }
}
