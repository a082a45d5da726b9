package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.std.Check;
import dev.jobctl.std.Log;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts `supervisor.sh` around a command, in a session of its own where the host can make one: in a spare shell
/// where there is one, else in a new one.
final class Supervisor implements AutoCloseable {
    /// The exit code of a supervisor that could not write its run file.
    static final int UNRECORDED = 125;

    private static final File NOTHING = new File("/dev/null");
    private static final Path ROOT = Path.of("/");

    private final List<String> prefix;
    private final String boot;
    private final Spares spares;

    /// A supervisor just started, or long since waiting as a spare.
    ///
    /// @param startTicks its start in clock ticks since boot, 0 where unknown
    record Child(Process process, long startTicks) {
        static Child of(Process process) {
            return new Child(
                    process,
                    ProcessTable.row(process.pid())
                            .map(ProcessTable.Row::startTicks)
                            .orElse(0L));
        }
    }

    /// What to run.
    ///
    /// @param command an executable file and its arguments
    /// @param environment names that a shell can hold
    record Order(
            List<String> command, Map<String, String> environment, Path directory, AttemptFiles files, Instant at) {}

    Supervisor(String boot, Log log) {
        this.boot = boot;
        String script = script();
        List<String> shell = new ArrayList<>(session());
        shell.add("/bin/sh");
        List<String> words = new ArrayList<>(shell);
        words.addAll(List.of("-c", script + "supervise \"$@\"", "supervisor"));
        prefix = List.copyOf(words);
        ProcessBuilder spare = new ProcessBuilder(shell)
                .directory(ROOT.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        spare.environment().clear();
        spares = new Spares(spare, script, log);
    }

    /// Throws [IOException] when the log cannot be opened or no process can be made.
    Child start(Order order) throws IOException {
        @Nullable Child spare = inSpare(order);
        Child started = spare == null ? Child.of(inNewShell(order)) : spare;
        spares.refill();
        return started;
    }

    /// Null when there is no spare, or the order is not one for a spare.
    private @Nullable Child inSpare(Order order) throws IOException {
        String commands = commands(order);
        if (!Spares.fits(commands) || !Files.isExecutable(order.directory())) {
            return null;
        }
        new FileOutputStream(order.files().log().toFile(), true).close();
        return spares.use(commands);
    }

    private String commands(Order order) {
        StringBuilder text = new StringBuilder("exec </dev/null >>");
        quote(text, order.files().log().toString()).append(" 2>&1\n");
        if (!order.directory().equals(ROOT)) {
            quote(text.append("cd "), order.directory().toString())
                    .append(" || exit ")
                    .append(UNRECORDED)
                    .append('\n');
        }
        order.environment()
                .forEach((name, value) -> quote(
                                text.append("export ").append(name).append('='), value)
                        .append('\n'));
        text.append("supervise");
        arguments(order).forEach(word -> quote(text.append(' '), word));
        return text.toString();
    }

    private static StringBuilder quote(StringBuilder text, String word) {
        return text.append('\'').append(word.replace("'", "'\\''")).append('\'');
    }

    private List<String> arguments(Order order) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(
                order.files().run().toString(), boot, Long.toString(order.at().toEpochMilli())));
        words.addAll(order.command());
        return words;
    }

    private Process inNewShell(Order order) throws IOException {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(arguments(order));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(order.directory().toFile())
                .redirectInput(NOTHING)
                .redirectOutput(Redirect.appendTo(order.files().log().toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        return builder.start();
    }

    /// util-linux' `setsid`, or else Perl's; with neither (a bare macOS has Perl) the daemon's own session.
    private static List<String> session() {
        for (String directory : List.of("/usr/bin", "/bin")) {
            if (Files.isExecutable(Path.of(directory, "setsid"))) {
                return List.of(directory + "/setsid");
            }
        }
        return Files.isExecutable(Path.of("/usr/bin/perl"))
                ? List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV")
                : List.of();
    }

    /// Comments are for readers of the source, not for the argument list of every container.
    private static String script() {
        try (InputStream in = Supervisor.class.getResourceAsStream("supervisor.sh")) {
            Check.that(in != null, "supervisor.sh is not in the program");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^ *#.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spares.close();
    }
}
