package dev.jobctl.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts in an answer's `warning` header: one per line, each as in `299 - "unknown field \"spec.foo\""`.
final class Warnings {
    private static final Pattern WARNING = Pattern.compile("\\d{3} \\S+ \"(.*)\"");

    private Warnings() {}

    static List<String> of(Map<String, String> headers) {
        List<String> texts = new ArrayList<>();
        headers.getOrDefault("warning", "").lines().forEach(line -> {
            Matcher matcher = WARNING.matcher(line);
            texts.add(matcher.matches() ? unquoted(matcher.group(1)) : line);
        });
        return texts;
    }

    private static String unquoted(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
