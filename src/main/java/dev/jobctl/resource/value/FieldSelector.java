package dev.jobctl.resource.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A question about a few fields, as after `--field-selector`: `status.phase!=Failed,metadata.name=pi`. All terms must
/// hold. Which fields a kind offers is the server's matter. Immutable.
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /// One comparison.
    ///
    /// @param equal false for `!=`
    public record Term(String field, boolean equal, String value) {
        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + escape(value);
        }
    }

    /// Empty text selects everything. `\,`, `\=` and `\\` stand for themselves inside a value.
    public static Parsed<FieldSelector> parse(String text) {
        List<Term> found = new ArrayList<>();
        for (String part : split(text)) {
            if (part.isEmpty()) {
                continue;
            }
            @Nullable Term term = term(part);
            if (term == null) {
                return new Parsed.Bad<>("invalid selector: '" + text + "'; can't understand '" + part + "'");
            }
            String value = term.value();
            @Nullable String plain = unescape(value);
            if (plain == null) {
                return new Parsed.Bad<>(
                        "invalid field selector: invalid escape sequence or unescaped character in \"" + value + "\"");
            }
            found.add(new Term(term.field(), term.equal(), plain));
        }
        return new Parsed.Good<>(new FieldSelector(found));
    }

    /// A field that is absent counts as empty.
    public boolean matches(Map<String, String> fields) {
        return terms.stream()
                .allMatch(term ->
                        term.equal() == fields.getOrDefault(term.field(), "").equals(term.value()));
    }

    public boolean isEverything() {
        return terms.isEmpty();
    }

    /// The first field that is none of these, null when all are: for `field label not supported: X`.
    public @Nullable String unsupported(Set<String> supported) {
        return terms.stream()
                .map(Term::field)
                .filter(field -> !supported.contains(field))
                .findFirst()
                .orElse(null);
    }

    /// The value that the field must have, null when no term says so.
    public @Nullable String required(String field) {
        return terms.stream()
                .filter(term -> term.equal() && term.field().equals(field))
                .map(Term::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(","));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static @Nullable Term term(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.startsWith("!=", i)) {
                return new Term(part.substring(0, i), false, part.substring(i + 2));
            }
            if (part.startsWith("==", i)) {
                return new Term(part.substring(0, i), true, part.substring(i + 2));
            }
            if (part.charAt(i) == '=') {
                return new Term(part.substring(0, i), true, part.substring(i + 1));
            }
        }
        return null;
    }

    private static @Nullable String unescape(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '=') {
                return null;
            }
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    return null;
                }
                c = value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }
}
