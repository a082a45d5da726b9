package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.std.Luck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @Test
    void generatedNamesEndInFiveSafeLetters() {
        String name = Names.generate("pi-", Luck.seeded(1).nextLong());

        assertThat(name).matches("pi-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(Names.generate("pi-", 0)).isEqualTo("pi-bbbbb");
        assertThat(Names.generate("pi-", -1)).isEqualTo("pi-99999");
        assertThat(Names.generate("a".repeat(80), Luck.seeded(1).nextLong())).hasSize(63);
    }

    @Test
    void podsAreNamedAfterTheirJob() {
        assertThat(Names.podBase("pi")).isEqualTo("pi-");
        assertThat(Names.podBase("Bad_")).isEqualTo("Bad_");
        assertThat(Names.podBase("pi", 7)).isEqualTo("pi-7-");
        assertThat(Names.podBase("a".repeat(60), 12))
                .isEqualTo("a".repeat(54) + "-12-")
                .hasSize(58);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a-1   | []
        A     | [a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]
        a.b   | [must not contain dots]
        """)
    void labels(String name, String complaints) {
        assertThat(Names.dnsLabel(name)).hasToString(complaints);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        app          | 0
        x.io/app     | 0
        X.io/app     | 1
        /app         | 1
        x/           | 2
        a/b/c        | 1
        -a           | 1
        """)
    void qualifiedNames(String name, int complaints) {
        assertThat(Names.qualifiedName(name)).hasSize(complaints);
    }

    /// The checks are written by hand; their messages quote these patterns.
    @Test
    void theChecksAreTheirPatterns() {
        List<String> all = List.of("");
        for (int length = 0; length < 6; length++) {
            for (String value : all) {
                String label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
                String qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
                assertThat(Names.dnsLabel(value).isEmpty()).as(value).isEqualTo(value.matches(label));
                assertThat(Names.dnsSubdomain(value).isEmpty())
                        .as(value)
                        .isEqualTo(value.matches(label + "(\\." + label + ")*"));
                assertThat(Names.qualifiedName(value).isEmpty()).as(value).isEqualTo(value.matches(qualified));
                assertThat(Names.labelValue(value).isEmpty())
                        .as(value)
                        .isEqualTo(value.matches("(" + qualified + ")?"));
            }
            all = all.stream()
                    .flatMap(value -> "aZ0-._é".chars().mapToObj(c -> value + (char) c))
                    .toList();
        }
    }

    @Test
    void imagesHaveTags() {
        assertThat(Images.tag("perl")).isEqualTo("latest");
        assertThat(Images.tag("perl:5.34.0")).isEqualTo("5.34.0");
        assertThat(Images.tag("host:5000/perl")).isEqualTo("latest");
        assertThat(Images.tag("host:5000/perl:a@sha256:00")).isEqualTo("a");
        assertThat(Images.tag("perl@sha256:00")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0        | 0
        0.5      | 500m
        1000m    | 1
        1.5Gi    | 1536Mi
        1024Mi   | 1Gi
        1023Ki   | 1023Ki
        512      | 512
        1000     | 1k
        1500     | 1500
        0.5Ki    | 512
        0.1Ki    | 102400m
        2e3      | 2e3
        2E3      | 2e3
        1e-3     | 1e-3
        1n       | 1n
        0.1n     | 1n
        100000Ei | 9223372036854775807
        -1       | -1
        +1       | 1
        .5       | 500m
        1.       | 1
        """)
    void quantitiesHaveOneForm(String text, String canonical) {
        assertThat(Quantities.canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource(value = {"''", "x", "1 Gi", "1gi", "1e", "--1", ".", "1..2"})
    void otherTextIsNoQuantity(String text) {
        assertThat(Quantities.parse(text)).isEmpty();
    }
}
