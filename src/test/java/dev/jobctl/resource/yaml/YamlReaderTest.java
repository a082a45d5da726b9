package dev.jobctl.resource.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static List<String> complaints(String text) {
        return YamlReader.read("job.yaml", text).problems().stream()
                .map(YamlProblem::toString)
                .toList();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "", "job.yaml:1:1: the file is empty; write a manifest that begins with apiVersion and kind"),
                Arguments.of(
                        "# hello\n---\n",
                        "job.yaml:1:1: the file has no document, only comments or separators; write a manifest that"
                                + " begins with apiVersion and kind"),
                Arguments.of(
                        "a: 1\nb: 2\na: 3\n",
                        "job.yaml:3:1: a: \"a\" is set twice, first at line 1, column 1; remove one of the two"),
                Arguments.of(
                        "{\"a\": 1, \"a\": 3}",
                        "job.yaml:1:10: \"a\" is set twice, first at line 1, column 2; remove one of the two"),
                Arguments.of("a:\n\tb: 1\n", "job.yaml:2:1: a tab cannot indent or begin a value here; use spaces"),
                Arguments.of(
                        "a: b: c\n",
                        "job.yaml:1:5: a second ': ' in one line; put the value in quotes, or the key on its own line"),
                Arguments.of(
                        "a: 1\nb\nc: 2\n",
                        "job.yaml:3:1: a ':' is missing after the key that begins at line 2; write KEY: VALUE, and"
                                + " check the indentation"),
                Arguments.of(
                        "a: \"x\nb: 2\n",
                        "job.yaml:3:1: the quoted text that begins at line 1 is never closed; add the closing quote"),
                Arguments.of(
                        "a:\n  b: 1\n c: 2\n",
                        "job.yaml:3:2: the indentation fits no line above that begins at line 1; indent keys of one"
                                + " object alike, and list items alike"),
                Arguments.of(
                        "a: [1, 2\nb: 3\n",
                        "job.yaml:2:2: the list that begins at line 1 is not closed; separate items by ',' and end"
                                + " with ']'"),
                Arguments.of("a: @x\n", "job.yaml:1:4: '@' cannot begin a value; put the value in quotes"),
                Arguments.of(
                        "a: *x\n",
                        "job.yaml:1:4: *x refers to no anchor above it; write &x at the value it should repeat, or"
                                + " quote the text"),
                Arguments.of("a: &x [*x]\n", "job.yaml:1:8: *x stands inside &x itself; write the value out"),
                Arguments.of(
                        "- a\n- b\n",
                        "job.yaml:1:1: the document is a list, not an object; begin it with apiVersion: and kind:"),
                Arguments.of(
                        "hello\n",
                        "job.yaml:1:1: the document is a string, not an object; begin it with apiVersion: and kind:"),
                Arguments.of(
                        "~: 1\n", "job.yaml:1:1: a key is empty; write KEY: VALUE, or quote \"null\" to mean the text"),
                Arguments.of(
                        "a: .inf\n",
                        "job.yaml:1:4: a: \".inf\" is a number that JSON cannot carry; quote it to mean the text"),
                Arguments.of(
                        "a: !!int foo\n", "job.yaml:1:4: a: \"foo\" is not !!int; correct the value or remove the tag"),
                Arguments.of(
                        "a: \"\\q\"\n",
                        "job.yaml:1:6: an unknown escape in a double-quoted text; write \\\\ for a backslash, or use"
                                + " single quotes"),
                Arguments.of(
                        "<<: 3\n",
                        "job.yaml:1:5: <<: << needs a mapping or a list of mappings; write <<: *ANCHOR, or quote"
                                + " \"<<\" to mean the key"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeHasItsPlaceAndItsRemedy(String text, String complaint) {
        assertThat(complaints(text)).containsExactly(complaint);
    }

    @Test
    void allDocumentsAreReadWhateverIsWrongInOne() {
        YamlFile file = YamlReader.read("x", "a: [\n---\nb: 1\n---\nc: {\n---\nd: 1\nd: 2\n---\n\n");

        assertThat(file.documents()).extracting(d -> d.tree().toString()).containsExactly("{\"b\":1}", "{\"d\":1}");
        assertThat(file.problems()).extracting(YamlProblem::line).containsExactly(2, 6, 8);
    }

    @Test
    void emptyDocumentsAreSkipped() {
        YamlFile file = YamlReader.read("x", "---\n---\na: 1\n---\n# nothing\n--- # more\nb: 2\n...\n---\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.documents()).extracting(d -> d.tree().toString()).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void marksCountFromOneInTheWholeFile() {
        String yaml = "a: 1\n---\nspec:\n  containers:\n  - name: x\n    image:   \"é\"\n";

        Marks marks = YamlReader.read("x", yaml).documents().get(1).marks();

        assertThat(marks.key("/spec/containers")).contains(new Mark(4, 3));
        assertThat(marks.value("/spec/containers/0")).contains(new Mark(5, 5));
        assertThat(marks.key("/spec/containers/0/image")).contains(new Mark(6, 5));
        assertThat(marks.value("/spec/containers/0/image")).contains(new Mark(6, 14));
        assertThat(marks.value("/spec/nothing")).isEmpty();
        assertThat(marks.nearest("spec.containers[0].ports[1].name")).isEqualTo(new Mark(5, 5));
        assertThat(marks.nearest("spec.containers[0].image")).isEqualTo(new Mark(6, 5));
    }

    @Test
    void listsAreFlattened() {
        String yaml = """
            apiVersion: v1
            kind: List
            items:
            - {kind: Job, metadata: {name: a}}
            - kind: JobList
              items:
              - {kind: Job, metadata: {name: b}}
            - 5
            """;

        YamlFile file = YamlReader.read("x", yaml);

        assertThat(file.documents())
                .extracting(d -> d.tree().path("metadata").path("name").asText())
                .containsExactly("a", "b");
        assertThat(file.documents().get(1).marks().key("/metadata/name")).contains(new Mark(7, 28));
        assertThat(file.problems())
                .extracting(YamlProblem::toString)
                .containsExactly("x:8:3: items[2]: the item is a number, not an object; write one object per item");
    }

    @Test
    void jsonIsAcceptedWithTabsAndSeveralObjects() {
        YamlFile file = YamlReader.read("x", "{\"a\":\t1e3,\n\t\"u\": \"\\/\\ud83d\\ude00\"}\n{\"b\": [null]}");

        assertThat(file.problems()).isEmpty();
        assertThat(file.documents())
                .extracting(d -> d.tree().toString())
                .containsExactly("{\"a\":1000,\"u\":\"/\uD83D\uDE00\"}", "{\"b\":[null]}");
        assertThat(file.documents().getFirst().marks().key("/u")).contains(new Mark(2, 2));
    }

    @Test
    void flowYamlIsNotMistakenForJson() {
        assertThat(YamlReader.read("x", "{a: yes}")
                        .documents()
                        .getFirst()
                        .tree()
                        .toString())
                .isEqualTo("{\"a\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void everyUnicodeEncodingIsRead(String charset) {
        for (String mark : List.of("", "\uFEFF")) {
            YamlFile file = YamlReader.read("x", (mark + "a: é\n").getBytes(Charset.forName(charset)));

            assertThat(file.problems()).isEmpty();
            assertThat(file.documents().getFirst().tree().toString()).isEqualTo("{\"a\":\"é\"}");
        }
    }

    @Test
    void binaryFilesAreNamedAsSuch() {
        assertThat(YamlReader.read("x", new byte[] {'a', ':', '\n', (byte) 0xC3, 0x28})
                        .problems())
                .extracting(YamlProblem::toString)
                .containsExactly(
                        "x:2:1: byte 0xc3 is not valid UTF-8; this looks like a binary file: name a YAML or JSON"
                                + " text file");
        assertThat(YamlReader.read("x", "ab\u0001".getBytes(StandardCharsets.UTF_8))
                        .problems())
                .extracting(YamlProblem::toString)
                .containsExactly(
                        "x:1:3: control character 0x01 is not allowed; this looks like a binary file: name a YAML"
                                + " or JSON text file");
    }

    @Test
    void aLargeFileIsRefusedByItsSizeAlone() {
        assertThat(YamlReader.tooLarge("x", 50_000_000))
                .hasToString("x:1:1: the file has 50000000 bytes, more than the limit of 16777216 (16 MiB); name a"
                        + " Kubernetes manifest, or split it into several files");
        assertThat(YamlReader.tooLarge("x", 1000)).isNull();
    }

    @Test
    void anAliasBombIsStopped() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, "*a" + (i - 1)))));
        }

        assertThat(complaints(bomb.toString()))
                .singleElement()
                .asString()
                .contains(
                        ":6:",
                        "more than 1000000 values once aliases are expanded; write fewer values or fewer aliases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsStopped(String step) {
        assertThat(complaints("a:\n " + step.repeat(5000)))
                .singleElement()
                .asString()
                .contains("nested deeper than the limit of 100 levels; flatten the structure");
    }
}
