package dev.jobctl.resource.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.std.Luck;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Random damage to a manifest and random bytes: the reader always answers, with places inside the text.
class YamlFuzzTest {
    private static final long SEED = 20_260_102;
    private static final int ROUNDS = 3000;
    private static final String MANIFEST = """
        # a job
        apiVersion: batch/v1
        kind: Job
        metadata: &meta {name: pi, labels: {"a": 'b', c: ~}}
        spec:
          template:
            metadata:
              <<: *meta
            spec:
              containers:
              - name: pi
                command: ["perl", "-Mbignum=bpi", "\\u00e9\\n"]
                args:
                - |
                  several
                    lines
                - >-
                  folded
                  text
                resources: !!map {limits: {cpu: 0.5, memory: 0x10}}
        ---
        {"kind": "List", "items": [{"a": 1e3}]}
        """;
    private static final String PIECES = "{}[]:,-&*!|>'\"%@`#?<~ \t\n\r\\\0é\uFEFF\uD83D012.eExXabny_=+";

    @Test
    void damagedManifestsAreAnsweredWithPlacesInTheText() {
        Luck luck = Luck.seeded(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(MANIFEST);
            for (int i = luck.below(6); i >= 0; i--) {
                int at = luck.below(text.length());
                switch (luck.below(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, PIECES.charAt(luck.below(PIECES.length())));
                    case 2 -> text.setCharAt(at, PIECES.charAt(luck.below(PIECES.length())));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + luck.below(40))));
                }
            }
            check(text.toString());
        }
    }

    @Test
    void randomTextIsAnswered() {
        Luck luck = Luck.seeded(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = luck.below(30); i >= 0; i--) {
                text.append(PIECES.charAt(luck.below(PIECES.length())));
            }
            check(text.toString());
        }
    }

    @Test
    void randomBytesAreAnswered() {
        Luck luck = Luck.seeded(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[luck.below(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) luck.below(luck.below(2) == 0 ? 256 : 64);
            }
            YamlReader.read("fuzz", bytes);
        }
    }

    @Test
    void whatWasReadReadsTheSameAsJson() {
        for (YamlDocument document : YamlReader.read("fuzz", MANIFEST).documents()) {
            JsonNode again = YamlReader.read("fuzz", Json.write(document.tree()))
                    .documents()
                    .getFirst()
                    .tree();

            assertThat(again).isEqualTo(document.tree());
        }
    }

    private static void check(String text) {
        YamlFile file = YamlReader.read("fuzz", text);
        int lines = text.split("\r\n|[\r\n\u0085\u2028\u2029]", -1).length;
        for (YamlProblem problem : file.problems()) {
            assertThat(problem.line()).as("%s in:%n%s", problem, text).isBetween(1, lines);
            assertThat(problem.column()).as("%s", problem).isPositive();
            assertThat(problem.message()).doesNotContain("snakeyaml", "Exception", "null:");
        }
        assertThat(file.documents().isEmpty() && file.problems().isEmpty() && !text.contains("List"))
                .isFalse();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        YamlReader.read("fuzz", utf8);
    }
}
