package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A rule named in the code's Javadoc and a rule shown by a row (or, where a row cannot tell it, by the Javadoc of a
/// test) are the same set.
class RuleIdsTest {
    private static final Pattern NAMED = Pattern.compile("Rule ([A-Z]+-[0-9]+)");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void everyRuleInTheCodeHasARow() throws IOException {
        Set<String> unproven = named(MAIN);
        unproven.removeAll(shown());
        assertThat(unproven).as("named in the code, shown by no row").isEmpty();
    }

    @Test
    void everyRowsRuleIsNamedInTheCode() throws IOException {
        Set<String> unnamed = shown();
        unnamed.removeAll(named(MAIN));
        assertThat(unnamed).as("shown by a row, named nowhere in the code").isEmpty();
    }

    @Test
    void everyRowNamesARule() {
        assertThat(RuleRow.read(""))
                .as("rows")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.rules())
                        .as("%s:%s", row.file(), row.line())
                        .isNotEmpty());
    }

    private static Set<String> shown() throws IOException {
        Set<String> ids = named(TESTS);
        RuleRow.read("").forEach(row -> ids.addAll(row.rules()));
        return ids;
    }

    private static Set<String> named(Path folder) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    ids.add(matcher.group(1));
                }
            }
        }
        return ids;
    }
}
