package dev.jobctl.node.container;

import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A container on its way from the engine's `run` to its own program.
record ContainerStart(EngineContainer container, Time time) {
    /// The pod waits for this on its own thread: so long it cannot be deleted. An engine that hangs, as on a lock of
    /// its storage, would keep it for ever.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /// An engine takes tenths of a second: so often it is worth a look.
    private static final Duration LOOK = Duration.ofMillis(10);

    /// A look that starts a program of the engine.
    private static final Duration FAR_LOOK = Duration.ofMillis(100);

    /// How far the engine came.
    enum Outcome {
        /// The program runs, or has run.
        BEGUN,
        /// The engine gave up before.
        GIVEN_UP,
        /// It did neither within [#PATIENCE].
        HUNG
    }

    /// Waits for it.
    Outcome await() throws IOException {
        boolean near = container.engine().near();
        Duration until = time.elapsed().plus(PATIENCE);
        while (!(near ? runsNear() : runsFar())) {
            if (ended(near ? LOOK : FAR_LOOK)) {
                return ContainerFiles.created(container.files(), near) ? Outcome.BEGUN : Outcome.GIVEN_UP;
            }
            if (time.elapsed().compareTo(until) > 0) {
                return Outcome.HUNG;
            }
        }
        return Outcome.BEGUN;
    }

    private boolean ended(Duration patience) throws IOException {
        try {
            container.end().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Between its making and its start a container's process runs the engine's `runc init` or `crun`. One that is gone
    /// has run.
    private boolean runsNear() {
        try {
            String pid = Files.readString(container.files().pid()).strip();
            if (pid.isEmpty()) {
                return false;
            }
            byte[] line = Files.readAllBytes(Path.of("/proc", pid, "cmdline"));
            String words = new String(line, StandardCharsets.UTF_8).replace('\0', ' ');
            return !words.isEmpty() && !words.matches("(\\S*/)?(runc init|crun .*|crun|youki .*) ?");
        } catch (java.nio.file.NoSuchFileException e) {
            return ContainerFiles.created(container.files(), true);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean runsFar() throws IOException {
        return ContainerFiles.created(container.files(), false)
                && container
                        .engine()
                        .ask(EngineContainer.PATIENCE, "inspect", "--format", "{{.State.Status}}", container.name())
                        .output()
                        .matches("(running|paused|exited|stopped)\\s*");
    }
}
