package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What no well-meaning client sends: each is the client's fault and said to be, at once, and nothing is stored.
@Timeout(20)
final class BadInputTest {
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String PI = JOBS + "/pi?fieldManager=me";
    private static final String DEEP = "[".repeat(100_000);
    private static final String DEEP_OBJECT = "{\"a\":".repeat(100_000);

    private final TestServer server = new TestServer();

    /// A request, and which code it must get; 0 for any from 400 to 499.
    private record Case(String method, String target, String type, String body, int code) {}

    private static Case of(String method, String target, String type, String body) {
        return new Case(method, target, type, body, 0);
    }

    private void check(List<Case> cases) {
        server.post(JOBS, TestServer.job("pi", ""));
        long before = server.backend.snapshot().revision();
        for (Case each : cases) {
            TestServer.Answer answer = server.ask(each.method(), each.target(), each.body())
                    .with("content-type", each.type())
                    .answer();
            String what = each.method() + " " + abbreviated(each.target()) + " " + abbreviated(each.body()) + " -> "
                    + abbreviated(answer.body());
            if (each.code() == 0) {
                assertThat(answer.code()).as(what).isBetween(400, 499);
            } else {
                assertThat(answer.code()).as(what).isEqualTo(each.code());
            }
            assertThat(answer.at("/kind")).as(what).isEqualTo("Status");
            assertThat(answer.body().length())
                    .as(what)
                    .isLessThan(20_000 + 2 * each.target().length());
        }
        assertThat(server.backend.snapshot().revision()).isEqualTo(before);
    }

    private static String abbreviated(String text) {
        return text.length() < 200 ? text : text.substring(0, 200) + "...";
    }

    @Test
    void depthBombsAreRefused() {
        String spec = "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":";
        check(List.of(
                of("POST", JOBS, "application/json", DEEP),
                of("POST", JOBS, "application/json", DEEP_OBJECT),
                of("POST", JOBS, "application/json", spec + DEEP_OBJECT),
                of("POST", JOBS, "application/yaml", DEEP),
                of("POST", JOBS, "application/yaml", "- ".repeat(100_000)),
                of("PATCH", PI, MERGE, DEEP_OBJECT),
                of("PATCH", PI, STRATEGIC, DEEP_OBJECT),
                of("PATCH", PI, JSON_PATCH, DEEP),
                of("PATCH", PI, JSON_PATCH, "[{\"op\":\"add\",\"path\":\"/spec\",\"value\":" + DEEP),
                of("PATCH", PI, APPLY, DEEP),
                of("PATCH", PI, APPLY, DEEP_OBJECT),
                of("DELETE", PI, "application/json", DEEP_OBJECT)));
    }

