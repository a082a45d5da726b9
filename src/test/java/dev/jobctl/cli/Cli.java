package dev.jobctl.cli;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.daemon.InsidePlane;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The command line in front of a real API server whose objects lie in memory and which no controller touches.
public final class Cli {
    public final TestServer server = new TestServer();
    public final Path directory;
    public final Map<String, String> environment = new HashMap<>();
    public CompletableFuture<Void> cancelled = new CompletableFuture<>();
    public String input = "";
    public Programs programs = Programs.none();
    private final Jobctl jobctl = new Jobctl(server.time);

    public Cli(Path directory) {
        this.directory = directory;
        environment.put("HOME", directory.toString());
    }

    /// What one command said and how it ended.
    public record Said(int code, String out, String err) {}

    /// The line is split at spaces; quotes do nothing.
    public Said run(String line) {
        return run(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    public Said run(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = jobctl.run(words, terminal(out, err), new Control(), settings -> new Opened());
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                directory,
                false,
                false,
                80,
                cancelled,
                programs);
    }

    /// Writes a file beside the command.
    public void file(String name, String text) {
        try {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Transport direct() {
        return new InsidePlane(
                server.server::handle, () -> "local", Map.of("authorization", "Bearer " + TestServer.TOKEN));
    }

    private final class Opened implements RunPlane.Opened {
        private final Transport to = direct();

        @Override
        public dev.jobctl.cli.cluster.Answer send(dev.jobctl.cli.cluster.Call call) throws IOException {
            return to.send(call);
        }

        @Override
        public String address() {
            return to.address();
        }

        @Override
        public void close() {}
    }

    private final class Control implements LocalControl {
        @Override
        public Path kubeconfig() {
            return directory.resolve("kubeconfig");
        }

        @Override
        public @Nullable Transport direct() {
            return Cli.this.direct();
        }

        @Override
        public String start() {
            return "the local control plane runs";
        }

        @Override
        public String stop(boolean keepPods) {
            return keepPods ? "stopped, pods go on" : "stopped";
        }

        @Override
        public Map<String, Object> status() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("state", "running");
            facts.put("pid", 4711L);
            facts.put("uptimeSeconds", 61L);
            return facts;
        }

        @Override
        public String reset() {
            return "reset";
        }

        @Override
        public Path log() {
            return directory.resolve("daemon.log");
        }

        @Override
        public Duration idleLimit() {
            return Duration.ofHours(3);
        }
    }
}
