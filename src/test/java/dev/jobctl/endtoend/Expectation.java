package dev.jobctl.endtoend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Compares printed lines with expected ones. In an expected line `<age>` stands for a duration, `<uid>` for a uid,
/// `<number>` for digits, `<name>` for one word, `<any>` for anything; two or more blanks for as many as the columns
/// need. A line `...` stands for any number of lines.
final class Expectation {
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "<age>", "(?:\\d+(?:\\.\\d+)?(?:ms|[smhdy]))+|<invalid>",
            "<uid>", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "<number>", "\\d+",
            "<name>", "\\S+",
            "<any>", ".*");

    private static final Pattern TOKEN = Pattern.compile("<age>|<uid>|<number>|<name>|<any>| {2,}");

    private Expectation() {}

    /// What differs, in words; empty when the output is as expected.
    static Optional<String> difference(List<String> expected, List<String> actual) {
        return matches(expected, 0, actual, 0)
                ? Optional.empty()
                : Optional.of("expected:\n" + indented(expected) + "but was:\n" + indented(actual));
    }

    private static boolean matches(List<String> expected, int e, List<String> actual, int a) {
        if (e == expected.size()) {
            return a == actual.size();
        }
        if (expected.get(e).equals("...")) {
            for (int next = a; next <= actual.size(); next++) {
                if (matches(expected, e + 1, actual, next)) {
                    return true;
                }
            }
            return false;
        }
        return a < actual.size()
                && pattern(expected.get(e))
                        .matcher(actual.get(a).stripTrailing())
                        .matches()
                && matches(expected, e + 1, actual, a + 1);
    }

    private static Pattern pattern(String line) {
        StringBuilder regex = new StringBuilder();
        String text = line.stripTrailing();
        int at = 0;
        var tokens = TOKEN.matcher(text);
        while (tokens.find()) {
            regex.append(Pattern.quote(text.substring(at, tokens.start())));
            String token = tokens.group();
            regex.append(token.startsWith(" ") ? " {2,}" : "(?:" + PLACEHOLDERS.get(token) + ")");
            at = tokens.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(at))).toString());
    }

    private static String indented(List<String> lines) {
        return lines.isEmpty() ? "    (nothing)\n" : String.join("\n", lines).indent(4);
    }
}
