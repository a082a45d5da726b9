package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "2", "empty", "", "x.io/y", "z");

    private static LabelSelector labels(String text) {
        return switch (LabelSelector.parse(text)) {
            case Parsed.Good<LabelSelector>(LabelSelector selector) -> selector;
            case Parsed.Bad<LabelSelector>(String message) -> throw new AssertionError(message);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                        | true  | ''
        app=web                   | true  | app=web
        app==web                  | true  | app=web
        app = db                  | false | app=db
        app!=db                   | true  | app!=db
        app!=web                  | false | app!=web
        none!=x                   | true  | none!=x
        app in (web, db)          | true  | app in (db,web)
        app in (db)               | false | app in (db)
        app notin (db)            | true  | app notin (db)
        none notin (db)           | true  | none notin (db)
        app                       | true  | app
        none                      | false | none
        !none                     | true  | !none
        !app                      | false | !app
        tier>1                    | true  | tier>1
        tier<2                    | false | tier<2
        empty=                    | true  | empty=
        empty in (,a)             | true  | empty in (,a)
        tier=2,app=web            | true  | app=web,tier=2
        app=web,none              | false | app=web,none
        x.io/y=z                  | true  | x.io/y=z
        in in (in)                | false | in in (in)
        """)
    void labelTextMatches(String text, boolean matches, String printed) {
        LabelSelector selector = labels(text);

        assertThat(selector.matches(LABELS)).isEqualTo(matches);
        assertThat(selector).hasToString(printed);
        assertThat(labels(selector.toString())).isEqualTo(selector);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        =a          | found '=', expected: !, identifier, or 'end of string'
        a=b,        | found '', expected: identifier after ','
        a=b c       | found 'c', expected: ',' or 'end of string'
        a b         | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt
        a in b      | unable to parse requirement: found 'b' expected: '('
        a in (b     | unable to parse requirement: found '', expected: ',' or ')'
        a>b         | unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer
        !=a         | found '!=', expected: !, identifier, or 'end of string'
        """)
    void badLabelTextIsExplained(String text, String message) {
        assertThat(LabelSelector.parse(text)).isEqualTo(new Parsed.Bad<>(message));
    }

    @Test
    void theObjectFormMatches() {
        var object = new LabelSelectorBuilder()
                .addToMatchLabels("app", "web")
                .addToMatchExpressions(new LabelSelectorRequirement("tier", "In", java.util.List.of("1", "2")))
                .build();

        var selector = ((Parsed.Good<LabelSelector>) LabelSelector.of(object)).value();

        assertThat(selector.matches(LABELS)).isTrue();
        assertThat(selector).hasToString("app=web,tier in (1,2)");
        assertThat(((Parsed.Good<LabelSelector>) LabelSelector.of(null)).value().matches(LABELS))
                .isFalse();
        assertThat(LabelSelector.of(new LabelSelectorBuilder()
                        .addToMatchExpressions(new LabelSelectorRequirement("a", "Is", null))
                        .build()))
                .isEqualTo(new Parsed.Bad<>("\"Is\" is not a valid label selector operator"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                  | true
        metadata.name=pi                    | true
        metadata.name==pi                   | true
        metadata.name!=pi                   | false
        status.phase!=Failed                | true
        metadata.name=pi,status.phase=      | true
        metadata.name=a\\,b                 | false
        """)
    void fieldTextMatches(String text, boolean matches) {
        var selector = ((Parsed.Good<FieldSelector>) FieldSelector.parse(text)).value();

        assertThat(selector.matches(Map.of("metadata.name", "pi"))).isEqualTo(matches);
    }

    @Test
    void badFieldTextIsExplained() {
        assertThat(FieldSelector.parse("a")).isEqualTo(new Parsed.Bad<>("invalid selector: 'a'; can't understand 'a'"));
        var selector = ((Parsed.Good<FieldSelector>) FieldSelector.parse("a=1,b!=2")).value();
        assertThat(selector.unsupported(java.util.Set.of("a"))).isEqualTo("b");
        assertThat(selector.required("a")).isEqualTo("1");
        assertThat(selector.required("b")).isNull();
        assertThat(selector).hasToString("a=1,b!=2");
    }
}
