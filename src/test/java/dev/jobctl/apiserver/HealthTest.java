package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What monitors ask: health, metrics, and what is left out on purpose.
final class HealthTest {
    private final TestServer server = new TestServer();

    @Test
    void eachEndpointSaysOk() {
        for (String endpoint : new String[] {"/healthz", "/livez", "/readyz", "/livez/ping", "/readyz/store"}) {
            assertThat(server.get(endpoint).body()).as(endpoint).isEqualTo("ok");
        }
        assertThat(server.get("/healthz/nothing").code()).isEqualTo(404);
        assertThat(server.ask("GET", "/readyz", "")
                        .without("authorization")
                        .answer()
                        .code())
                .isEqualTo(200);
    }

    @Test
    void verboseTellsEachCheck() {
        assertThat(server.get("/readyz?verbose=").body())
                .isEqualTo("[+]ping ok\n[+]store ok\n[+]namespaces ok\nreadyz check passed\n");
        assertThat(server.get("/livez?verbose=1&exclude=store").body()).contains("[+]store excluded: ok\n");
        assertThat(server.get("/livez?verbose=1&exclude=cow").body())
                .contains("warn: some health checks cannot be excluded: no matches for \"cow\"\n");
    }

    @Test
    void requestsAreCountedByVerbResourceAndCode() {
        server.get(JOBS);
        server.get(JOBS + "/none");
        server.get("/some/strange/path");
        String text = server.get("/metrics").body();
        assertThat(text.lines())
                .contains("apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\",group=\"batch\","
                        + "resource=\"jobs\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\"} 1")
                .contains("apiserver_request_total{code=\"404\",component=\"apiserver\",dry_run=\"\",group=\"batch\","
                        + "resource=\"jobs\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"} 1");
        assertThat(text).contains("apiserver_request_duration_seconds_bucket{", ",le=\"+Inf\"} 1\n");
        assertThat(text).doesNotContain("strange");
    }

    @Test
    void customResourcesAreLeftOutAndTheServerSaysSo() {
        TestServer.Answer answer = server.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.message()).contains("custom resources are not served here");
        assertThat(server.get("/apis/example.com/v1/cows").message())
                .isEqualTo("the server could not find the requested resource");
    }
}
