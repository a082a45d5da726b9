package dev.jobctl.node.process;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process namespace for each pod whose containers share one. It is held by a process that does nothing else,
/// outlives this program like the containers do, and takes everything along that is left in the namespace when it goes.
/// A file with its name and start stands for it, by the pod's uid. Safe from any thread.
final class PodSpaces {
    private static final long PATIENCE_SECONDS = 30;

    private final Path directory;
    private final Log log;

    PodSpaces(Path directory, Log log) {
        this.directory = directory;
        this.log = log;
    }

    /// What holds the pod's namespace, which is made when there is none.
    synchronized long join(String uid, Forker forker) throws IOException {
        Path record = directory.resolve(uid);
        Optional<ProcessTable.Row> found = holder(record);
        if (found.isPresent()) {
            return found.get().pid();
        }
        Files.createDirectories(directory);
        Files.deleteIfExists(record); // of another boot, or cut short
        make(forker, record);
        return holder(record)
                .orElseThrow(() -> new IOException("the pod's process namespace is gone"))
                .pid();
    }

    private static void make(Forker forker, Path record) throws IOException {
        Process process = forker.pause(record);
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("no process namespace for the pod: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<ProcessTable.Row> holder(Path record) throws IOException {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        String[] words = Files.readString(record).strip().split(" ");
        if (words.length != 2 || !words[0].matches("\\d{1,9}") || !words[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long start = Long.parseLong(words[1]);
        return ProcessTable.row(Long.parseLong(words[0])).filter(row -> row.alive() && row.startTicks() == start);
    }

    /// Nothing happens where there is none.
    synchronized void leave(String uid) {
        Path record = directory.resolve(uid);
        try {
            holder(record).flatMap(row -> ProcessHandle.of(row.pid())).ifPresent(ProcessHandle::destroyForcibly);
            Files.deleteIfExists(record);
        } catch (IOException e) {
            log.warning("a pod's process namespace stays", "pod", uid, "cause", e.getMessage());
        }
    }

    /// Leaves all other pods' namespaces.
    synchronized void onlyThese(Set<String> uids) {
        records().stream().filter(uid -> !uids.contains(uid)).forEach(this::leave);
    }

    private List<String> records() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            log.warning("process namespaces of pods that are gone", "cause", e.getMessage());
            return List.of();
        }
    }
}
