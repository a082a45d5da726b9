package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static dev.jobctl.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the API refuses: code, reason and message of each.
final class RefusalsTest {
    private final TestServer server = new TestServer();

    private record Row(String method, String target, String body, int code, String reason, String message) {}

    @BeforeEach
    void storeOneJobAndOnePod() {
        server.post(JOBS, TestServer.job("pi", ""));
        server.post(PODS, TestServer.pod("p"));
    }

    @Test
    void theNodesPortsOfAServiceFitItsTypeAndTheRange() {
        Map<String, String> refusals = Map.of(
                "\"type\":\"ClusterIP\",\"ports\":[{\"port\":80,\"nodePort\":30080}]",
                "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                "\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":80}]",
                "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid"
                        + " ports is 30000-32767",
                "\"type\":\"LoadBalancer\",\"ports\":[{\"name\":\"a\",\"port\":80,\"nodePort\":30080},"
                        + "{\"name\":\"b\",\"port\":81,\"nodePort\":30080}]",
                "spec.ports[1].nodePort: Duplicate value: 30080");
        refusals.forEach((spec, why) -> {
            TestServer.Answer answer = server.post(
                    "/api/v1/namespaces/default/services",
                    "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"},\"spec\":{" + spec
                            + "}}");
            assertThat(answer.code()).isEqualTo(422);
            assertThat(answer.message()).contains(why);
        });
    }

    @Test
    void aClaimIsHeldToTheBoundsOfItsNamespace() {
        String core = "/api/v1/namespaces/default/";
        String claim =
                "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"c\"},\"spec\":"
                        + "{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}";
        server.post(
                core + "limitranges",
                "{\"apiVersion\":\"v1\",\"kind\":\"LimitRange\",\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":"
                        + "[{\"type\":\"PersistentVolumeClaim\",\"max\":{\"storage\":\"2Gi\"}}]}}");
        String why =
                "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 2Gi,"
                        + " but request is 3Gi";
        TestServer.Answer created = server.post(core + "persistentvolumeclaims", claim.formatted("3Gi"));
        assertThat(created.code()).isEqualTo(403);
        assertThat(created.message()).isEqualTo(why);
        assertThat(server.post(core + "persistentvolumeclaims", claim.formatted("1Gi"))
                        .code())
                .isEqualTo(201);
        String larger = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"3Gi\"}}}}";
        TestServer.Answer changed =
                server.patch("application/merge-patch+json", core + "persistentvolumeclaims/c", larger);
        assertThat(changed.message()).isEqualTo(why);
    }

    @Test
    void everyRefusalHasItsCodeReasonAndMessage() {
        String job = TestServer.job("pi", "");
        List<Row> rows = List.of(
                new Row("GET", "/nothing", "", 404, "NotFound", "the server could not find the requested resource"),
                new Row("GET", "/apis/batch/v2/jobs", "", 404, "NotFound", noResource()),
                new Row("GET", "/apis/batch/v1/namespaces/default/cows", "", 404, "NotFound", noResource()),
                new Row("GET", "/apis/example.com/v1/widgets", "", 404, "NotFound", noResource()),
                new Row("GET", JOBS + "/pi/scale", "", 404, "NotFound", noResource()),
                new Row("GET", JOBS + "/pi/status/more", "", 404, "NotFound", noResource()),
                new Row("GET", "/apis/batch/v1/jobs/pi", "", 404, "NotFound", noResource()),
                new Row("GET", JOBS + "/none", "", 404, "NotFound", "jobs.batch \"none\" not found"),
                new Row("GET", PODS + "/none", "", 404, "NotFound", "pods \"none\" not found"),
                new Row("DELETE", JOBS + "/none", "", 404, "NotFound", "jobs.batch \"none\" not found"),
                new Row(
                        "PUT",
                        JOBS + "/none",
                        TestServer.job("none", ""),
                        404,
                        "NotFound",
                        "jobs.batch \"none\" not found"),
                new Row("POST", JOBS + "/pi", job, 405, "MethodNotAllowed", notAllowed()),
                new Row("PUT", JOBS, job, 405, "MethodNotAllowed", notAllowed()),
                new Row("POST", "/apis/batch/v1/jobs", job, 405, "MethodNotAllowed", notAllowed()),
                new Row("DELETE", "/api/v1/namespaces", "", 405, "MethodNotAllowed", notAllowed()),
                new Row("DELETE", "/api/v1/namespaces/default", "", 403, "Forbidden", immortal("default")),
                new Row("DELETE", "/api/v1/namespaces/default?dryRun=All", "", 403, "Forbidden", immortal("default")),
                new Row("BREW", JOBS, job, 405, "MethodNotAllowed", notAllowed()),
                new Row("POST", "/version", "", 405, "MethodNotAllowed", notAllowed()),
                new Row("POST", JOBS, job, 409, "AlreadyExists", "jobs.batch \"pi\" already exists"),
                new Row(
                        "GET",
                        JOBS + "?fieldSelector=spec.foo=1",
                        "",
                        400,
                        "BadRequest",
                        "field label \"spec.foo\" not supported for batchv1.Job"),
                new Row(
                        "PUT",
                        JOBS + "/other",
                        job,
                        400,
                        "BadRequest",
                        "the name of the object (pi) does not match the name on the URL (other)"),
                new Row(
                        "POST",
                        "/apis/batch/v1/namespaces/other/jobs",
                        job.replace("\"name\":\"pi\"", "\"name\":\"pi\",\"namespace\":\"default\""),
                        400,
                        "BadRequest",
                        "the namespace of the provided object does not match the namespace sent on the request"),
                new Row(
                        "POST",
                        JOBS,
                        job.replace("batch/v1", "batch/v1beta1"),
                        400,
                        "BadRequest",
                        "the API version in the data (batch/v1beta1) does not match the expected API version"
                                + " (batch/v1)"),
                new Row(
                        "POST",
                        JOBS + "?dryRun=some",
                        job,
                        422,
                        "Invalid",
                        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"some\": supported"
                                + " values: \"All\""),
                new Row(
                        "POST",
                        JOBS + "?fieldValidation=maybe",
                        job,
                        422,
                        "Invalid",
                        "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"maybe\":"
                                + " supported values: \"Ignore\", \"Strict\", \"Warn\""),
                new Row(
                        "POST",
                        JOBS + "?fieldValidation=Strict",
                        TestServer.job("x", "\"foo\":1,"),
                        400,
                        "BadRequest",
                        "Job in version \"v1\" cannot be handled as a Job: strict decoding error: unknown field"
                                + " \"spec.foo\""),
                new Row(
                        "GET",
                        JOBS + "?limit=x",
                        "",
                        400,
                        "BadRequest",
                        "strconv.ParseInt: parsing \"x\": invalid syntax"),
                new Row(
                        "GET",
                        JOBS + "?resourceVersionMatch=Exact",
                        "",
                        422,
                        "Invalid",
                        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch"
                                + " is forbidden unless resourceVersion is provided"),
                new Row(
                        "GET",
                        JOBS + "?resourceVersion=1000000",
                        "",
                        504,
                        "Timeout",
                        "Timeout: Too large resource version: 1000000, current: 3"),
                new Row(
                        "GET",
                        JOBS + "?resourceVersion=1&resourceVersionMatch=Exact",
                        "",
                        410,
                        "Expired",
                        "The resourceVersion for the provided list is too old."),
                new Row(
                        "DELETE",
                        JOBS + "/pi",
                        "{\"preconditions\":{\"uid\":\"x\"},\"propagationPolicy\":\"Background\"}",
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on jobs.batch \"pi\": Precondition failed: UID in precondition:"
                                + " x, UID in object meta: " + uid()),
                new Row(
                        "DELETE",
                        JOBS + "/pi?propagationPolicy=Never",
                        "",
                        422,
                        "Invalid",
                        "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Never\":"
                                + " supported values: \"Background\", \"Foreground\", \"Orphan\", \"nil\""));
        for (Row row : rows) {
            TestServer.Answer answer =
                    server.ask(row.method(), row.target(), row.body()).answer();
            assertThat(List.of(answer.code(), answer.reason(), answer.message(), answer.at("/code")))
                    .as("%s %s", row.method(), row.target())
                    .isEqualTo(List.of(row.code(), row.reason(), row.message(), Integer.toString(row.code())));
            assertThat(answer.at("/kind") + answer.at("/status")).isEqualTo("StatusFailure");
        }
    }

    private static String immortal(String namespace) {
        return "namespaces \"" + namespace + "\" is forbidden: this namespace may not be deleted";
    }

    @Test
    void notFoundNamesTheObjectInItsDetails() {
        TestServer.Answer answer = server.get(JOBS + "/none");
        assertThat(answer.json().path("details"))
                .isEqualTo(Json.tree(Map.of("group", "batch", "kind", "jobs", "name", "none")));
    }

    @Test
    void strangersAreRefused() {
        assertThat(server.ask("GET", JOBS, "").without("authorization").answer().code())
                .isEqualTo(401);
        TestServer.Answer answer = server.ask("GET", JOBS, "")
                .with("authorization", "Bearer guess")
                .answer();
        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.message()).isEqualTo("Unauthorized");
        assertThat(server.ask("GET", "/healthz", "")
                        .without("authorization")
                        .answer()
                        .body())
                .isEqualTo("ok");
    }

    @Test
    void bodiesThatAreNoObjectAreRefused() {
        for (String body : List.of("", "{", "[]", "1", "null", "\"x\"", "{\"spec\":[]}", "[".repeat(5000))) {
            TestServer.Answer answer = server.post(JOBS, body);
            assertThat(answer.code()).as(body).isIn(400, 422);
            assertThat(answer.message()).as(body).isNotEmpty();
        }
    }

    @Test
    void aBodyOverThreeMegabytesIsTooLarge() {
        TestServer.Answer answer = server.post(JOBS, " ".repeat(Bodies.MAX_BYTES + 1));
        assertThat(answer.code()).isEqualTo(413);
        assertThat(answer.message()).isEqualTo("Request entity too large: limit is 3145728");
    }

    @Test
    void unknownContentTypesAreRefused() {
        TestServer.Answer answer = server.ask("POST", JOBS, "x")
                .with("content-type", "application/xml")
                .answer();
        assertThat(answer.code()).isEqualTo(415);
        assertThat(server.patch("application/json", JOBS + "/pi", "{}").code()).isEqualTo(415);
    }

    @Test
    void formsThatNobodyHasAreNotAcceptable() {
        TestServer.Answer answer =
                server.ask("GET", JOBS, "").with("accept", "text/html").answer();
        assertThat(answer.code()).isEqualTo(406);
        assertThat(answer.reason()).isEqualTo("NotAcceptable");
    }

    private String uid() {
        return server.get(JOBS + "/pi").at("/metadata/uid");
    }

    private static String noResource() {
        return "the server could not find the requested resource";
    }

    private static String notAllowed() {
        return "the server does not allow this method on the requested resource";
    }
}
