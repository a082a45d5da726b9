package dev.jobctl.resource.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.schema.StrictDecoder.Reading;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `documents.jsonl` holds documents with what the real server's strict decoder (1.32) says of them.
class StrictDecoderTest {
    private final StrictDecoder decoder = new StrictDecoder(new Schemas());

    @Test
    void everyDocumentGetsTheServersComplaint() throws IOException {
        List<String> different = new ArrayList<>();
        for (String line : resource("documents.jsonl").lines().toList()) {
            JsonNode wanted = Json.tree(line.getBytes(StandardCharsets.UTF_8));
            String document = wanted.get("document").textValue();
            Reading reading = decoder.read(kind(document), document.getBytes(StandardCharsets.UTF_8));
            String found = reading.problems().isEmpty() ? "" : StrictDecoder.reason(reading.problems());
            if (!found.equals(wanted.get("error").textValue())) {
                different.add(line + "\n   but was " + found);
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void theTextNamesKindAndVersion() {
        Reading reading = read("{\"spec\":{\"foo\":1,\"parallelism\":1,\"parallelism\":2}}");
        assertThat(StrictDecoder.serverText(Kinds.JOB, reading.problems()))
                .isEqualTo("Job in version \"v1\" cannot be handled as a Job: strict decoding error:"
                        + " unknown field \"spec.foo\", duplicate field \"spec.parallelism\"");
        assertThat(reading.tree()).hasToString("{\"spec\":{\"parallelism\":2}}");
        assertThat(reading.problems()).allMatch(Problem::tolerable);
    }

    @Test
    void aProblemSaysWhereItIsAndWhatWasMeant() {
        Problem problem = read("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"imgae\":\"x\"}]}}}}")
                .problems()
                .getFirst();
        assertThat(problem.pointer()).isEqualTo("/spec/template/spec/containers/0/imgae");
        assertThat(problem.path()).isEqualTo("spec.template.spec.containers[0].imgae");
        assertThat(problem.suggestions()).containsExactly("image");
    }

    @Test
    void suggestionsForgiveCaseAndSlips() {
        assertThat(suggestions("Parallelism")).containsExactly("parallelism");
        assertThat(suggestions("backofflimit")).startsWith("backoffLimit");
        assertThat(suggestions("completion")).startsWith("completions");
        assertThat(suggestions("somethingElse")).isEmpty();
    }

    @Test
    void nullsAreAbsentAndNullItemsEmpty() {
        assertThat(read("{\"metadata\":{\"labels\":{\"a\":null},\"name\":null},\"spec\":{\"parallelism\":null}}")
                        .tree())
                .hasToString("{\"metadata\":{\"labels\":{\"a\":\"\"}},\"spec\":{}}");
        assertThat(read("{\"metadata\":{\"finalizers\":[\"a\",null]}}").tree())
                .hasToString("{\"metadata\":{\"finalizers\":[\"a\",\"\"]}}");
    }

    @Test
    void timesAreStoredInUtc() {
        assertThat(read("{\"status\":{\"startTime\":\"2026-01-01T02:00:00.5+02:00\"}}")
                        .tree())
                .hasToString("{\"status\":{\"startTime\":\"2026-01-01T00:00:00Z\"}}");
    }

    @Test
    void quantitiesMayBeNumbersAndAreMadeCanonical() {
        JsonNode tree = decoder.read(
                        Kinds.POD,
                        Json.tree("{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":1.5}}}]}}"
                                .getBytes(StandardCharsets.UTF_8)))
                .tree();
        assertThat(tree.at("/spec/containers/0/resources/limits/cpu").textValue())
                .isEqualTo("1500m");
    }

    @Test
    void optionsAreReadTheSameWay() {
        Reading reading = decoder.read(
                DeleteOptions.class, "{\"propagationPolicy\":\"Orphan\",\"x\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(reading.tree()).hasToString("{\"propagationPolicy\":\"Orphan\"}");
        assertThat(reading.problems()).hasSize(1);
    }

    @Test
    void brokenBytesAreNoJson() {
        for (String broken : List.of("", " ", "{", "{\"a\":", "{a}", "{} x", "\u0000", "{\"a\":\"\\q\"}", "[1,]")) {
            assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(NotJson.class);
        }
        assertThatThrownBy(() -> read("{\"a\":".repeat(5_000))).isInstanceOf(NotJson.class);
    }

    @Test
    void aDocumentFullOfMistakesIsCutOff() {
        StringBuilder document = new StringBuilder("{\"spec\":{\"x0\":1");
        for (int i = 1; i < 1_000; i++) {
            document.append(",\"x").append(i).append("\":1");
        }
        assertThat(read(document.append("}}").toString()).problems()).hasSize(100);
    }

    private List<String> suggestions(String wrong) {
        return read("{\"spec\":{\"" + wrong + "\":1}}").problems().getFirst().suggestions();
    }

    private Reading read(String document) {
        return decoder.read(Kinds.JOB, document.getBytes(StandardCharsets.UTF_8));
    }

    private static Kind kind(String document) {
        return Kinds.all().stream()
                .filter(kind -> document.contains("\"kind\":\"" + kind.kind() + "\""))
                .findFirst()
                .orElseThrow();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(StrictDecoderTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
