package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Server-side apply and owners of fields, as requests see them.
final class ServerSideApplyTest {
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String PI = JOBS + "/pi";

    private final TestServer server = new TestServer();

    private TestServer.Answer apply(String parameters, String spec) {
        return server.patch(APPLY, PI + "?" + parameters, TestServer.job("pi", spec));
    }

    private static String owners(TestServer.Answer answer) {
        return String.join(
                ", ",
                StreamSupport.stream(answer.json().at("/metadata/managedFields").spliterator(), false)
                        .map(e -> e.path("manager").asText() + " "
                                + e.path("operation").asText()
                                + (e.has("subresource")
                                        ? " " + e.path("subresource").asText()
                                        : ""))
                        .toList());
    }

    @Test
    void anApplyCreatesAndChanges() {
        TestServer.Answer made = apply("fieldManager=me", "'backoffLimit':2,".replace('\'', '"'));
        assertThat(made.code()).isEqualTo(201);
        assertThat(owners(made)).isEqualTo("me Apply");
        assertThat(made.json()
                        .at("/metadata/managedFields/0/fieldsV1/f:spec/f:backoffLimit")
                        .isObject())
                .isTrue();
        TestServer.Answer next = apply("fieldManager=me", "");
        assertThat(next.code()).isEqualTo(200);
        assertThat(next.at("/spec/backoffLimit")).isEqualTo("6");
        assertThat(apply("fieldManager=me", "").at("/metadata/resourceVersion"))
                .isEqualTo(next.at("/metadata/resourceVersion"));
    }

    @Test
    void yamlIsApplied() {
        TestServer.Answer made = server.patch(
                APPLY,
                "/api/v1/namespaces/default/configmaps/c?fieldManager=me",
                "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: 'yes'\n");
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.at("/metadata/name")).isEqualTo("c");
        assertThat(made.at("/data/a")).isEqualTo("yes");
    }

    @Test
    void whoWritesIsNamedByParameterOrUserAgent() {
        TestServer.Answer made = server.ask("POST", JOBS, TestServer.job("pi", ""))
                .with("user-agent", "tool/1.2 (linux)")
                .answer();
        assertThat(owners(made)).isEqualTo("tool Update");
        TestServer.Answer patched = server.patch(MERGE, PI + "?fieldManager=other", "{\"spec\":{\"suspend\":true}}");
        assertThat(owners(patched)).isEqualTo("other Update, tool Update");
        TestServer.Answer status =
                server.patch(MERGE, PI + "/status?fieldManager=other", "{\"status\":{\"terminating\":0}}");
        assertThat(owners(status)).isEqualTo("other Update, other Update status, tool Update");
    }

    @Test
    void aConflictIsToldInTheServersWords() {
        apply("fieldManager=a", "\"parallelism\":2,");
        TestServer.Answer one = apply("fieldManager=b", "\"parallelism\":3,");
        assertThat(one.code()).isEqualTo(409);
        assertThat(one.reason()).isEqualTo("Conflict");
        assertThat(one.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"a\": .spec.parallelism");
        assertThat(one.json().at("/details/causes").toString())
                .isEqualTo("[{\"field\":\".spec.parallelism\",\"message\":\"conflict with \\\"a\\\"\","
                        + "\"reason\":\"FieldManagerConflict\"}]");
        server.patch(MERGE, PI + "?fieldManager=c", "{\"spec\":{\"backoffLimit\":1}}");
        assertThat(apply("fieldManager=b", "\"parallelism\":3,\"backoffLimit\":2,")
                        .message())
                .isEqualTo("""
                    Apply failed with 2 conflicts: conflicts with "a":
                    - .spec.parallelism
                    conflicts with "c" using batch/v1:
                    - .spec.backoffLimit\
                    """);
        assertThat(apply("fieldManager=b&force=true", "\"parallelism\":3,").at("/spec/parallelism"))
                .isEqualTo("3");
    }

    @Test
    void whatCannotBeAppliedIsRefused() {
        assertThat(apply("force=true", "").message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                        + " apply patch");
        assertThat(server.patch(MERGE, PI + "?force=true", "{}").message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                        + " non-apply patch");
        assertThat(apply("fieldManager=" + "x".repeat(129), "").code()).isEqualTo(422);
        assertThat(apply("fieldManager=a%09b", "").message()).contains("should only contain printable characters");
        TestServer.Answer unknown = apply("fieldManager=a", "\"foo\":1,");
        assertThat(unknown.code()).isEqualTo(400);
        assertThat(unknown.message())
                .isEqualTo("failed to create typed patch object (default/pi; batch/v1, Kind=Job): .spec.foo: field not"
                        + " declared in schema");
        String named = TestServer.job("other", "");
        assertThat(server.patch(APPLY, PI + "?fieldManager=a", named).code()).isEqualTo(400);
        assertThat(server.patch(APPLY, PI + "?fieldManager=a", "[1]").code()).isEqualTo(400);
        assertThat(server.patch(APPLY, PI + "?fieldManager=a", "a: [").code()).isEqualTo(400);
        assertThat(server.patch(APPLY, PI + "/status?fieldManager=a", TestServer.job("pi", ""))
                        .code())
                .isEqualTo(404);
    }

    @Test
    void aDryRunAppliesNothing() {
        assertThat(apply("fieldManager=a&dryRun=All", "").code()).isEqualTo(201);
        assertThat(server.get(PI).code()).isEqualTo(404);
    }

    @Test
    void anUpdateMaySayWhoOwnsWhat() {
        JsonNode made = server.post(JOBS, TestServer.job("pi", "")).json();
        assertThat(server.put(PI, made.toString()).at("/metadata/resourceVersion"))
                .isEqualTo(made.at("/metadata/resourceVersion").asText());
        TestServer.Answer none = server.patch(MERGE, PI, "{\"metadata\":{\"managedFields\":[{}]}}");
        assertThat(none.json().at("/metadata").has("managedFields")).isFalse();
    }
}
