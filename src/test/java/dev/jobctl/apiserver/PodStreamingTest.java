package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which requests for a conversation are refused, and how.
class PodStreamingTest {
    private static final String EXEC = TestServer.PODS + "/p/exec?command=true&stdout=true";
    private final TestServer server = new TestServer();

    @BeforeEach
    void aPodRuns() {
        server.post(TestServer.PODS, TestServer.pod("p"));
        status("Running", "\"running\":{}");
    }

    private void status(String phase, String state) {
        String status = """
            {"metadata":{"name":"p"},"status":{"phase":"%s","containerStatuses":[{"name":"c","state":{%s}}]}}\
            """.formatted(phase, state);
        assertThat(server.patch("application/merge-patch+json", TestServer.PODS + "/p/status", status)
                        .code())
                .isEqualTo(200);
    }

    private Answer ask(String target, Map<String, String> headers) {
        TestServer.Asking asking = server.ask("GET", target, "");
        headers.forEach(asking::with);
        return asking.answer();
    }

    private Answer over(String target, String protocols) {
        return ask(target, Map.of("upgrade", "websocket", "sec-websocket-protocol", protocols));
    }

    @Test
    void theNewerProtocolsAreSpoken() {
        assertThat(over(EXEC, "v5.channel.k8s.io").code()).isEqualTo(101);
        assertThat(over(EXEC, "v3.channel.k8s.io, v4.channel.k8s.io").code()).isEqualTo(101);
        assertThat(over(TestServer.PODS + "/p/portforward", "SPDY/3.1+portforward.k8s.io")
                        .code())
                .isEqualTo(101);
    }

    @Test
    void theFirstProtocolIsSpokenByWhoNamesNone() {
        for (String target : List.of(EXEC, TestServer.PODS + "/p/portforward?ports=80")) {
            assertThat(over(target, "").code()).isEqualTo(101);
            assertThat(ask(target, Map.of("upgrade", "websocket")).code()).isEqualTo(101);
            assertThat(over(target, "v4.base64.channel.k8s.io").code()).isEqualTo(101);
        }
        assertThat(over(EXEC, "channel.k8s.io").code()).isEqualTo(101);
        assertThat(over(EXEC, "base64.channel.k8s.io").code()).isEqualTo(101);
    }

    @Test
    void theFirstProtocolIsToldErrorsOnlyAndInPlainText() throws Exception {
        assertThat(told("v4.channel.k8s.io", 0)).containsExactly("\u0003{\"metadata\":{},\"status\":\"Success\"}");
        for (String protocol : List.of("", "channel.k8s.io", "base64.channel.k8s.io")) {
            assertThat(told(protocol, 0)).isEmpty();
            assertThat(told(protocol, 7))
                    .containsExactly("\u0003command terminated with non-zero exit code: exit status 7");
        }
    }

    /// What comes of a command's end.
    private static List<String> told(String protocol, int code) throws InterruptedException {
        List<String> sent = new ArrayList<>();
        CommandTalk.tell(
                new ApiResponse.Line() {
                    @Override
                    public String protocol() {
                        return protocol;
                    }

                    @Override
                    public byte @Nullable [] receive() {
                        return null;
                    }

                    @Override
                    public void send(byte[] message) {
                        sent.add(new String(message, StandardCharsets.UTF_8));
                    }

                    @Override
                    public boolean closed() {
                        return false;
                    }

                    @Override
                    public void onClose(Runnable action) {}

                    @Override
                    public void close() {}
                },
                CommandTalk.outcome(code));
        return sent;
    }

    @Test
    void theProtocolsBetweenAreRefused() {
        Answer answer = over(EXEC, "v3.channel.k8s.io, v2.channel.k8s.io");
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).contains("unable to negotiate protocol").contains("v5.channel.k8s.io");
        assertThat(over(TestServer.PODS + "/p/portforward", "v5.channel.k8s.io").code())
                .isEqualTo(400);
    }

    @Test
    void spdyIsRefusedWithWhatToDo() {
        Answer answer = ask(EXEC, Map.of("upgrade", "SPDY/3.1"));
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).contains("does not speak SPDY/3.1").contains("use kubectl 1.31 or newer");
        assertThat(ask(EXEC, Map.of()).message()).isEqualTo("Upgrade request required");
    }

    @Test
    void whatDoesNotRunIsNamed() {
        assertThat(over(EXEC + "&container=d", "v5.channel.k8s.io").message())
                .isEqualTo("container d is not valid for pod p");
        assertThat(over(TestServer.PODS + "/q/exec?command=true", "v5.channel.k8s.io")
                        .code())
                .isEqualTo(404);
        assertThat(over(TestServer.PODS + "/p/exec?stdout=true", "v5.channel.k8s.io")
                        .message())
                .isEqualTo("you must specify at least 1 command for the container");
        status("Running", "\"waiting\":{\"reason\":\"ContainerCreating\"}");
        assertThat(over(EXEC, "v5.channel.k8s.io").message())
                .isEqualTo("unable to upgrade connection: container not found (\"c\")");
        status("Succeeded", "\"terminated\":{\"exitCode\":0}");
        assertThat(over(EXEC, "v5.channel.k8s.io").message())
                .isEqualTo("cannot exec into a container in a completed pod; current phase is Succeeded");
        assertThat(over(TestServer.PODS + "/p/portforward", "v4.channel.k8s.io").message())
                .isEqualTo("unable to forward port because pod is not running. Current status=Succeeded");
    }

    @Test
    void onlyContainersWithInputTakeInput() {
        assertThat(over(TestServer.PODS + "/p/attach?stdin=true&stdout=true", "v5.channel.k8s.io")
                        .message())
                .startsWith("container c of pod p takes no input");
    }
}
