package dev.jobctl.node.container;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.RunningContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A container that the engine runs.
///
/// @param client the engine's `run`, which ends with the container and passes no signals on
/// @param end of the client
/// @param changes how often its terminal has changed its size
record EngineContainer(
        Engine engine,
        String name,
        AttemptFiles files,
        RunningContainer client,
        CompletableFuture<ContainerEnd> end,
        AtomicInteger changes)
        implements RunningContainer {
    EngineContainer(
            Engine engine,
            String name,
            AttemptFiles files,
            RunningContainer client,
            CompletableFuture<ContainerEnd> end) {
        this(engine, name, files, client, end, new AtomicInteger());
    }

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Duration> REMINDERS = List.of(Duration.ofMillis(300), Duration.ofSeconds(2));

    @Override
    public String id() {
        return id(engine, files, client.id());
    }

    /// As the engine numbered it; `otherwise` while it has not.
    static String id(Engine engine, AttemptFiles files, String otherwise) {
        try {
            String id = Files.readString(files.containerId()).strip();
            return id.isEmpty() ? otherwise : engine.scheme() + "://" + id;
        } catch (IOException e) {
            return otherwise;
        }
    }

    @Override
    public Instant startedAt() {
        return client.startedAt();
    }

    @Override
    public OutputStream input(boolean once) throws IOException {
        return client.input(once);
    }

    /// The client's, which tells the engine of each change.
    @Override
    public Optional<Path> terminal() {
        return client.terminal();
    }

    /// Of two changes at once, which kubectl makes, the client may tell the engine the first one last: it is to look
    /// again when both are over.
    @Override
    public void resized() {
        int change = changes.incrementAndGet();
        Thread.ofVirtual().name("size of " + name).start(() -> {
            for (Duration wait : REMINDERS) {
                LockSupport.parkNanos(wait.toNanos());
                if (changes.get() != change) {
                    return;
                }
                client.lookAgain();
            }
        });
    }

    /// Waits for nothing: see [Termination].
    @Override
    public void terminate() {
        new Termination(this, Termination.WAITS).start();
    }

    /// The client tells of the end. Where it does not, the container is removed with force, and the client goes, too.
    @Override
    public void kill() {
        try {
            if (engine.ask(PATIENCE, "kill", "--signal", "KILL", name).good() && ended()) {
                return;
            }
            engine.ask(PATIENCE, "rm", "--force", name);
        } catch (IOException e) {
            engine.log().warning("a container is not killed", "container", name, "cause", e.getMessage());
        }
        client.kill();
    }

    /// Waits for the client's end; false when it does not come.
    boolean ended() {
        return ended(PATIENCE);
    }

    boolean ended(Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
