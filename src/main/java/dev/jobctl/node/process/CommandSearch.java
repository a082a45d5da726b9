package dev.jobctl.node.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Finds a program as `execvp` would: by path relative to the working directory, or by name along PATH.
sealed interface CommandSearch {
    record Found(Path executable) implements CommandSearch {}

    /// `why` as the shell words it: `executable file not found in $PATH`.
    record Missing(String why) implements CommandSearch {}

    /// `path` is the container's own PATH.
    static CommandSearch find(String command, String path, Path workingDirectory) {
        try {
            return command.contains("/")
                    ? at(workingDirectory.resolve(command))
                    : along(command, path, workingDirectory);
        } catch (InvalidPathException e) {
            return new Missing("not a file name");
        }
    }

    private static CommandSearch at(Path file) {
        if (!Files.exists(file)) {
            return new Missing("no such file or directory");
        }
        if (Files.isDirectory(file)) {
            return new Missing("is a directory");
        }
        return Files.isExecutable(file) ? new Found(file) : new Missing("permission denied");
    }

    private static CommandSearch along(String command, String path, Path workingDirectory) {
        if (!command.isEmpty()) {
            for (String directory : path.split(":", -1)) {
                Path candidate = workingDirectory.resolve(directory).resolve(command);
                if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                    return new Found(candidate);
                }
            }
        }
        return new Missing("executable file not found in $PATH");
    }
}
