package dev.jobctl.launch.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The one door from the front into the big program, opened by the class name [#IMPLEMENTATION] so that the front's own
/// class path may stay JDK only.
public interface Entry {
    /// Its implementation, with a public constructor without parameters.
    String IMPLEMENTATION = "dev.jobctl.daemon.Direct";

    /// Runs one command in this process and returns its exit code.
    int run(Home home, String build, Frame.Command command, Streams streams, DaemonStarter starter);

    /// Is the daemon of this home until it ends or `terminated` completes; returns the exit code. `ready` is told
    /// once: an empty text when commands are welcome, otherwise why there will be no daemon.
    int serve(
            Home home,
            String build,
            Map<String, String> environment,
            CompletableFuture<Void> terminated,
            Consumer<String> ready);

    /// Standard streams of a command, its Ctrl-C, and what starts other programs on the same terminal.
    record Streams(
            InputStream in,
            OutputStream out,
            OutputStream errors,
            CompletableFuture<Void> cancelled,
            Programs programs) {}

    /// Runs a program on the caller's terminal and returns its exit code.
    interface Programs {
        int run(List<String> words) throws IOException;
    }

    /// Starts the daemon of a home unless it runs, and returns when it takes commands.
    interface DaemonStarter {
        void start() throws HomeError;
    }
}
