package dev.jobctl.resource.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What kubectl 1.32 printed as JSON for each plain scalar.
class YamlScalarsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        yes | true
        y | true
        on | true
        TRUE | true
        tRue | "tRue"
        Off | false
        N | false
        ~ | null
        Null | null
        017 | 15
        -017 | -15
        0o17 | 15
        0o8 | "0o8"
        08 | 8
        1_000 | 1000
        1__0 | 10
        _1 | "_1"
        1_0.5 | 10.5
        +5 | 5
        0x1F | 31
        +0x1F | 31
        0xfg | "0xfg"
        0b11 | 3
        -0b11 | -3
        -0 | 0
        1.0 | 1
        1. | 1
        0. | 0
        .5 | 0.5
        0.1e1 | 1
        1.5e3 | 1500
        1e3 | 1000
        1e-7 | 1.0E-7
        1e21 | 1.0E21
        1e400 | "1e400"
        9223372036854775807 | 9223372036854775807
        9223372036854775808 | 9.223372036854776E18
        18446744073709551616 | 1.8446744073709552E19
        123456789012345678901234 | 1.2345678901234569E23
        1.7976931348623157e308 | 1.7976931348623157E308
        12:30:45 | "12:30:45"
        2001-01-01 | "2001-01-01"
        2001-12-14t21:59:43.10-05:00 | "2001-12-14t21:59:43.10-05:00"
        = | "="
        !!str 5 | "5"
        !!int "7" | 7
        !!float 3 | 3
        !!bool "yes" | true
        !foo bar | "bar"
        !!binary aGVsbG8= | "hello"
        "0o17" | "0o17"
        '5' | "5"
        """)
    void scalarsMeanWhatKubectlSays(String yaml, String json) {
        YamlFile file = YamlReader.read("a.yaml", "v: " + yaml + "\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.documents().getFirst().tree().get("v").toString()).isEqualTo(json);
    }

    @Test
    void anEmptyValueIsNull() {
        assertThat(YamlReader.read("a", "v:\n").documents().getFirst().tree().toString())
                .isEqualTo("{\"v\":null}");
    }

    @Test
    void keysBecomeText() {
        String yaml = "y: 1\n1: 2\n1.5: 3\n0o17: 4\n1e3: 5\n2001-01-01: 6\n";

        assertThat(YamlReader.read("a", yaml).documents().getFirst().tree().toString())
                .isEqualTo("{\"true\":1,\"1\":2,\"1.5\":3,\"15\":4,\"1000\":5,\"2001-01-01\":6}");
    }

    @Test
    void mergeKeysWorkAsInKubectl() {
        String yaml = """
            base: &b {a: 1, c: 2}
            b2: &b2 {a: 9, d: 4}
            m1: {a: 5, <<: *b}
            m2: {<<: *b, a: 5}
            m3: {<<: [*b, *b2]}
            """;

        var tree = YamlReader.read("a", yaml).documents().getFirst().tree();

        assertThat(tree.get("m1").toString()).isEqualTo("{\"a\":1,\"c\":2}");
        assertThat(tree.get("m2").toString()).isEqualTo("{\"a\":5,\"c\":2}");
        assertThat(tree.get("m3").get("a").asInt()).isEqualTo(1);
        assertThat(tree.get("m3").get("d").asInt()).isEqualTo(4);
    }
}
