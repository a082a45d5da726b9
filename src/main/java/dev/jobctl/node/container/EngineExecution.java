package dev.jobctl.node.container;

import dev.jobctl.node.process.MarkedProcesses;
import dev.jobctl.node.runtime.Execution;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/// A command in a container, by the engine's `exec`. The engine does not end it when its client goes, so it carries a
/// mark in its environment by which it is found and killed; where the engine's processes are not this machine's, or
/// another user's, it runs on.
record EngineExecution(Execution client, MarkedProcesses inside) implements Execution {
    /// The variable that carries the mark.
    static final String MARK = "JOBCTL_EXEC";

    @Override
    public OutputStream input() {
        return client.input();
    }

    @Override
    public InputStream output() {
        return client.output();
    }

    @Override
    public InputStream errors() {
        return client.errors();
    }

    @Override
    public OptionalInt await(Duration patience) throws InterruptedException {
        return client.await(patience);
    }

    /// Nobody waits for what is killed inside. What a command left behind that has ended runs on, as in a cluster.
    @Override
    public void close() {
        boolean ended = ended();
        client.close();
        if (!ended) {
            Thread.ofVirtual().name("end of " + inside.mark()).start(inside::kill);
        }
    }

    private boolean ended() {
        try {
            return client.await(Duration.ZERO).isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
