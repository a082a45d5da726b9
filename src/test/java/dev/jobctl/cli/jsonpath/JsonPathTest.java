package dev.jobctl.cli.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `cases.jsonl` holds templates with what kubectl's own jsonpath engine (client-go 0.32) makes of them for
/// `object.json`; templates whose result depends on Go's random map order are left out.
class JsonPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyTemplateGivesWhatKubectlGives() throws IOException {
        JsonNode object = JSON.readTree(resource("object.json"));
        List<String> different = new ArrayList<>();
        List<String> lines = resource("cases.jsonl").lines().toList();
        for (String line : lines) {
            JsonNode wanted = JSON.readTree(line);
            String found = run(
                    wanted.get("template").textValue(),
                    object,
                    wanted.get("allowMissing").booleanValue());
            if (!found.equals(outcome(wanted))) {
                different.add(line + "\n   but was " + found);
            }
        }
        assertThat(different).isEmpty();
        assertThat(lines).hasSizeGreaterThan(150);
    }

    private static String outcome(JsonNode wanted) {
        if (wanted.has("parseError")) {
            return "parse error: " + wanted.get("parseError").textValue();
        } else if (wanted.has("error")) {
            return "error: " + wanted.get("error").textValue();
        }
        return "output: " + wanted.get("output").textValue();
    }

    private static String run(String template, JsonNode object, boolean allowMissing) {
        JsonPath path;
        try {
            path = JsonPath.parse(template);
        } catch (JsonPathError e) {
            return "parse error: " + e.getMessage();
        }
        try {
            return "output: " + path.print(object, allowMissing);
        } catch (JsonPathError e) {
            return "error: " + e.getMessage();
        }
    }

    @Test
    void relaxedExpressionsNeedNoBraces() throws IOException {
        JsonNode object = JSON.readTree(resource("object.json"));
        for (String form : List.of("metadata.name", ".metadata.name", "{metadata.name}", "{.metadata.name}")) {
            assertThat(JsonPath.relaxed(form).find(object, false)).hasToString("[[\"list\"]]");
        }
        assertThatThrownBy(() -> JsonPath.relaxed("{.a}{.b}")).hasMessageStartingWith("unexpected path string");
    }

    @Test
    void mapsAreWalkedByKey() throws IOException {
        JsonNode object = JSON.readTree("{\"b\":1,\"a\":2,\"c\":{\"z\":4,\"y\":3}}");
        assertThat(JsonPath.parse("{.*}").print(object, false)).isEqualTo("2 1 {\"y\":3,\"z\":4}");
        assertThat(JsonPath.parse("{.c.*}").print(object, false)).isEqualTo("3 4");
    }

    @Test
    void jsonFormIndentsByFour() throws IOException {
        JsonNode object = JSON.readTree("{\"a\":[{\"b\":1},{}],\"c\":[]}");
        assertThat(JsonPath.parse("{.a[*]}").printAsJson(object, false))
                .isEqualTo("[\n    {\n        \"b\": 1\n    },\n    {}\n]\n");
        assertThat(JsonPath.parse("{.c[*]}").printAsJson(object, false)).isEqualTo("[]\n");
    }

    @Test
    void complaintShowsTemplateAndObjectAsKubectlDoes() throws IOException {
        JsonNode object = JSON.readTree("{\"a\":\"x\",\"n\":[1,null,true]}");
        JsonPath path = JsonPath.parse("{.b}");
        assertThatThrownBy(() -> path.print(object, false))
                .isInstanceOfSatisfying(
                        JsonPathError.class,
                        e -> assertThat(path.complaint(e, object))
                                .isEqualTo(
                                        "error executing jsonpath \"{.b}\": Error executing template: b is not found."
                                                + " Printing more information for debugging the template:\n"
                                                + "\ttemplate was:\n\t\t{.b}\n"
                                                + "\tobject given to jsonpath engine was:\n"
                                                + "\t\tmap[string]interface {}{\"a\":\"x\","
                                                + " \"n\":[]interface {}{1, interface {}(nil), true}}\n\n\n"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(JsonPathTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
