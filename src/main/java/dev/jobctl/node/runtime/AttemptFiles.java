package dev.jobctl.node.runtime;

import dev.jobctl.std.Check;
import java.nio.file.Path;

/// The files of one container attempt: `CONTAINER/ATTEMPT.log` and its neighbours.
public record AttemptFiles(Path directory, int attempt) {
    public AttemptFiles {
        Check.that(attempt >= 0, "attempt=%s", attempt);
    }

    /// What the container wrote to standard output and standard error, byte for byte.
    public Path log() {
        return file(".log");
    }

    /// Who runs it, and how it ended: see `node.process.RunFile`.
    public Path run() {
        return file(".run");
    }

    /// The name by which a container engine knows the attempt; there from before its start, and only with an engine.
    public Path container() {
        return file(".container");
    }

    /// Where the engine writes the id that it gave the container.
    public Path containerId() {
        return file(".cid");
    }

    /// Where the engine writes the process id of the container's program, once that can start.
    public Path pid() {
        return file(".pid");
    }

    /// An empty file that becomes [#run()] by a rename, where one was made ahead of need.
    public Path blank() {
        return file(".blank");
    }

    /// A pipe to the container's standard input, of one that has any.
    public Path input() {
        return file(".stdin");
    }

    /// A link to the program's terminal, of one that has any, while it runs.
    public Path terminal() {
        return file(".terminal");
    }

    /// What the engine's command itself says, of a container whose terminal would show that.
    public Path complaints() {
        return file(".complaints");
    }

    /// Where the container may leave its termination message.
    public Path termination() {
        return file(".termination");
    }

    /// When the log grew: pairs of time and length.
    public Path times() {
        return file(".times");
    }

    /// Where the log begins that is left: older bytes were given back to the disk. Absent while all of it is there.
    public Path start() {
        return file(".start");
    }

    /// Whether a file of this name is part of a log, and so outlives its pod.
    static boolean ofLog(String name) {
        return name.endsWith(".log") || name.endsWith(".times") || name.endsWith(".start");
    }

    private Path file(String suffix) {
        return directory.resolve(attempt + suffix);
    }
}