    @Test
    void manyInOneAreRefused() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c < 'j'; c++) {
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(("*" + (char) (c - 1) + ",").repeat(10))
                    .append("]\n");
        }
        String copies = "{\"op\":\"copy\",\"from\":\"/spec\",\"path\":\"/spec/x\"},".repeat(200);
        String operations = "{\"op\":\"remove\",\"path\":\"/x\"},".repeat(10_001);
        check(List.of(
                of("POST", JOBS, "application/yaml", bomb.toString()),
                of("PATCH", PI, APPLY, bomb.toString()),
                of("PATCH", PI, JSON_PATCH, "[" + copies.substring(0, copies.length() - 1) + "]"),
                new Case("PATCH", PI, JSON_PATCH, "[" + operations.substring(0, operations.length() - 1) + "]", 413),
                of("POST", JOBS, "application/json", TestServer.job("x", "\"foo\":1,".repeat(50_000)) + "]")));
    }

    @Test
    void malformedBodiesAndPatchesAreRefused() {
        check(List.of(
                of("POST", JOBS, "application/json", "{\"spec\":{}"),
                of("POST", JOBS, "application/json", "\uFEFFnonsense"),
                of("POST", JOBS, "application/json", "{\"metadata\":{\"labels\":{\"a\":{}}}}"),
                of("POST", JOBS, "application/yaml", "a: b: c"),
                of("POST", JOBS, "application/yaml", "--- \n---\n"),
                of("POST", JOBS, PROTOBUF, "k8s"),
                of("POST", JOBS, PROTOBUF, "k8s\0\uFFFF\uFFFF"),
                of("PUT", JOBS + "/pi", "application/json", "null"),
                of("PATCH", PI, MERGE, "[]"),
                of("PATCH", PI, MERGE, "{\"spec\":7}"),
                of("PATCH", PI, MERGE, ""),
                of("PATCH", PI, STRATEGIC, "{\"spec\":{\"$patch\":\"cow\"}}"),
                of("PATCH", PI, STRATEGIC, "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}}}"),
                of("PATCH", PI, STRATEGIC, "{\"$setElementOrder/x\":7}"),
                of("PATCH", PI, STRATEGIC, "{\"metadata\":{\"$retainKeys\":7}}"),
                of("PATCH", PI, JSON_PATCH, "[7]"),
                of("PATCH", PI, JSON_PATCH, "[{\"op\":\"cow\",\"path\":\"/x\"}]"),
                of("PATCH", PI, JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/spec/none\"}]"),
                of(
                        "PATCH",
                        PI,
                        APPLY,
                        "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"spec\":{\"parallelism\":\"x\"}}"),
                of("PATCH", PI, APPLY, "{\"apiVersion\":\"batch/v2\",\"kind\":\"Job\"}"),
                of(
                        "PATCH",
                        PI,
                        APPLY,
                        "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":"
                                + "{\"managedFields\":[{\"manager\":\"x\"}]}}"),
                of("DELETE", PI, "application/json", "{\"propagationPolicy\":\"Never\"}"),
                of("DELETE", PI, "application/json", "{\"gracePeriodSeconds\":\"soon\"}")));
    }

    @Test
    void wrongContentTypesAreRefused() {
        String job = TestServer.job("x", "");
        check(List.of(
                new Case("POST", JOBS, "text/html", job, 415),
                new Case("POST", JOBS, "application/json;;;=", job.substring(1), 400),
                new Case("POST", JOBS, "multipart/form-data; boundary=x", job, 415),
                new Case("PATCH", PI, "application/json", "{}", 415),
                new Case("PATCH", PI, "", "{}", 415),
                new Case("PATCH", PI, "application/apply-patch+cbor", "{}", 415)));
    }

    @Test
    void absurdPathsAreRefused() {
        String long1 = "x".repeat(20_000);
        check(List.of(
                of("GET", "/" + long1, "", ""),
                of("GET", "/" + "a/".repeat(10_000), "", ""),
                of("GET", "/api/v1/../../etc/passwd", "", ""),
                of("GET", "/api/v1/namespaces/default/pods/../secrets", "", ""),
                of("GET", JOBS + "/" + long1, "", ""),
                of("GET", JOBS + "/a\0b", "", ""),
                of("GET", JOBS + "/pi/status/more", "", ""),
                of("GET", JOBS + "/pi/nothing", "", ""),
                of("GET", "/apis/batch/v1/namespaces//jobs/pi", "", ""),
                of("POST", JOBS + "/pi", "application/json", "{}"),
                of("COW", JOBS, "", ""),
                of("DELETE", "/apis/batch/v1/jobs", "", ""),
                of("PUT", JOBS, "application/json", "{}")));
    }

    @Test
    void absurdQueriesAreRefused() {
        check(List.of(
                of("GET", JOBS + "?labelSelector=%zz".replace("%zz", "((("), "", ""),
                of("GET", JOBS + "?labelSelector=" + "a in (".repeat(1000), "", ""),
                of("GET", JOBS + "?labelSelector=" + "a,".repeat(10_000) + "=", "", ""),
                of("GET", JOBS + "?fieldSelector=" + "a=b,".repeat(10_000), "", ""),
                of("GET", JOBS + "?limit=99999999999999999999", "", ""),
                of("GET", JOBS + "?limit=-1", "", ""),
                of("GET", JOBS + "?continue=" + "A".repeat(10_000), "", ""),
                of("GET", JOBS + "?resourceVersion=-5", "", ""),
                of("GET", JOBS + "?resourceVersion=cow", "", ""),
                of("GET", JOBS + "?watch=true&timeoutSeconds=soon", "", ""),
                of("GET", JOBS + "?watch=true&resourceVersionMatch=Exact", "", ""),
                of("POST", JOBS + "?dryRun=Some", "application/json", TestServer.job("x", "")),
                of("POST", JOBS + "?fieldValidation=Never", "application/json", TestServer.job("x", "")),
                of("POST", JOBS + "?fieldManager=" + "m".repeat(500), "application/json", TestServer.job("x", "")),
                of("PATCH", PI + "&force=true", MERGE, "{}")));
    }

    @Test
    void protobufBombsAreRefused() {
        byte[] nested = new byte[3_000];
        for (int i = 0; i < nested.length; i++) {
            nested[i] = (byte) 0x0B;
        }
        byte[] body = new byte[nested.length + 4];
        System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, body, 0, 4);
        System.arraycopy(nested, 0, body, 4, nested.length);
        TestServer.Answer answer = server.ask("POST", JOBS, "")
                .body(body)
                .with("content-type", PROTOBUF)
                .answer();
        assertThat(answer.code()).isEqualTo(400);
    }

    @Test
    void foreignAndBrokenTokensAreRefused() {
        Map<String, String> tokens = Map.of(
                "none", "",
                "other scheme", "Basic c2VjcmV0",
                "foreign", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2ln",
                "long", "Bearer " + "x".repeat(50_000),
                "control", "Bearer \u0001\u0002",
                "nearly", "Bearer " + TestServer.TOKEN + "x");
        tokens.forEach((what, header) -> {
            TestServer.Answer answer =
                    server.ask("GET", JOBS, "").with("authorization", header).answer();
            assertThat(answer.code()).as(what).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
        });
    }

    @Test
    void ownersThatNobodyCouldHaveWrittenAreForgotten() {
        server.post(JOBS, TestServer.job("pi", ""));
        String deep = "{\"f:a\":".repeat(500) + "{}" + "}".repeat(500);
        String entry =
                "{\"manager\":\"x\",\"operation\":\"Update\",\"apiVersion\":\"batch/v1\",\"fieldsType\":\"FieldsV1\","
                        + "\"fieldsV1\":" + deep + "}";
        TestServer.Answer answer =
                server.patch(MERGE, JOBS + "/pi", "{\"metadata\":{\"managedFields\":[" + entry + "]}}");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(5_000);
    }
}
