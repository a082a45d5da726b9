package dev.jobctl.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.schema.Struct;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `cases.jsonl` holds patches, by hand and drawn at random, with what the Go libraries of the real server and of
/// kubectl 1.32 make of them.
class PatchesTest {
    private final Schemas schemas = new Schemas();

    @Test
    void everyPatchGivesWhatTheRealServerGives() throws IOException {
        List<String> different = new ArrayList<>();
        for (JsonNode line : cases()) {
            String wanted = line.has("error")
                    ? "error: " + line.get("error").textValue()
                    : line.get("result").toString();
            String found = run(line);
            if (!same(wanted, found)) {
                different.add(line.get("op").asText() + " " + line.get("name").asText() + "\n   original "
                        + line.path("original") + "\n   modified " + line.path("modified") + "\n   current  "
                        + line.path("current") + "\n   patch    " + line.path("patch") + "\n   wanted " + wanted
                        + "\n   but was " + found);
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void patchOfTheDifferenceLeadsToTheTarget() throws IOException {
        Struct pod = schemas.of(Kinds.POD);
        for (JsonNode line : cases()) {
            if (line.get("op").asText().equals("twoWay") && !line.has("error")) {
                JsonNode target = line.get("modified");
                JsonNode patch = Patches.twoWay(pod, line.get("original"), target);
                JsonNode reached = Patches.strategic(pod, line.get("original"), patch);
                assertThat(Trees.equal(withoutEmpty(reached), withoutEmpty(target)))
                        .as("%s%nreached %s%ntarget %s", line, reached, target)
                        .isTrue();
                JsonNode merge = Patches.mergeDiff(line.get("original"), target);
                assertThat(Trees.equal(Patches.merge(line.get("original"), merge), target))
                        .isTrue();
            }
        }
    }

    @Test
    void applyingTwiceChangesNothingMore() throws IOException {
        Struct pod = schemas.of(Kinds.POD);
        for (JsonNode line : cases()) {
            if (line.get("op").asText().equals("threeWay")) {
                JsonNode modified = line.get("modified");
                JsonNode first = Patches.threeWay(pod, line.get("original"), modified, line.get("current"));
                JsonNode applied = Patches.strategic(pod, line.get("current"), first);
                if (applied.toString().contains(Directives.RETAIN_KEYS)) {
                    continue; // as in Go, the directive stays in items of a list that was not there: decoding refuses
                    // it
                }
                JsonNode second = Patches.threeWay(pod, modified, modified, applied);
                assertThat(Trees.equal(Patches.strategic(pod, applied, second), applied))
                        .as("%s%nsecond %s", line, second)
                        .isTrue();
            }
        }
    }

    @Test
    void argumentsStayAsTheyAre() throws IOException {
        for (JsonNode line : cases()) {
            String before = line.toString();
            run(line);
            assertThat(line).hasToString(before);
        }
    }

    @Test
    void aFaultCarriesTheServersCode() {
        Struct pod = schemas.of(Kinds.POD);
        JsonNode empty = Json.tree("{}".getBytes(StandardCharsets.UTF_8));
        JsonNode order = Json.tree("{\"spec\":{\"$setElementOrder/x\":[]}}".getBytes(StandardCharsets.UTF_8));
        JsonNode test = Json.tree("[{\"op\":\"test\",\"path\":\"/a\",\"value\":1}]".getBytes(StandardCharsets.UTF_8));
        assertThat(code(() -> Patches.json(empty, empty))).isEqualTo(400);
        assertThat(code(() -> Patches.json(empty, test))).isEqualTo(422);
        assertThat(code(() ->
                        Patches.strategic(pod, Json.tree("{\"spec\":{}}".getBytes(StandardCharsets.UTF_8)), order)))
                .isEqualTo(500);
    }

    @Test
    void copiesOfCopiesAreBounded() {
        StringBuilder patch = new StringBuilder("[{\"op\":\"add\",\"path\":\"/x\",\"value\":{\"k\":\"v\"}}");
        for (int i = 0; i < 40; i++) {
            patch.append(",{\"op\":\"copy\",\"from\":\"/x\",\"path\":\"/x/a%d\"}".formatted(i));
        }
        JsonNode doubling = Json.tree(patch.append("]").toString().getBytes(StandardCharsets.UTF_8));
        assertThat(code(() -> Patches.json(Json.tree("{}".getBytes(StandardCharsets.UTF_8)), doubling)))
                .isEqualTo(422);
    }

    private static int code(Runnable patch) {
        try {
            patch.run();
        } catch (PatchError e) {
            return e.code();
        }
        return 0;
    }

    @Test
    void aPatchThatIsNoObjectIsRefused() {
        JsonNode list = Json.tree("[]".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Patches.strategic(schemas.of(Kinds.JOB), list, list))
                .isInstanceOf(PatchError.class)
                .hasMessage("invalid JSON document");
    }

    private String run(JsonNode line) {
        JsonNode original = line.path("original");
        JsonNode modified = line.path("modified");
        try {
            JsonNode result = switch (line.get("op").asText()) {
                case "strategic" -> Patches.strategic(struct(line), original, line.get("patch"));
                case "twoWay" -> Patches.twoWay(struct(line), original, modified);
                case "threeWay" -> Patches.threeWay(struct(line), original, modified, line.get("current"));
                case "json" -> Patches.json(original, line.get("patch"));
                case "merge" -> Patches.merge(original, line.get("patch"));
                default -> throw new IllegalArgumentException(line.toString());
            };
            return result.toString();
        } catch (PatchError e) {
            return "error: " + e.getMessage();
        }
    }

    private Struct struct(JsonNode line) {
        return Kinds.all().stream()
                .filter(kind -> kind.kind().equals(line.get("kind").asText()))
                .map(schemas::of)
                .findFirst()
                .orElseThrow();
    }

    private static boolean same(String wanted, String found) {
        if (wanted.startsWith("error") || found.startsWith("error")) {
            return wanted.equals(found);
        }
        return Trees.equal(tree(wanted), tree(found));
    }

    private static JsonNode tree(String json) {
        return Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    /// An emptied list and a missing one mean the same.
    private static JsonNode withoutEmpty(JsonNode node) {
        JsonNode copy = node.deepCopy();
        copy.forEach(PatchesTest::prune);
        prune(copy);
        return copy;
    }

    private static void prune(JsonNode node) {
        node.forEach(PatchesTest::prune);
        if (node.isObject()) {
            node.properties()
                    .removeIf(e -> e.getValue().isArray() && e.getValue().isEmpty());
        }
    }

    private static List<JsonNode> cases() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PatchesTest.class.getResourceAsStream("cases.jsonl"), "cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(PatchesTest::tree)
                    .toList();
        }
    }
}
