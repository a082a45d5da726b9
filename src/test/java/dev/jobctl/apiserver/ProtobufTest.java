package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.jobctl.apiserver.protobuf.ProtobufBody;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Batch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Bodies as Go programs send them, and the JSON that they mean.
final class ProtobufTest {
    @Test
    void aJobMeansTheSameAsInJson() throws Exception {
        V1Batch.Job job = V1Batch.Job.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("pi")
                        .setGenerateName("")
                        .setGeneration(0)
                        .setCreationTimestamp(Meta.Time.getDefaultInstance())
                        .putLabels("a", "b"))
                .setSpec(V1Batch.JobSpec.newBuilder()
                        .setParallelism(0)
                        .setSuspend(false)
                        .setTemplate(V1.PodTemplateSpec.newBuilder()
                                .setSpec(V1.PodSpec.newBuilder()
                                        .setRestartPolicy("Never")
                                        .setHostNetwork(false)
                                        .addContainers(container())
                                        .addVolumes(V1.Volume.newBuilder()
                                                .setName("v")
                                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                                        .setEmptyDir(V1.EmptyDirVolumeSource.getDefaultInstance()))))))
                .build();
        assertThat(read("batch/v1", "Job", job)).isEqualTo(json("""
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"pi","labels":{"a":"b"}},
            "spec":{"parallelism":0,"suspend":false,"template":{"spec":{"restartPolicy":"Never",
            "containers":[{"name":"c","command":["true"],"resources":{"limits":{"cpu":"1"}},
            "livenessProbe":{"httpGet":{"port":"http"}},"startupProbe":{"tcpSocket":{"port":80}}}],
            "volumes":[{"name":"v","emptyDir":{}}]}}}}\
            """));
    }

    @Test
    void everyServedKindAndItsListIsAMessage() throws Exception {
        for (Kind kind : Kinds.served()) {
            for (String name : List.of(kind.kind(), kind.kind() + "List")) {
                JsonNode tree = read(kind.apiVersion(), name, V1.Secret.getDefaultInstance());
                assertThat(tree.path("kind").asText()).isEqualTo(name);
            }
        }
    }

    @Test
    void timesAndBytesAreWrittenAsText() throws Exception {
        V1.Secret secret = V1.Secret.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setCreationTimestamp(Meta.Time.newBuilder().setSeconds(1_795_262_400)))
                .putData("a", ByteString.copyFromUtf8("b"))
                .build();
        JsonNode tree = read("v1", "Secret", secret);
        assertThat(tree.at("/data/a").asText()).isEqualTo("Yg==");
        assertThat(tree.at("/metadata/creationTimestamp").asText()).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void optionsAreKnownUnderAnyVersion() throws Exception {
        Meta.DeleteOptions options = Meta.DeleteOptions.newBuilder()
                .setPropagationPolicy("Foreground")
                .build();
        for (String version : List.of("v1", "batch/v1", "meta.k8s.io/v1")) {
            assertThat(read(version, "DeleteOptions", options)
                            .at("/propagationPolicy")
                            .asText())
                    .isEqualTo("Foreground");
        }
    }

    @Test
    void whatIsNoSuchMessageIsRefused() {
        for (byte[] body : List.of(
                new byte[0],
                "{}".getBytes(StandardCharsets.UTF_8),
                new byte[] {'k', '8', 's', 0},
                new byte[] {'k', '8', 's', 0, (byte) 0xFF, 1, 2},
                enveloped("v1", "Cow", V1.Secret.getDefaultInstance()),
                enveloped("example.com/v1", "Job", V1.Secret.getDefaultInstance()))) {
            assertThatThrownBy(() -> ProtobufBody.toJson(body)).isInstanceOf(ProtobufBody.Malformed.class);
        }
    }

    @Test
    void theServerTakesIt() {
        TestServer server = new TestServer();
        V1.ConfigMap map = V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("c"))
                .build();
        TestServer.Answer answer = server.ask("POST", "/api/v1/namespaces/default/configmaps", "")
                .body(enveloped("v1", "ConfigMap", map))
                .with("content-type", "application/vnd.kubernetes.protobuf")
                .answer();
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        TestServer.Answer refused = server.ask("POST", "/api/v1/namespaces/default/configmaps", "nonsense")
                .with("content-type", "application/vnd.kubernetes.protobuf")
                .answer();
        assertThat(refused.code()).isEqualTo(400);
    }

    @Test
    void anAnswerMeansTheSameAsInJson() throws Exception {
        TestServer server = new TestServer();
        String spec = """
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"pi","annotations":{"a":"b"}},"spec":{"parallelism":0,
            "podFailurePolicy":{"rules":[{"action":"Ignore","onPodConditions":[{"type":"X"}]}]},
            "template":{"spec":{"restartPolicy":"Never","volumes":[{"name":"v","configMap":{"name":"c"}}],
            "containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1500m"}},
            "env":[{"name":"E","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],
            "livenessProbe":{"httpGet":{"port":"http","path":"/"}},"startupProbe":{"tcpSocket":{"port":80}}}]}}}}\
            """;
        JsonNode json = server.post(TestServer.JOBS, spec).json();
        JsonNode back = Json.tree(ProtobufBody.toJson(bytes(server, TestServer.JOBS + "/pi")));
        assertThat(withoutEmpty(back)).isEqualTo(withoutEmpty(json));
    }

    @Test
    void listsStatusesAndMetadataAreMessagesToo() throws Exception {
        TestServer server = new TestServer();
        server.post(TestServer.JOBS, TestServer.job("pi", ""));
        V1Batch.JobList list = V1Batch.JobList.parseFrom(
                envelope(bytes(server, TestServer.JOBS)).getRaw());
        assertThat(list.getItems(0).getMetadata().getName()).isEqualTo("pi");
        assertThat(list.getMetadata().getResourceVersion()).isEqualTo("2");
        Meta.Status status = Meta.Status.parseFrom(
                envelope(bytes(server, TestServer.JOBS + "/none")).getRaw());
        assertThat(status.getReason()).isEqualTo("NotFound");
        assertThat(status.getCode()).isEqualTo(404);
        Runtime.Unknown resources = envelope(bytes(server, "/apis/batch/v1"));
        assertThat(resources.getTypeMeta().getKind()).isEqualTo("APIResourceList");
        assertThat(Meta.APIResourceList.parseFrom(resources.getRaw()).getResourcesCount())
                .isEqualTo(4);
    }

    @Test
    void whatElseIsKnownOfACallerIsTold() throws Exception {
        JsonNode review = json("""
            {"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1",
            "status":{"userInfo":{"username":"ann","extra":{"colours":["blue","green"]}}}}\
            """);
        byte[] message = Objects.requireNonNull(ProtobufBody.of(review));
        assertThat(Json.tree(ProtobufBody.toJson(message)).at("/status/userInfo/extra"))
                .isEqualTo(json("{\"colours\":[\"blue\",\"green\"]}"));
    }

    @Test
    void aWatchIsMadeOfFramesWithTheirLength() throws Exception {
        TestServer server = new TestServer();
        server.post(TestServer.JOBS, TestServer.job("pi", ""));
        byte[] frames = bytes(server, TestServer.JOBS + "?watch=true&timeoutSeconds=1");
        ByteBuffer buffer = ByteBuffer.wrap(frames);
        byte[] first = new byte[buffer.getInt()];
        buffer.get(first);
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(first);
        assertThat(event.getType()).isEqualTo("ADDED");
        Runtime.Unknown object = envelope(event.getObject().getRaw().toByteArray());
        assertThat(V1Batch.Job.parseFrom(object.getRaw()).getMetadata().getName())
                .isEqualTo("pi");
    }

    /// Read by the numbers that `openapi.v2.Document` gives its fields, since no class for it is here.
    @Test
    void openApiIsAMessageToo() throws Exception {
        String asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        ApiResponse response = new TestServer()
                .ask("GET", "/openapi/v2", "")
                .with("accept", asked)
                .raw();
        UnknownFieldSet document = UnknownFieldSet.parseFrom(((ApiResponse.Whole) response).body());
        assertThat(text(document, 1)).isEqualTo("2.0");
        UnknownFieldSet job = named(inner(document, 9), 1, "io.k8s.api.batch.v1.Job");
        assertThat(text(inner(job, 22), 1)).isEqualTo("object");
        UnknownFieldSet kind = UnknownFieldSet.parseFrom(
                job.getField(31).getLengthDelimitedList().getFirst());
        assertThat(text(kind, 1)).isEqualTo("x-kubernetes-group-version-kind");
        assertThat(text(inner(kind, 2), 2)).contains("\"kind\":\"Job\"");
        UnknownFieldSet spec = named(inner(job, 25), 1, "spec");
        assertThat(text(spec, 1)).isEqualTo("#/definitions/io.k8s.api.batch.v1.JobSpec");
        UnknownFieldSet path = named(inner(document, 8), 2, "/apis/batch/v1/namespaces/{namespace}/jobs");
        assertThat(text(inner(path, 4), 5)).isEqualTo("createBatchV1NamespacedJob");
    }

    private static String text(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().getFirst().toStringUtf8();
    }

    private static UnknownFieldSet inner(UnknownFieldSet message, int number) throws Exception {
        return UnknownFieldSet.parseFrom(
                message.getField(number).getLengthDelimitedList().getFirst());
    }

    private static UnknownFieldSet named(UnknownFieldSet message, int number, String name) throws Exception {
        for (ByteString each : message.getField(number).getLengthDelimitedList()) {
            UnknownFieldSet pair = UnknownFieldSet.parseFrom(each);
            if (text(pair, 1).equals(name)) {
                return inner(pair, 2);
            }
        }
        throw new AssertionError("none is named " + name);
    }

    private static byte[] bytes(TestServer server, String path) {
        ApiResponse response = server.ask("GET", path, "")
                .with("accept", "application/vnd.kubernetes.protobuf")
                .raw();
        assertThat(response.headers().get("content-type")).startsWith("application/vnd.kubernetes.protobuf");
        return switch (response) {
            case ApiResponse.Whole whole -> whole.body();
            case ApiResponse.Stream stream -> Collected.bytes(stream, 100);
            case ApiResponse.Upgrade upgrade -> throw new AssertionError(upgrade);
        };
    }

    private static Runtime.Unknown envelope(byte[] body) throws Exception {
        assertThat(body).startsWith('k', '8', 's', 0);
        return Runtime.Unknown.parseFrom(ByteString.copyFrom(body, 4, body.length - 4));
    }

    /// Go writes no difference between nothing and an empty value.
    private static JsonNode withoutEmpty(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> withoutEmpty(field.getValue()));
            object.properties()
                    .removeIf(field -> field.getValue().isContainerNode()
                            && field.getValue().isEmpty());
        } else {
            node.forEach(ProtobufTest::withoutEmpty);
        }
        return node;
    }

    private static V1.Container container() {
        return V1.Container.newBuilder()
                .setName("c")
                .setImage("")
                .addCommand("true")
                .setTty(false)
                .setResources(V1.ResourceRequirements.newBuilder()
                        .putLimits(
                                "cpu",
                                Resource.Quantity.newBuilder().setString("1").build()))
                .setLivenessProbe(V1.Probe.newBuilder()
                        .setPeriodSeconds(0)
                        .setHandler(V1.ProbeHandler.newBuilder()
                                .setHttpGet(V1.HTTPGetAction.newBuilder()
                                        .setPort(IntStr.IntOrString.newBuilder()
                                                .setType(1)
                                                .setStrVal("http")))))
                .setStartupProbe(V1.Probe.newBuilder()
                        .setHandler(V1.ProbeHandler.newBuilder()
                                .setTcpSocket(V1.TCPSocketAction.newBuilder()
                                        .setPort(IntStr.IntOrString.newBuilder()
                                                .setType(0)
                                                .setIntVal(80)))))
                .build();
    }

    private static JsonNode read(String apiVersion, String kind, Message message) throws ProtobufBody.Malformed {
        return Json.tree(ProtobufBody.toJson(enveloped(apiVersion, kind, message)));
    }

    private static JsonNode json(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] enveloped(String apiVersion, String kind, Message message) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {'k', '8', 's', 0});
        body.writeBytes(Runtime.Unknown.newBuilder()
                .setTypeMeta(
                        Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(message.toByteString())
                .build()
                .toByteArray());
        return body.toByteArray();
    }
}
