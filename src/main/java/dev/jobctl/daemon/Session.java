package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.Programs;
import dev.jobctl.cli.Terminal;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One connection, one command. Three virtual threads: one runs the command, one reads the caller's frames, one sends
/// the output. The command's thread returns from [#run] when the exit code is on its way.
final class Session {
    /// A cancelled command that does not end by itself is interrupted after this long: a pod's default grace and a bit.
    private static final int PATIENCE_SECONDS = 40;

    private final FrameChannel frames;
    private final Edge edge;
    private final Log log;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Session(FrameChannel frames, Edge edge, Log log) {
        this.frames = frames;
        this.edge = edge;
        this.log = log;
    }

    /// Reads the greeting: the caller's build, or empty when this is no front of ours.
    String build() throws IOException {
        return frames.read() instanceof Frame.Hello hello ? hello.build() : "";
    }

    /// Reads away the command of a caller that is turned off: unread bytes would reset the connection, and the caller
    /// might not see the answer. Another build may word it in another way.
    void skip() {
        try {
            boolean ignored = frames.read() instanceof Frame.Command;
        } catch (IOException e) {
            log.debug("command of another build", "cause", e.getMessage());
        }
    }

    /// Reads the command line, runs it, sends its exit code.
    void run(Door door) throws IOException {
        if (!(frames.read() instanceof Frame.Command command)) {
            return;
        }
        frames.write(new Frame.Accepted());
        Outbox outbox = new Outbox(frames);
        RemoteInput input = new RemoteInput(frames);
        Thread reading = Thread.ofVirtual().unstarted(new Reader(input, outbox, Thread.currentThread()));
        Thread sending = Thread.startVirtualThread(outbox::pump);
        reading.start();
        try {
            int code = run(command, outbox, input, door.control(command.startedDaemon()));
            outbox.drain();
            frames.write(new Frame.Exit(code));
        } finally {
            ended.countDown();
            outbox.close();
            sending.interrupt();
        }
    }

    /// As if the caller had pressed Ctrl-C.
    void cancel() {
        cancelled.complete(null);
    }

    private int run(Frame.Command command, Outbox outbox, RemoteInput input, LocalControl control) {
        try (PrintStream out = outbox.out();
                PrintStream errors = outbox.errors()) {
            Terminal terminal = new Terminal(
                    out,
                    errors,
                    input,
                    command.environment(),
                    Path.of(command.directory()),
                    command.outputIsTerminal(),
                    command.errorsAreTerminal(),
                    command.width() > 0 ? command.width() : Direct.DEFAULT_WIDTH,
                    cancelled,
                    Programs.none());
            return edge.run(command.arguments(), terminal, control);
        }
    }

    /// Makes the control of `local` for one command.
    interface Door {
        LocalControl control(boolean startedByThisCommand);
    }

    private final class Reader implements Runnable {
        private final RemoteInput input;
        private final Outbox outbox;
        private final Thread command;

        Reader(RemoteInput input, Outbox outbox, Thread command) {
            this.input = input;
            this.outbox = outbox;
            this.command = command;
        }

        @Override
        public void run() {
            try {
                follow();
            } catch (IOException e) {
                log.debug("caller lost", "cause", e.getMessage());
            }
            cancel();
            input.end();
            try {
                if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    command.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// Returns when the caller cancels or goes.
        private void follow() throws IOException {
            while (true) {
                Frame frame = frames.read();
                if (frame instanceof Frame.Input piece) {
                    input.feed(piece.bytes());
                } else if (frame instanceof Frame.InputEnd) {
                    input.end();
                } else if (frame instanceof Frame.Question) {
                    outbox.answer();
                } else {
                    return;
                }
            }
        }
    }
}
