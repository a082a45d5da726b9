package dev.jobctl.node;

import dev.jobctl.node.runtime.Execution;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A command with a terminal of its own, in a session of its own.
public final class TerminalSession implements Execution {
    private static final int LOOK_MILLIS = 50;
    private static final int PIPE = 64 * 1024;

    private final PseudoTerminal terminal;
    private final Execution execution;
    private final PipedInputStream output = new PipedInputStream(PIPE);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Starts a command with the terminal at that path.
    interface Starting {
        Execution start(String terminal) throws IOException;
    }

    private TerminalSession(PseudoTerminal terminal, Execution execution) {
        this.terminal = terminal;
        this.execution = execution;
    }

    static TerminalSession start(Starting starting) throws IOException {
        PseudoTerminal terminal = PseudoTerminal.open(mac());
        try {
            TerminalSession session = new TerminalSession(terminal, starting.start(terminal.path()));
            PipedOutputStream pipe = new PipedOutputStream(session.output);
            Thread.ofPlatform().daemon().name("terminal").start(() -> session.pump(pipe));
            return session;
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
    }

    private static boolean mac() {
        return HostFacts.ofThisMachine().os().equals("darwin");
    }

    /// Tells a program's own terminal how large the window is that shows it.
    static void resize(Path terminal, int columns, int rows) throws IOException {
        try (PseudoTerminal opened = PseudoTerminal.reopen(terminal, mac())) {
            opened.resize(columns, rows);
        }
    }

    /// Until the command has ended and nothing more comes. What the shell itself complains about comes the other way.
    private void pump(PipedOutputStream pipe) {
        boolean begun = false;
        try (pipe) {
            while (!closed.get()) {
                byte @Nullable [] piece = terminal.read(LOOK_MILLIS);
                boolean over = execution.await(Duration.ZERO).isPresent();
                if (piece != null && piece.length > 0) {
                    begun = true;
                    pipe.write(piece);
                    pipe.flush();
                } else if (over) {
                    break;
                } else if (piece == null && begun) {
                    // Nobody holds the other end just now, and asking again would answer at once.
                    execution.await(Duration.ofMillis(LOOK_MILLIS));
                } else if (piece == null) {
                    execution.await(Duration.ofMillis(1));
                }
            }
            pipe.write(execution.errors().readAllBytes());
        } catch (IOException e) {
            // The reader has gone, or the terminal: there is nobody to tell.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drained.countDown();
        }
    }

    public void resize(int columns, int rows) throws IOException {
        if (!closed.get()) {
            terminal.resize(columns, rows);
        }
    }

    @Override
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                terminal.write(bytes, offset, length);
            }

            // A terminal's input does not end by closing it, but by the end-of-file character.
            @Override
            public void close() throws IOException {
                if (drained.getCount() > 0) {
                    write(4);
                }
            }
        };
    }

    @Override
    public InputStream output() {
        return output;
    }

    /// A terminal has but one output.
    @Override
    public InputStream errors() {
        return InputStream.nullInputStream();
    }

    @Override
    public OptionalInt await(Duration patience) throws InterruptedException {
        return execution.await(patience);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            execution.close();
            Thread.ofPlatform().daemon().name("terminal-end").start(() -> {
                try {
                    drained.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                terminal.close();
            });
        }
    }
}
