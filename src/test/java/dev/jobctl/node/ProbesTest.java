package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probes and hooks of real processes, against real sockets.
final class ProbesTest {
    private static final String IDLE = "trap 'exit 0' TERM; echo up; while :; do sleep 0.01; done";

    @TempDir
    Path home;

    private NodeBed bed;

    @BeforeEach
    void open() {
        bed = new NodeBed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    private static Pod with(Pod pod, Function<ContainerBuilder, ContainerBuilder> change) {
        var container = pod.getSpec().getContainers().getFirst();
        return new PodBuilder(pod)
                .editSpec()
                .withContainers(change.apply(new ContainerBuilder(container)).build())
                .endSpec()
                .build();
    }

    private static ProbeBuilder probe() {
        return new ProbeBuilder().withPeriodSeconds(1).withTimeoutSeconds(1).withFailureThreshold(1);
    }

    private static Probe command(String script) {
        return probe().withNewExec()
                .withCommand("/bin/sh", "-c", script)
                .endExec()
                .build();
    }

    @Test
    void aPodIsReadyWhenItsReadinessProbeSays() throws IOException {
        Pod pod = with(
                NodeBed.shell("readiness", IDLE),
                c -> c.withReadinessProbe(command("test -e " + home + "/ok || { echo not yet; exit 1; }")));
        bed.node.podChanged(pod);
        PodStatus running = bed.awaitRunning(pod);
        assertThat(NodeBed.main(running).getReady()).isFalse();
        assertThat(NodeBed.main(running).getStarted()).isTrue();
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.messages().contains("Unhealthy Readiness probe failed: not yet"));
        Files.createFile(home.resolve("ok"));
        bed.awaitStatus(
                pod, s -> s.getPhase().equals("Running") && NodeBed.main(s).getReady());
        Files.delete(home.resolve("ok"));
        await().atMost(NodeBed.PATIENCE)
                .until(() ->
                        !NodeBed.main(bed.reports.of("readiness").getLast()).getReady());
    }

    @Test
    void aFailedLivenessProbeRestartsTheContainer() {
        String trapping = IDLE.replace("echo up", "touch " + home + "/traps");
        Pod pod = new PodBuilder(with(
                        NodeBed.shell("liveness", trapping),
                        c -> c.withLivenessProbe(command("test ! -e " + home + "/traps"))))
                .editSpec()
                .withRestartPolicy("Always")
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus again = bed.awaitStatus(pod, s -> NodeBed.main(s).getRestartCount() == 1);
        assertThat(NodeBed.main(again).getLastState().getTerminated().getExitCode())
                .isZero();
        assertThat(bed.messages()).contains("Killing Container main failed liveness probe, will be restarted");
    }

