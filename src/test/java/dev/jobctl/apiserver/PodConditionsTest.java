package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Conditions that clients write into a pod's status.
class PodConditionsTest {
    private static final String STATUS = TestServer.PODS + "/p/status";

    private final TestServer server = new TestServer();

    private TestServer.Answer give(String conditions) {
        return server.patch(
                "application/merge-patch+json", STATUS, "{\"status\":{\"conditions\":[%s]}}".formatted(conditions));
    }

    @Test
    void oneWithoutATypeIsRefused() {
        server.post(TestServer.PODS, TestServer.pod("p"));
        TestServer.Answer refused = give("{\"type\":\"Ready\",\"status\":\"True\"},{\"status\":\"True\"}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .startsWith("Pod \"p\" is invalid: [metadata.conditions[1].Type: Invalid value: \"\": name part must be"
                        + " non-empty");
        assertThat(give("{\"type\":\"example.com/gate\",\"status\":\"True\"}").code())
                .isEqualTo(200);
        assertThat(give("{\"type\":\"example.com/gate\"}").code()).isEqualTo(200);
    }
}
