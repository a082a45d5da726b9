package dev.jobctl.node.container;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Has the engine send SIGTERM to a container, again when that fails. A container that is not told ends by itself, or
/// when its grace does.
///
/// @param waits what the container gets to end by itself after each try; as many tries there are
record Termination(EngineContainer container, List<Duration> waits) {
    /// An engine that is busy answers soon, and one that is broken does not within any grace. The end of a container is
    /// told up to a second after the engine knows of it.
    static final List<Duration> WAITS = List.of(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3));

    Termination {
        waits = List.copyOf(waits);
    }

    /// On a thread of its own: the pod has more to do than to wait for a slow engine.
    void start() {
        Thread.ofVirtual().name("SIGTERM to " + container.name()).start(this::run);
    }

    void run() {
        String cause = "";
        for (Duration wait : waits) {
            if (container.ended(Duration.ZERO)) {
                return;
            }
            Optional<String> failure = failure();
            if (failure.isEmpty() || container.ended(wait)) {
                return;
            }
            cause = failure.get();
        }
        container
                .engine()
                .log()
                .warning("a container is not told to end", "container", container.name(), "cause", cause);
    }

    /// Why the engine did not tell it; empty when it did.
    private Optional<String> failure() {
        try {
            Engine.Answer answer =
                    container.engine().ask(EngineContainer.PATIENCE, "kill", "--signal", "TERM", container.name());
            return answer.good() ? Optional.empty() : Optional.of(answer.complaint());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
