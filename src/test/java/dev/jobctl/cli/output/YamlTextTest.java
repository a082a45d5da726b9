package dev.jobctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    /// Both files were written by kubectl 1.32 from one object.
    @Test
    void yamlIsSpelledAsKubectlSpellsIt() throws IOException {
        assertThat(YamlText.of(Json.tree(resource("quoting.json")))).isEqualTo(text("quoting.yaml"));
    }

    @Test
    void jsonIsSpelledAsKubectlSpellsIt() throws IOException {
        assertThat(JsonText.of(Json.tree(resource("quoting.json")))).isEqualTo(text("quoting.json"));
    }

    @Test
    void emptyThingsStandOnTheirLine() {
        assertThat(YamlText.of(Json.tree("{\"a\":{},\"b\":[],\"c\":null,\"d\":\"\"}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("a: {}\nb: []\nc: null\nd: \"\"\n");
    }

    @Test
    void listsInListsShareTheLine() {
        assertThat(YamlText.of(Json.tree("{\"a\":[[1,2],[{\"b\":3}]]}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("a:\n- - 1\n  - 2\n- - b: 3\n");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = YamlTextTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }
}
