package dev.jobctl.node.container;

import dev.jobctl.node.process.MarkedProcesses;
import dev.jobctl.node.runtime.Execution;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command in a container, by the engine's `exec`. The engine does not end it when its client goes, so it carries a
/// mark in its environment by which it is found and killed; where the engine's processes are not this machine's, or
/// another user's, it runs on.
record EngineExecution(Execution client, MarkedProcesses inside) implements Execution {
    /// The variable that carries the mark.
    static final String MARK = "JOBCTL_EXEC";

    /// What podman and docker say when a command does not come to run, at the end of what was said.
    private static final Pattern REFUSED = Pattern.compile(
            "^(?:Error: |(Error response from daemon: )|(?=OCI runtime exec failed: ))([^\n]*)\\z", Pattern.MULTILINE);

    private static final int ENGINE_FAILED = 125;
    private static final int NOT_FOUND = 127;

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

    /// The last line is the engine's own, with a code of its own; docker's for what its daemon says is 1.
    @Override
    public Optional<String> refusal(int code, String errors) {
        Matcher own = REFUSED.matcher(errors.strip());
        boolean engines =
                own.find() && (code >= ENGINE_FAILED && code <= NOT_FOUND || own.group(1) != null && code == 1);
        return engines ? Optional.of(own.group(2)) : Optional.empty();
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
