package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.std.Check;
import java.io.File;
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

/// Starts `supervisor.sh` around a command, in a session of its own where the host can make one.
final class Supervisor {
    /// The exit code of a supervisor that could not write its run file.
    static final int UNRECORDED = 125;

    private static final File NOTHING = new File("/dev/null");

    private final List<String> prefix;
    private final String boot;

    Supervisor(String boot) {
        this.boot = boot;
        List<String> words = new ArrayList<>(session());
        words.addAll(List.of("/bin/sh", "-c", script(), "supervisor"));
        prefix = List.copyOf(words);
    }

    /// Throws [IOException] when the log cannot be opened or no process can be made.
    Process start(
            List<String> command, Map<String, String> environment, Path workingDirectory, AttemptFiles files, Instant at)
            throws IOException {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(files.run().toString(), boot, Long.toString(at.toEpochMilli())));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectInput(NOTHING)
                .redirectOutput(Redirect.appendTo(files.log().toFile()))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
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
            return text.replaceAll("(?m)^#.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
