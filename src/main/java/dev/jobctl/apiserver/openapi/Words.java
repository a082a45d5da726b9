package dev.jobctl.apiserver.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What types and fields mean, from `words.txt`: one line each, `Struct.field [one|other] sentence`. The part in
/// brackets lists all allowed values and may be missing.
final class Words {
    /// @param values all allowed ones; empty where any value may stand
    record Entry(List<String> values, String sentence) {}

    private static final Entry NOTHING = new Entry(List.of(), "");

    private final Map<String, Entry> entries = new HashMap<>();

    static Words load() {
        var words = new Words();
        new String(bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(words::add);
        return words;
    }

    /// The whole file.
    static byte[] bytes() {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream("words.txt"), "words.txt")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a type, `JobSpec`, or of a field, `JobSpec.parallelism`.
    Entry of(String name) {
        return entries.getOrDefault(name, NOTHING);
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        String rest = line.substring(space + 1);
        List<String> values = List.of();
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            values = List.of(rest.substring(1, close).split("\\|", -1));
            rest = rest.substring(close + 1).strip();
        }
        entries.put(line.substring(0, space), new Entry(values, rest));
    }
}
