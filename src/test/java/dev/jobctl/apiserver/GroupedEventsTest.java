package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.apiserver.TestServer.Answer;
import dev.jobctl.resource.value.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Events by the names that the newer group has for their fields.
final class GroupedEventsTest {
    private static final String HERE = "/apis/events.k8s.io/v1/namespaces/default/events";
    private static final String THERE = "/api/v1/namespaces/default/events";
    private static final String EVENT = """
        {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"%s"},"eventTime":"2026-01-01T00:00:00.000001Z",
        "reportingController":"c.example/x","reportingInstance":"c-0","action":"Trying","reason":"Tried",
        "regarding":{"kind":"Job","namespace":"default","name":"pi"},"note":"it was tried","type":"Normal"}\
        """;

    private final TestServer server = new TestServer();

    @Test
    void whatIsCreatedByOneNameIsFoundByTheOther() {
        Answer created = server.post(HERE, EVENT.formatted("a"));
        assertThat(created.code()).as(created.body()).isEqualTo(201);
        assertThat(created.at("/apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(created.at("/note")).isEqualTo("it was tried");
        Answer core = server.get(THERE + "/a");
        assertThat(core.at("/apiVersion")).isEqualTo("v1");
        assertThat(core.at("/message")).isEqualTo("it was tried");
        assertThat(core.at("/involvedObject/name")).isEqualTo("pi");
        assertThat(core.at("/reportingComponent")).isEqualTo("c.example/x");
        Answer listed = server.get(HERE + "?fieldSelector=regarding.name%3Dpi,reportingController%3Dc.example/x");
        assertThat(listed.at("/kind")).isEqualTo("EventList");
        assertThat(listed.at("/apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(listed.at("/items/0/regarding/name")).isEqualTo("pi");
        assertThat(server.get(HERE + "?fieldSelector=regarding.name%3Dother")
                        .json()
                        .at("/items"))
                .isEmpty();
        assertThat(server.get("/apis/events.k8s.io/v1/events").at("/items/0/note"))
                .isEqualTo("it was tried");
    }

    @Test
    void aRepeatIsPatchedIntoItsSeries() {
        server.post(HERE, EVENT.formatted("a"));
        String series =
                "{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-01-01T00:00:05.000000Z\"},\"note\":\"again\"}";
        Answer patched = server.patch("application/strategic-merge-patch+json", HERE + "/a", series);
        assertThat(patched.code()).as(patched.body()).isEqualTo(200);
        assertThat(patched.at("/series/count")).isEqualTo("2");
        assertThat(patched.at("/note")).isEqualTo("again");
        Answer step = server.patch(
                "application/json-patch+json",
                HERE + "/a",
                "[{\"op\":\"replace\",\"path\":\"/note\",\"value\":\"thrice\"}]");
        assertThat(step.at("/note")).isEqualTo("thrice");
        assertThat(server.get(THERE + "/a").at("/message")).isEqualTo("thrice");
    }

    @Test
    void aWatchTellsInTheNamesOfItsGroup() {
        server.post(HERE, EVENT.formatted("a"));
        ApiResponse watched = server.ask("GET", HERE + "?watch=true", "").raw();
        String text = Collected.until((ApiResponse.Stream) watched, sofar -> sofar.endsWith("\n"));
        JsonNode first = Json.tree(text.getBytes(StandardCharsets.UTF_8));
        assertThat(first.path("type").asText()).isEqualTo("ADDED");
        assertThat(first.at("/object/apiVersion").asText()).isEqualTo("events.k8s.io/v1");
        assertThat(first.at("/object/note").asText()).isEqualTo("it was tried");
    }

    @Test
    void whatThisGroupAsksForIsCheckedAndUnknownFieldsAreTold() {
        Answer refused = server.post(
                HERE,
                "{\"apiVersion\":\"events.k8s.io/v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"a\"},\"deprecatedCount\":3}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains("eventTime: Required value", "reportingController: Required value", "action: Required value")
                .contains("deprecatedCount: Invalid value");
        Answer unknown = server.post(
                HERE + "?fieldValidation=Strict", EVENT.formatted("a").replace("note", "message"));
        assertThat(unknown.code()).isEqualTo(400);
        assertThat(unknown.message()).contains("unknown field \"message\"");
    }

    @Test
    void tablesMetadataAndOtherFormsAreThoseOfTheGroup() {
        server.post(HERE, EVENT.formatted("a"));
        Answer table = server.ask("GET", HERE + "?includeObject=Object", "")
                .with("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .answer();
        assertThat(table.at("/kind")).isEqualTo("Table");
        assertThat(table.at("/rows/0/object/note")).isEqualTo("it was tried");
        Answer yaml = server.ask("GET", HERE + "/a", "")
                .with("accept", "application/yaml")
                .answer();
        assertThat(yaml.body()).contains("note: it was tried", "apiVersion: events.k8s.io/v1");
        Answer binary = server.ask("GET", HERE, "")
                .with("accept", "application/vnd.kubernetes.protobuf")
                .answer();
        assertThat(binary.headers()).containsEntry("content-type", "application/vnd.kubernetes.protobuf");
        Answer gone = server.delete(HERE + "/a", "");
        assertThat(gone.code()).isEqualTo(200);
        Answer missing = server.get(HERE + "/a");
        assertThat(missing.code()).isEqualTo(404);
        assertThat(missing.message()).isEqualTo("events \"a\" not found");
    }

    @Test
    void theGroupIsDiscoveredAndDescribed() {
        assertThat(server.get("/apis/events.k8s.io/v1").body()).contains("\"events\"");
        assertThat(server.get("/apis").body()).contains("events.k8s.io/v1");
        assertThat(server.get("/openapi/v3/apis/events.k8s.io/v1").body())
                .contains("io.k8s.api.events.v1.Event", "regarding");
        assertThat(server.get("/apis/events.k8s.io/v1/others").code()).isEqualTo(404);
    }
}