    @Test
    void aProbeThatCannotBeAskedSaysNothing() {
        Pod pod = with(
                NodeBed.shell("unasked", IDLE),
                c -> c.withLivenessProbe(probe().withNewExec()
                        .withCommand("no-such-program")
                        .endExec()
                        .build()));
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() ->
                        bed.messages().split("Liveness probe errored and resulted in unknown state: ", -1).length > 2);
        assertThat(bed.messages()).contains("no-such-program").doesNotContain("Killing");
    }

    @Test
    void theOtherProbesWaitForTheStartupProbe() throws IOException {
        Pod pod = with(
                NodeBed.shell("startup", IDLE),
                c -> c.withStartupProbe(new ProbeBuilder(command("test -e " + home + "/up"))
                                .withFailureThreshold(100)
                                .build())
                        .withLivenessProbe(command("test -e " + home + "/up")));
        bed.node.podChanged(pod);
        PodStatus running = bed.awaitRunning(pod);
        assertThat(NodeBed.main(running).getStarted()).isFalse();
        assertThat(NodeBed.main(running).getReady()).isFalse();
        await().atMost(NodeBed.PATIENCE).until(() -> bed.messages().contains("Startup probe failed"));
        Files.createFile(home.resolve("up"));
        bed.awaitStatus(
                pod, s -> NodeBed.main(s).getStarted() && NodeBed.main(s).getReady());
        assertThat(bed.messages()).doesNotContain("liveness");
    }

    @Test
    void aCommandThatHangsTimesOut() {
        Pod pod = with(NodeBed.shell("hangs", IDLE), c -> c.withReadinessProbe(command("sleep 100")));
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.messages()
                        .contains("Readiness probe failed: command timed out: \"/bin/sh -c sleep 100\" timed out"
                                + " after 1s"));
    }

    /// Answers every connection with these bytes.
    private static ServerSocket server(byte[] answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[1024]);
                    socket.getOutputStream().write(answer);
                    socket.getOutputStream().flush();
                } catch (IOException e) { // the test closes the server
                    return;
                }
            }
        });
        return server;
    }

    private static byte[] http(int status) {
        return ("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Probe httpGet(int port) {
        return probe().withNewHttpGet()
                .withHost("127.0.0.1")
                .withPath("/healthz")
                .withPort(new IntOrString(port))
                .endHttpGet()
                .build();
    }

    @Test
    void httpAndTcpProbesAskTheNetwork() throws IOException {
        try (ServerSocket good = server(http(204));
                ServerSocket bad = server(http(503))) {
            Pod pod = with(
                    NodeBed.shell("network", IDLE),
                    c -> c.withReadinessProbe(httpGet(good.getLocalPort()))
                            .withStartupProbe(probe().withNewTcpSocket()
                                    .withHost("127.0.0.1")
                                    .withPort(new IntOrString(good.getLocalPort()))
                                    .endTcpSocket()
                                    .build()));
            bed.node.podChanged(pod);
            bed.awaitStatus(pod, s -> NodeBed.main(s).getReady());
            Pod ill = with(NodeBed.shell("ill", IDLE), c -> c.withReadinessProbe(httpGet(bad.getLocalPort())));
            bed.node.podChanged(ill);
            await().atMost(NodeBed.PATIENCE)
                    .until(() -> bed.messages().contains("HTTP probe failed with statuscode: 503"));
        }
        Pod closed = with(
                NodeBed.shell("closed", IDLE),
                c -> c.withReadinessProbe(probe().withNewTcpSocket()
                        .withPort(new IntOrString(1))
                        .endTcpSocket()
                        .build()));
        bed.node.podChanged(closed);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.messages().contains(":1: connect: connection refused"));
    }

    @Test
    void aRedirectToElsewhereIsSuccessWithAWarning() throws IOException {
        byte[] away = "HTTP/1.1 302 X\r\nLocation: http://elsewhere.example/\r\nConnection: close\r\n\r\nto the login"
                .getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket server = server(away)) {
            Pod pod = with(NodeBed.shell("away", IDLE), c -> c.withReadinessProbe(httpGet(server.getLocalPort())));
            bed.node.podChanged(pod);
            bed.awaitStatus(pod, s -> NodeBed.main(s).getReady());
            String text =
                    "ProbeWarning Readiness probe warning: Probe terminated redirects, Response body: to the login";
            await().atMost(NodeBed.PATIENCE)
                    .untilAsserted(() -> assertThat(bed.messages()).contains(text));
        }
    }

    /// Settings, then a data frame with the message `status: n`.
    private static byte[] grpc(int status) {
        return new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 8, (byte) status};
    }

    @Test
    void grpcProbesAskTheHealthService() throws IOException {
        try (ServerSocket serving = grpcServer(1);
                ServerSocket not = grpcServer(2)) {
            Pod pod = with(
                    NodeBed.shell("grpc", IDLE),
                    c -> c.withReadinessProbe(
                            probe().withNewGrpc(serving.getLocalPort(), "").build()));
            bed.node.podChanged(pod);
            bed.awaitStatus(pod, s -> NodeBed.main(s).getReady());
            Pod ill = with(
                    NodeBed.shell("grpcill", IDLE),
                    c -> c.withReadinessProbe(
                            probe().withNewGrpc(not.getLocalPort(), "it").build()));
            bed.node.podChanged(ill);
            await().atMost(NodeBed.PATIENCE)
                    .until(() -> bed.messages().contains("service unhealthy (responded with \"NOT_SERVING\")"));
        }
    }

    private static ServerSocket grpcServer(int status) throws IOException {
        ServerSocket server = new ServerSocket(0);
        byte[] answer = grpc(status);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[1024]);
                    socket.getOutputStream().write(answer);
                    socket.getInputStream().read(new byte[1024]);
                } catch (IOException e) { // the test closes the server
                    return;
                }
            }
        });
        return server;
    }

    @Test
    void hooksRunAfterTheStartAndBeforeTheEnd() {
        Pod pod = with(
                NodeBed.shell("hooks", IDLE),
                c -> c.withNewLifecycle()
                        .withNewPostStart()
                        .withNewExec()
                        .withCommand("/bin/sh", "-c", "sleep 0.2; echo post > %s/post".formatted(home))
                        .endExec()
                        .endPostStart()
                        .withNewPreStop()
                        .withNewExec()
                        .withCommand("/bin/sh", "-c", "echo pre > %s/pre".formatted(home))
                        .endExec()
                        .endPreStop()
                        .endLifecycle());
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        assertThat(home.resolve("post")).hasContent("post\n");
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
        assertThat(home.resolve("pre")).doesNotExist();
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(home.resolve("pre")).hasContent("pre\n");
    }

    @Test
    void aPreStopHookThatNeverEndsLeavesTimeForSigterm() {
        Pod pod = with(
                NodeBed.shell("longhook", IDLE),
                c -> c.withNewLifecycle()
                        .withNewPreStop()
                        .withNewExec()
                        .withCommand("sleep", "1000")
                        .endExec()
                        .endPreStop()
                        .endLifecycle());
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE).until(() -> bed.log(pod).contains("up"));
        bed.node.podChanged(NodeBed.deleted(pod, 1));
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getExitCode())
                .isZero();
    }

    @Test
    void aFailedPostStartHookEndsTheContainer() {
        Pod pod = with(
                NodeBed.shell("badhook", "sleep 1000"),
                c -> c.withNewLifecycle()
                        .withNewPostStart()
                        .withNewExec()
                        .withCommand("false")
                        .endExec()
                        .endPostStart()
                        .endLifecycle());
        assertThat(bed.run(pod).getPhase()).isEqualTo("Failed");
        assertThat(bed.messages()).contains("FailedPostStartHook PostStartHook failed");
    }

    @Test
    void aSidecarIsStoppedAfterTheContainers() {
        Pod pod = new PodBuilder(NodeBed.shell("sidecar", "echo main; sleep 0.2"))
                .editSpec()
                .addToInitContainers(new ContainerBuilder()
                        .withName("side")
                        .withRestartPolicy("Always")
                        .withCommand(
                                "/bin/sh",
                                "-c",
                                "trap 'echo stopped; exit 0' TERM; echo begun; while :; do sleep 0.01; done")
                        .withStartupProbe(command("grep begun " + bedLog("sidecar", "side")))
                        .build())
                .endSpec()
                .build();
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod, "side", 0)).isEqualTo("begun\nstopped\n");
    }

    private String bedLog(String pod, String container) {
        return home.resolve("pods/default_%s_uid-%s/%s/0.log".formatted(pod, pod, container))
                .toString();
    }
}
