package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Watches over changes that happened before they began, so that no test waits for another thread.
@Timeout(20)
final class WatchingTest {
    private static final String MERGE = "application/merge-patch+json";

    private final TestServer server = new TestServer();

    @Test
    void withoutRevisionItBeginsWithWhatIsThere() {
        server.post(JOBS, TestServer.job("a", ""));
        assertThat(told("?watch=true", 1)).containsExactly("ADDED a");
        assertThat(told("?watch=1&resourceVersion=0", 1)).containsExactly("ADDED a");
    }

    @Test
    void fromARevisionItTellsEveryChange() {
        server.post(JOBS, TestServer.job("a", ""));
        server.patch(MERGE, JOBS + "/a", "{\"spec\":{\"parallelism\":2}}");
        server.delete(JOBS + "/a", "");
        assertThat(told("?watch=true&resourceVersion=1", 3)).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
    }

    @Test
    void aDeletedObjectCarriesTheRevisionOfItsDeletion() {
        server.post(JOBS, TestServer.job("a", ""));
        server.delete(JOBS + "/a", "");
        JsonNode frame = watch(JOBS + "?watch=true&resourceVersion=2", "", 1).getFirst();
        assertThat(frame.at("/object/metadata/resourceVersion").asText()).isEqualTo("3");
    }

    @Test
    void aSelectorTurnsChangesIntoComingAndGoing() {
        server.post(JOBS, TestServer.job("a", ""));
        server.patch(MERGE, JOBS + "/a", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}");
        server.patch(MERGE, JOBS + "/a", "{\"metadata\":{\"labels\":{\"y\":\"1\"}}}");
        server.patch(MERGE, JOBS + "/a", "{\"metadata\":{\"labels\":{\"x\":\"2\"}}}");
        assertThat(told("?watch=true&resourceVersion=1&labelSelector=x=1", 3))
                .containsExactly("ADDED a", "MODIFIED a", "DELETED a");
    }

    @Test
    void tooOldARevisionIsGone() {
        for (int i = 0; i < 20; i++) {
            server.post(JOBS, TestServer.job("j" + i, ""));
        }
        long retained = server.backend.retainedSince();
        if (retained == 0) {
            return;
        }
        JsonNode frame = watch(JOBS + "?watch=true&resourceVersion=1", "", 1).getFirst();
        assertThat(frame.path("type").asText()).isEqualTo("ERROR");
        assertThat(frame.at("/object/code").asInt()).isEqualTo(410);
    }

    @Test
    void aStreamedListEndsWithABookmark() {
        server.post(JOBS, TestServer.job("a", ""));
        List<JsonNode> frames = watch(
                JOBS + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true",
                "",
                2);
        assertThat(frames.get(0).path("type").asText()).isEqualTo("ADDED");
        JsonNode bookmark = frames.get(1);
        assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(bookmark.at("/object/metadata/resourceVersion").asText()).isEqualTo("2");
        assertThat(bookmark.at("/object/metadata/annotations").toString())
                .isEqualTo("{\"k8s.io/initial-events-end\":\"true\"}");
        assertThat(server.get(JOBS + "?watch=true&sendInitialEvents=true").code())
                .isEqualTo(422);
    }

    @Test
    void aTableWatchSendsItsColumnsOnce() {
        server.post(JOBS, TestServer.job("a", ""));
        server.post(JOBS, TestServer.job("b", ""));
        List<JsonNode> frames = watch(JOBS + "?watch=true", "application/json;as=Table;v=v1;g=meta.k8s.io", 2);
        assertThat(frames.get(0).at("/object/kind").asText()).isEqualTo("Table");
        assertThat(frames.get(0).at("/object/columnDefinitions")).isNotEmpty();
        assertThat(frames.get(1).at("/object/columnDefinitions")).isEmpty();
        assertThat(frames.get(1).at("/object/rows/0/cells/0").asText()).isEqualTo("b");
    }

    @Test
    void itEndsInTimeThoughTheClockIsSetBack() {
        server.post(JOBS, TestServer.job("a", ""));
        ApiResponse response =
                server.ask("GET", JOBS + "?watch=true&timeoutSeconds=30", "").raw();
        String text = Collected.until((ApiResponse.Stream) response, sofar -> {
            server.time.advance(Duration.ofHours(-1));
            server.time.advance(Duration.ofSeconds(31));
            return false;
        });
        assertThat(text.lines()).hasSize(1);
    }

    private List<String> told(String query, int count) {
        return watch(JOBS + query, "", count).stream()
                .map(frame -> frame.path("type").asText() + " "
                        + frame.at("/object/metadata/name").asText())
                .toList();
    }

    /// The first `count` frames.
    private List<JsonNode> watch(String target, String accept, int count) {
        ApiResponse response =
                server.ask("GET", target, "").with("accept", accept).raw();
        assertThat(response).isInstanceOf(ApiResponse.Stream.class);
        String text = Collected.until(
                (ApiResponse.Stream) response, sofar -> sofar.lines().count() >= count);
        return text.lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
