package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer.Answer;
import java.util.Map;
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
    void theOlderProtocolsAreRefused() {
        Answer answer = over(EXEC, "v3.channel.k8s.io, v2.channel.k8s.io, channel.k8s.io");
        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.message()).contains("unable to negotiate protocol").contains("v5.channel.k8s.io");
        assertThat(over(EXEC, "").code()).isEqualTo(400);
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
