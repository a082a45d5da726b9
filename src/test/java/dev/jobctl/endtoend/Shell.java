package dev.jobctl.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One bash that runs the commands of a session in turn, so that what one exports the next one sees. Owned by one
/// thread.
final class Shell implements AutoCloseable {
    /// What a command printed, and its exit code.
    record Result(List<String> lines, int exit) {}

    private static final String MARK = "<<end of step ";

    private final Process process;
    private final Writer commands;
    private final BufferedReader output;
    private int steps;

    Shell(Path directory, Map<String, String> environment) throws IOException {
        // A shell cannot undo that whoever started the tests in the background ignores Ctrl-C.
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", "bash", "--norc", "--noprofile");
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JOBCTL_") || name.equals("KUBECONFIG"));
        builder.environment().putAll(environment);
        process = builder.start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Runs one command with an empty standard input. A command that takes longer than `limit` fails the session.
    Result run(String command, Duration limit) throws IOException {
        String mark = MARK + ++steps + ">> ";
        commands.write("{ " + command + "\n} </dev/null\nprintf '\\n" + mark + "%s\\n' $?\n");
        commands.flush();
        CompletableFuture<Result> reading = CompletableFuture.supplyAsync(() -> read(mark), Thread::startVirtualThread);
        try {
            return reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            throw new AssertionError("not finished within " + limit.toSeconds() + " s: " + command, e);
        } catch (ExecutionException e) {
            throw new AssertionError("the shell ended in: " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly();
    }

    private Result read(String mark) {
        List<String> lines = new ArrayList<>();
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(mark)) {
                    if (!lines.isEmpty() && lines.getLast().isEmpty()) {
                        lines.removeLast();
                    }
                    return new Result(lines, Integer.parseInt(line.substring(mark.length())));
                }
                lines.add(line);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("no more output after " + lines);
    }
}
