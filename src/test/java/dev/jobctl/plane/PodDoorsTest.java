package dev.jobctl.plane;

import static dev.jobctl.plane.OpenPlane.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Into running pods, with a client that nobody here wrote.
class PodDoorsTest {
    @TempDir
    Path home;

    private @Nullable OpenPlane open;

    @BeforeEach
    void open() throws IOException {
        open = OpenPlane.at(home);
        start("p", container -> container.withCommand("sleep", "600"));
    }

    /// Until it runs.
    private void start(String name, UnaryOperator<ContainerBuilder> changed) {
        ContainerBuilder container = new ContainerBuilder().withName("c").withImage("i");
        container = container.addNewEnv().withName("COLOUR").withValue("blue").endEnv();
        client().resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .withTerminationGracePeriodSeconds(0L)
                        .withContainers(changed.apply(container).build())
                        .endSpec()
                        .build())
                .create();
        pod(name).waitUntilCondition(PodDoorsTest::runs, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean runs(@Nullable Pod pod) {
        return pod != null
                && pod.getStatus().getContainerStatuses().stream().anyMatch(one -> Boolean.TRUE.equals(one.getReady()));
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(open).close();
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(open).client();
    }

    private PodResource pod(String name) {
        return client().pods().inNamespace("default").withName(name);
    }

    @Test
    void aCommandHasTheContainersEnvironmentAndItsOutputsAreApart() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (ExecWatch exec = pod("p").writingOutput(out)
                .writingError(err)
                .exec("sh", "-c", "echo $COLOUR $KUBERNETES_SERVICE_HOST; echo bad >&2; exit 3")) {
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
        }
        assertThat(out).hasToString("blue 127.0.0.1\n");
        assertThat(err).hasToString("bad\n");
    }

    @Test
    void aCommandReadsWhatIsSentToIt() throws Exception {
        var out = new ByteArrayOutputStream();
        try (ExecWatch exec =
                pod("p").redirectingInput().writingOutput(out).exec("sh", "-c", "read line; echo got $line")) {
            exec.getInput().write("a word\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
        }
        assertThat(out).hasToString("got a word\n");
    }

    @Test
    void aTerminalIsOneAndHasTheSizeThatItIsGiven() throws Exception {
        var out = new ByteArrayOutputStream();
        try (ExecWatch exec = pod("p").redirectingInput()
                .writingOutput(out)
                .withTTY()
                .exec("sh", "-c", "read go; test -t 0 && test -t 1 && stty size; exit 5")) {
            exec.resize(101, 33);
            exec.getInput().write("go\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(5);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("go\r\n33 101\r\n");
    }

    @Test
    void aCommandThatIsNotThereFails() throws Exception {
        try (ExecWatch exec = pod("p").redirectingOutput().exec("no-such-command")) {
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotZero();
        }
    }

    @Test
    void aContainersTerminalIsItsOwnAndOutlivesWhoLooksAtIt() throws Exception {
        start(
                "shell",
                container -> container
                        .withStdin(true)
                        .withStdinOnce(true)
                        .withTty(true)
                        .withCommand("sh", "-c", "while read line; do eval \"$line\"; done"));
        var out = new ByteArrayOutputStream();
        try (ExecWatch attached =
                pod("shell").redirectingInput().writingOutput(out).withTTY().attach()) {
            attached.resize(101, 33);
            attached.getInput().write("tty; stty size; echo $TERM\n".getBytes(StandardCharsets.UTF_8));
            attached.getInput().flush();
            patiently().until(() -> out.toString(StandardCharsets.UTF_8).contains("xterm"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("tty; stty size; echo \\$TERM\r\n/dev/pts/\\d+\r\n33 101\r\nxterm\r\n");
        try (ExecWatch again = pod("shell").redirectingInput().withTTY().attach()) {
            again.getInput().write("test -t 2 && exit 5\n".getBytes(StandardCharsets.UTF_8));
            again.getInput().flush();
            pod("shell").waitUntilCondition(PodDoorsTest::failed, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(pod("shell")
                        .get()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(5);
        assertThat(pod("shell").getLog()).isEqualTo(out + "test -t 2 && exit 5\r\n");
    }

    @Test
    void whoAttachesIsReadByTheContainersProgramAndItsEndIsTheInputs() throws Exception {
        start(
                "reader",
                container -> container
                        .withStdin(true)
                        .withStdinOnce(true)
                        .withCommand("sh", "-c", "while read line; do echo got $line; done; echo over"));
        var out = new ByteArrayOutputStream();
        try (ExecWatch attached =
                pod("reader").redirectingInput().writingOutput(out).attach()) {
            attached.getInput().write("a word\nanother\n".getBytes(StandardCharsets.UTF_8));
            attached.getInput().flush();
            patiently().until(() -> out.toString(StandardCharsets.UTF_8).contains("another"));
        }
        pod("reader").waitUntilCondition(PodDoorsTest::succeeded, PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("got a word\ngot another\n");
        assertThat(pod("reader").getLog()).isEqualTo("got a word\ngot another\nover\n");
    }

    @Test
    void aContainerWithInputForGoodReadsOneVisitorAfterTheOther() throws Exception {
        start(
                "reader",
                container ->
                        container.withStdin(true).withCommand("sh", "-c", "read one; read two; echo $one and $two"));
        for (String word : List.of("first\n", "second\n")) {
            try (ExecWatch attached = pod("reader").redirectingInput().attach()) {
                attached.getInput().write(word.getBytes(StandardCharsets.UTF_8));
                attached.getInput().flush();
            }
        }
        pod("reader").waitUntilCondition(PodDoorsTest::succeeded, PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(pod("reader").getLog()).isEqualTo("first and second\n");
    }

    private static boolean failed(@Nullable Pod pod) {
        return pod != null && "Failed".equals(pod.getStatus().getPhase());
    }

    private static boolean succeeded(@Nullable Pod pod) {
        return pod != null && "Succeeded".equals(pod.getStatus().getPhase());
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS));
    }

    @Test
    void aPortIsForwarded() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalPortForward forward = pod("p").portForward(server.getLocalPort())) {
            Thread.ofVirtual().start(() -> echo(server));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                socket.setSoTimeout((int) Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
                InputStream back = socket.getInputStream();
                assertThat(new String(back.readNBytes(6), StandardCharsets.UTF_8))
                        .isEqualTo("hello\n");
            }
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The test has ended.
            return;
        }
    }
}
