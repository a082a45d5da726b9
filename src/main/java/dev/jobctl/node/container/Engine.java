package dev.jobctl.node.container;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The command line of a container engine. Safe from any thread.
///
/// @param command an absolute path and the engine's own options
/// @param podman whether it is podman, which can do more than Docker
record Engine(List<String> command, boolean podman, Map<String, String> environment, Log log) {
    /// In this order: podman needs no daemon, and so outlives less.
    private static final List<String> NAMES = List.of("podman", "docker");

    /// What an engine says fits into this; more is not read.
    private static final int OUTPUT_MAX = 1 << 20;

    Engine {
        command = List.copyOf(command);
    }

    /// What a command said, and how it ended.
    record Answer(int code, String output, String errors) {
        boolean good() {
            return code == 0;
        }

        /// The last line on standard error, without the engine's own prefix.
        String complaint() {
            String text = errors.isBlank() ? output.strip() : errors.strip();
            String last = text.substring(text.lastIndexOf('\n') + 1);
            return last.replaceFirst("^Error: ", "").replaceFirst("^docker: ", "");
        }
    }

    /// Empty where there is none.
    static Optional<Engine> find(EngineSettings settings, Log log) {
        List<String> named = settings.command();
        List<String> candidates = named.isEmpty() ? NAMES : List.of(named.getFirst());
        for (String name : candidates) {
            Optional<Path> program = program(name, settings.environment().getOrDefault("PATH", ""));
            if (program.isPresent()) {
                boolean podman = program.get().getFileName().toString().startsWith("podman");
                List<String> command = new ArrayList<>();
                command.add(program.get().toString());
                command.addAll(List.of("--log-level", "error"));
                command.addAll(named.isEmpty() ? List.of() : named.subList(1, named.size()));
                log.debug("container engine", "command", command);
                return Optional.of(new Engine(command, podman, settings.environment(), log));
            }
        }
        return Optional.empty();
    }

    static Optional<Path> program(String name, String path) {
        for (String directory : (name.startsWith("/") ? "" : path).split(":")) {
            Path candidate = Path.of(directory).resolve(name);
            if (candidate.isAbsolute() && Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// As in `containerStatuses[].containerID`.
    String scheme() {
        return podman ? "podman" : "docker";
    }

    /// Whether containers are processes of this machine whose standard output podman hands through.
    boolean near() {
        return podman && Files.isDirectory(Path.of("/proc/self")) && !environment.containsKey("CONTAINER_HOST");
    }

    List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(command);
        words.addAll(arguments);
        return words;
    }

    /// Runs one command of the engine to its end; one that takes longer than `patience` is killed. Throws when the
    /// engine cannot be started, or the caller is interrupted.
    Answer ask(Duration patience, String... arguments) throws IOException {
        return run(words(List.of(arguments)), "", patience);
    }

    /// The same for any program beside the engine.
    Answer run(List<String> words, String input, Duration patience) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Reader output = new Reader(process.getInputStream());
            Reader errors = new Reader(process.getErrorStream());
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("%s does not answer within %d s".formatted(words, patience.toSeconds()));
            }
            Answer answer = new Answer(process.exitValue(), output.text(), errors.text());
            log.debug("engine", "command", words, "code", answer.code(), "errors", answer.errors());
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// Reads a stream to its end on a thread of its own, so that the program never waits for a reader.
    private static final class Reader {
        private final StringBuilder text = new StringBuilder();
        private final Thread thread;

        Reader(InputStream in) {
            thread = Thread.ofVirtual().start(() -> read(in));
        }

        private void read(InputStream in) {
            try (in) {
                text.append(new String(in.readNBytes(OUTPUT_MAX), StandardCharsets.UTF_8));
            } catch (IOException e) { // killed: what it said until then counts
                text.append("");
            }
        }

        String text() throws InterruptedException {
            thread.join();
            return text.toString();
        }
    }
}
