package dev.jobctl.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One row of a `.rules` file: the rules that it shows, a sentence, and the lines of its story.
///
///     row JOB-211 a work queue makes no new pod after its first success
///     job    parallelism=2 completions=none
///     pod    a running
///     pod    b succeeded
///     decide
///     create none
///
/// A line is a verb and its words; words are plain or `key=value`. `#` starts a comment line. Which verbs there are,
/// the
/// interpreter of the file's subject says, such as [JobRows].
record RuleRow(String file, int line, List<String> rules, String sentence, List<Line> lines) {
    static final Path FOLDER = Path.of("src/test/resources/dev/jobctl/conformance");

    /// One line of the story.
    record Line(int number, String verb, List<String> words) {
        /// The words of the form `key=value`.
        Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    values.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
            return values;
        }

        /// The other words.
        List<String> plain() {
            return words.stream().filter(word -> word.indexOf('=') <= 0).toList();
        }

        String text() {
            return String.join(" ", words);
        }
    }

    String title() {
        return String.join(" ", rules) + " " + sentence;
    }

    /// All rows of all files whose name starts so.
    static List<RuleRow> read(String subject) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<RuleRow> rows = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(subject) && name.endsWith(".rules")) {
                    rows.addAll(parse(name, Files.readAllLines(file)));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RuleRow> parse(String file, List<String> text) {
        List<RuleRow> rows = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.split("\\s+", -1));
            if (words.getFirst().equals("row")) {
                lines = new ArrayList<>();
                List<String> rules = words.stream()
                        .skip(1)
                        .takeWhile(word -> word.matches("[A-Z]+-[0-9]+"))
                        .toList();
                String sentence = String.join(" ", words.subList(1 + rules.size(), words.size()));
                rows.add(new RuleRow(file, i + 1, rules, sentence, lines));
            } else {
                lines.add(new Line(i + 1, words.getFirst(), words.subList(1, words.size())));
            }
        }
        return rows;
    }
}
