package dev.jobctl.plane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Into running pods, with a client that nobody here wrote.
class PodDoorsTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path home;

    private @Nullable Plane plane;
    private @Nullable KubernetesClient client;

    @BeforeEach
    void open() throws IOException {
        plane = Plane.open(new PlaneOptions(home, Map.of("PATH", "/usr/bin:/bin"), "test", "", true), Log.none());
        Config config = Config.fromKubeconfig(Files.readString(home.resolve("kubeconfig")));
        client = new KubernetesClientBuilder().withConfig(config).build();
        client().resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("p")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .withTerminationGracePeriodSeconds(0L)
                        .addNewContainer()
                        .withName("c")
                        .withImage("i")
                        .withCommand("sleep", "600")
                        .addNewEnv()
                        .withName("COLOUR")
                        .withValue("blue")
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client().pods()
                .inNamespace("default")
                .withName("p")
                .waitUntilCondition(PodDoorsTest::runs, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean runs(@Nullable Pod pod) {
        return pod != null
                && pod.getStatus().getContainerStatuses().stream().anyMatch(one -> Boolean.TRUE.equals(one.getReady()));
    }

    @AfterEach
    void close() {
        client().close();
        Objects.requireNonNull(plane).close(false);
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(client);
    }

    @Test
    void aCommandHasTheContainersEnvironmentAndItsOutputsAreApart() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (ExecWatch exec = client().pods()
                .inNamespace("default")
                .withName("p")
                .writingOutput(out)
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
        try (ExecWatch exec = client().pods()
                .inNamespace("default")
                .withName("p")
                .redirectingInput()
                .writingOutput(out)
                .exec("sh", "-c", "read line; echo got $line")) {
            exec.getInput().write("a word\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
        }
        assertThat(out).hasToString("got a word\n");
    }

    @Test
    void aTerminalIsOneAndHasTheSizeThatItIsGiven() throws Exception {
        var out = new ByteArrayOutputStream();
        try (ExecWatch exec = client().pods()
                .inNamespace("default")
                .withName("p")
                .redirectingInput()
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
        try (ExecWatch exec = client().pods()
                .inNamespace("default")
                .withName("p")
                .redirectingOutput()
                .exec("no-such-command")) {
            assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotZero();
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalPortForward forward =
                        client().pods().inNamespace("default").withName("p").portForward(server.getLocalPort())) {
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
