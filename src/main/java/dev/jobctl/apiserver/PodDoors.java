package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// The ways into pods that run: commands beside their containers, and their ports. Safe from any thread. What is not
/// possible throws [IOException], whose message is for the user.
public interface PodDoors {
    /// Starts a command beside a container.
    ///
    /// @param terminal whether it gets a terminal of its own; then it has one output
    Session start(ObjectRef pod, String container, List<String> command, boolean terminal) throws IOException;

    /// The way to a container's standard input; with `once` closing it ends the container's input.
    OutputStream input(ObjectRef pod, String container, boolean once) throws IOException;

    /// How large the window is that shows a container's terminal; nothing happens to one without.
    void resize(ObjectRef pod, String container, int columns, int rows) throws IOException;

    /// Connects to a port of a pod, as a program inside would.
    Pipe connect(ObjectRef pod, int port) throws IOException;

    /// A command under way. Closing ends what still runs of it.
    interface Session extends AutoCloseable {
        OutputStream input();

        InputStream output();

        InputStream errors();

        /// Does nothing without a terminal.
        void resize(int columns, int rows) throws IOException;

        /// The exit code; empty when it still runs after `patience`.
        OptionalInt await(Duration patience) throws InterruptedException;

        @Override
        void close();
    }

    /// A connection. Closing it ends reads and writes at once.
    interface Pipe extends AutoCloseable {
        OutputStream input() throws IOException;

        InputStream output() throws IOException;

        /// Nothing more will be written.
        void finish() throws IOException;

        @Override
        void close();
    }

    /// Nothing runs behind this.
    static PodDoors none() {
        return new PodDoors() {
            @Override
            public Session start(ObjectRef pod, String container, List<String> command, boolean terminal)
                    throws IOException {
                throw new IOException("container not found (\"" + container + "\")");
            }

            @Override
            public OutputStream input(ObjectRef pod, String container, boolean once) throws IOException {
                throw new IOException("container not found (\"" + container + "\")");
            }

            @Override
            public void resize(ObjectRef pod, String container, int columns, int rows) throws IOException {
                throw new IOException("container not found (\"" + container + "\")");
            }

            @Override
            public Pipe connect(ObjectRef pod, int port) throws IOException {
                throw new IOException("nothing listens on port " + port);
            }
        };
    }
}
