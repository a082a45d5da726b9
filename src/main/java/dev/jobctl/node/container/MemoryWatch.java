package dev.jobctl.node.container;

import dev.jobctl.node.runtime.ContainerEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Whether a container with little memory was killed for it, where control groups are of version 1: there the engine
/// mostly misses it, and the count is gone a tenth of a second after the kill. So it is looked at, by a thread of its
/// own, as long as the container runs. Version 2 tells the engine.
final class MemoryWatch {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup/memory");
    private static final Duration LOOK = Duration.ofMillis(20);

    private volatile boolean starved;

    /// Begins to look; empty where there is nothing to look at.
    static Optional<MemoryWatch> begin(EngineContainer container) {
        if (!ContainerFiles.kept(container.files()) || !Files.isDirectory(GROUPS)) {
            return Optional.empty();
        }
        Optional<Path> count = count(container);
        return count.map(file -> {
            MemoryWatch watch = new MemoryWatch();
            Thread.ofVirtual().name("memory of " + container.name()).start(() -> watch.look(file, container.end()));
            return watch;
        });
    }

    private static Optional<Path> count(EngineContainer container) {
        try {
            String pid = Files.readString(container.files().pid()).strip();
            return Files.readAllLines(Path.of("/proc", pid, "cgroup")).stream()
                    .filter(line -> line.contains(":memory:"))
                    .map(line -> line.substring(line.lastIndexOf(':') + 2))
                    .map(group -> GROUPS.resolve(group).resolve("memory.oom_control"))
                    .findFirst();
        } catch (IOException e) { // it has ended
            return Optional.empty();
        }
    }

    private void look(Path count, CompletableFuture<ContainerEnd> end) {
        try {
            while (!starved && !ended(end)) {
                starved = Files.readString(count).matches("(?s).*\\boom_kill [1-9].*");
            }
        } catch (IOException e) { // the group is gone, and so is the container
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(CompletableFuture<ContainerEnd> end) throws InterruptedException {
        try {
            end.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    boolean starved() {
        return starved;
    }
}
