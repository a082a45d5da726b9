package dev.jobctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The daemon's life with a plane and verbs made by hand, over a real socket.
class DaemonTest {
    private final FakePlane plane = new FakePlane();
    private Home home = new Home(Path.of("/"));

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(Files.createTempDirectory("jd"));
    }

    @AfterEach
    void removeHome() throws IOException {
        HomeFiles.removeTree(home.path());
    }

    @Test
    void aCommandsOutputAndExitCodeComeBack() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            Answer answer = daemon.ask("echo", "a", "b");
            assertThat(answer.out).isEqualTo("a\nb\n");
            assertThat(answer.errors).isEqualTo("done\n");
            assertThat(answer.code).isEqualTo(7);
        }
    }

    @Test
    void muchOutputArrivesWhole() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            assertThat(daemon.ask("much").out).hasSize(3_000_000);
        }
    }

    @Test
    void standardInputIsSentWhenAskedFor() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            assertThat(daemon.ask("cat").out).isEqualTo("first second ");
        }
    }

    /// A command that has begun and does not end by itself.
    private static FrameChannel hanging(SocketChannel socket) throws IOException {
        FrameChannel frames = new FrameChannel(socket);
        frames.write(new Frame.Hello("b1"), command("hang"));
        assertThat(frames.read()).isEqualTo(new Frame.Accepted());
        assertThat(frames.read()).isInstanceOf(Frame.Output.class);
        return frames;
    }

    @Test
    void ctrlCCancelsTheCommand() throws Exception {
        try (Running _ = start(Duration.ofHours(1));
                SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            FrameChannel frames = hanging(socket);
            frames.write(new Frame.Cancel());
            assertThat(frames.read()).isEqualTo(new Frame.Exit(130));
        }
    }

    @Test
    void aCallerWhoAsksIsAnsweredWhileItsCommandIsBusy() throws Exception {
        try (Running _ = start(Duration.ofHours(1));
                SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            FrameChannel frames = hanging(socket);
            for (int i = 0; i < 3; i++) {
                frames.write(new Frame.Question());
                assertThat(frames.read()).isEqualTo(new Frame.Present());
            }
            frames.write(new Frame.Question(), new Frame.Question(), new Frame.Question());
            for (int i = 0; i < 3; i++) {
                assertThat(frames.read()).isEqualTo(new Frame.Present());
            }
            frames.write(new Frame.Question(), new Frame.Cancel());
            assertThat(frames.read()).isIn(new Frame.Present(), new Frame.Exit(130));
        }
    }

    @Test
    void aCallerWhoGoesCancelsItsCommand() throws Exception {
        try (Running _ = start(Duration.ofHours(1))) {
            try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
                FrameChannel _ = hanging(socket);
            }
            plane.cancelled.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anEscapedExceptionIsOneLineAndExitCodeOne() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            Answer answer = daemon.ask("crash");
            assertThat(answer.code).isEqualTo(1);
            assertThat(answer.errors).startsWith("jobctl: internal error: ").hasLineCount(1);
        }
    }

    @Test
    void aPartOfTheReleaseThatIsMissingIsToldAndEndsTheDaemon() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            Answer answer = daemon.ask("unlinked");
            assertThat(answer.code).isEqualTo(1);
            assertThat(answer.errors)
                    .startsWith("jobctl: this installation is broken, ")
                    .contains("(NoClassDefFoundError: picocli/CommandLine)")
                    .hasLineCount(1);
            assertThat(home.socket()).doesNotExist();
            assertThat(daemon.ending()).isEqualTo(new Ending.Broken());
            assertThat(plane.closed).hasValue(true);
        }
        try (Running daemon = start(Duration.ofHours(1))) {
            assertThat(daemon.ask("unlinked", "--debug").errors).contains("\tat dev.jobctl.daemon.");
        }
    }

    @Test
    void stopAnswersAfterTheHomeIsFree() throws Exception {
        try (Running daemon = start(Duration.ofHours(1))) {
            assertThat(daemon.ask("stop").out).isEqualTo("local control plane stopped\n");
            assertThat(plane.closed).hasValue(false);
            assertThat(home.socket()).doesNotExist();
            assertThat(daemon.ending()).isEqualTo(new Ending.Asked(false));
        }
        start(Duration.ofHours(1)).close();
    }

    @Test
    void anotherBuildTakesItsPlaceAndThePodsGoOn() throws Exception {
        try (Running daemon = start(Duration.ofHours(1));
                SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            FrameChannel frames = new FrameChannel(socket);
            frames.write(new Frame.Hello("b2"), command("echo"));
            assertThat(frames.read()).isEqualTo(new Frame.OtherBuild());
            assertThat(daemon.ending()).isEqualTo(new Ending.OtherBuild("b2"));
            assertThat(plane.closed).hasValue(true);
        }
    }

    @Test
    void aHomeHasOneOwner() throws Exception {
        try (Running _ = start(Duration.ofHours(1))) {
            assertThatThrownBy(() -> OwnerLock.take(home, Duration.ofMillis(50)))
                    .isInstanceOf(HomeError.class)
                    .hasMessageContaining("owns the home");
        }
    }

    @Test
    void aStaleSocketIsNoObstacle() throws Exception {
        Files.createFile(home.socket());
        try (Running daemon = start(Duration.ofHours(1))) {
            assertThat(daemon.ask("echo").code).isEqualTo(7);
        }
    }

    @Test
    void theSocketIsTheOwnersAlone() throws Exception {
        try (Running _ = start(Duration.ofHours(1))) {
            assertThat(Files.getPosixFilePermissions(home.socket()).toString())
                    .doesNotContain("GROUP")
                    .doesNotContain("OTHERS");
        }
    }

    @Test
    void aDaemonWithoutWorkLeaves() throws Exception {
        try (Running daemon = start(Duration.ofMillis(200))) {
            assertThat(daemon.ending()).isInstanceOf(Ending.Idle.class);
            assertThat(plane.closed).hasValue(true);
        }
    }

    @Test
    void aRemovedHomeEndsTheDaemonAndItsPods() throws Exception {
        try (Running daemon = start(Duration.ofSeconds(1))) {
            Files.delete(home.socket());
            assertThat(daemon.ending()).isEqualTo(new Ending.HomeGone());
            assertThat(plane.closed).hasValue(false);
        }
    }

    @Test
    void aHomeThatAnotherDaemonTookMeanwhileIsLeftToIt() throws Exception {
        try (Running daemon = start(Duration.ofSeconds(1))) {
            Files.delete(home.socket());
            Files.createFile(home.socket());
            assertThat(daemon.ending()).isEqualTo(new Ending.HomeGone());
            assertThat(home.socket()).exists();
        }
    }

    @Test
    void aPlaneThatDoesNotOpenLeavesTheHomeFree() throws Exception {
        Daemon.Parts parts = parts(Duration.ofHours(1), (where, environment, log) -> {
            throw new HomeError("no space");
        });
        assertThatThrownBy(() -> Daemon.open(parts, Map.of()))
                .isInstanceOf(HomeError.class)
                .hasMessage("no space");
        start(Duration.ofHours(1)).close();
    }

    private Running start(Duration idle) throws Exception {
        Daemon daemon = Daemon.open(parts(idle, (where, environment, log) -> plane), Map.of());
        CompletableFuture<Ending> ended = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                ended.complete(daemon.serve());
            } catch (IOException e) {
                ended.completeExceptionally(e);
            }
        });
        return new Running(daemon, ended);
    }

    private Daemon.Parts parts(Duration idle, LocalPlane.Opener opener) {
        return new Daemon.Parts(home, "b1", idle, opener, this::verbs, Time.system(), Log.none());
    }

    private int verbs(List<String> arguments, dev.jobctl.cli.Terminal terminal, dev.jobctl.cli.LocalControl control) {
        switch (arguments.getFirst()) {
            case "echo" -> arguments.stream().skip(1).forEach(terminal.out()::println);
            case "much" -> {
                for (int i = 0; i < 100_000; i++) {
                    terminal.out().println("thirty bytes of output a line");
                }
            }
            case "cat" -> {
                try {
                    terminal.in().transferTo(terminal.out());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case "hang" -> {
                terminal.out().println("hanging");
                terminal.cancelled().join();
                plane.cancelled.complete(null);
                return 130;
            }
            case "unlinked" -> throw new NoClassDefFoundError("picocli/CommandLine");
            case "stop" -> terminal.out().println(control.stop(false));
            default -> throw new IllegalStateException("a bug");
        }
        terminal.err().println("done");
        return 7;
    }

    private static Frame.Command command(String... arguments) {
        return new Frame.Command(List.of(arguments), Map.of(), "/", false, false, 0, false);
    }

    private record Answer(String out, String errors, int code) {}

    private record Running(Daemon daemon, CompletableFuture<Ending> ended) implements AutoCloseable {
        Answer ask(String... arguments) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            List<Frame> input =
                    new java.util.ArrayList<>(List.of(piece("first "), piece("second "), new Frame.InputEnd()));
            try (SocketChannel socket =
                    SocketChannel.open(UnixDomainSocketAddress.of(daemon.home().socket()))) {
                FrameChannel frames = new FrameChannel(socket);
                frames.write(new Frame.Hello("b1"), command(arguments));
                while (true) {
                    switch (frames.read()) {
                        case Frame.Output piece -> out.writeBytes(piece.bytes());
                        case Frame.Errors piece -> errors.writeBytes(piece.bytes());
                        case Frame.Accepted taken -> assertThat(out.size()).isZero();
                        case Frame.WantInput want -> frames.write(input.removeFirst());
                        case Frame.Exit exit -> {
                            return new Answer(text(out), text(errors), exit.code());
                        }
                        case null, default -> throw new IllegalStateException("unexpected frame");
                    }
                }
            }
        }

        Ending ending() {
            return ended.orTimeout(20, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            daemon.close();
            Ending ignored = ending();
        }

        private static Frame piece(String text) {
            return new Frame.Input(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static final class FakePlane implements LocalPlane {
        private volatile Optional<Boolean> closed = Optional.empty();
        private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

        @Override
        public String address() {
            return "https://127.0.0.1:1";
        }

        @Override
        public Path kubeconfig() {
            return Path.of("/kubeconfig");
        }

        @Override
        public Transport inside() {
            throw new AssertionError("no command of this test asks the API");
        }

        @Override
        public Map<String, Long> objects() {
            return Map.of();
        }

        @Override
        public Optional<String> busy() {
            return Optional.empty();
        }

        @Override
        public void close(boolean keepPods) {
            closed = Optional.of(keepPods);
        }
    }
}
