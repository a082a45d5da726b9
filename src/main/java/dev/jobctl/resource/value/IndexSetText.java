package dev.jobctl.resource.value;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads the text form of [IndexSet], strictly as the API's validation does and leniently as its controller does.
final class IndexSetText {
    private static final Pattern INTEGER = Pattern.compile("[+]?[0-9]{1,18}");

    private IndexSetText() {}

    static Parsed<IndexSet> parse(String text, int limit) {
        IndexSet.Intervals result = new IndexSet.Intervals(8);
        long previous = -1;
        for (String fragment : fragments(text)) {
            List<String> parts = parts(fragment);
            if (parts.size() > 2) {
                return bad(
                        "the fragment %s violates the requirement that an index interval can have at most two parts"
                                + " separated by '-'",
                        GoQuote.of(fragment));
            }
            long[] bounds = new long[2];
            for (int i = 0; i < parts.size(); i++) {
                OptionalLong number = number(parts.get(i));
                if (number.isEmpty()) {
                    return bad("cannot convert string to integer for index: %s", GoQuote.of(parts.get(i)));
                }
                bounds[i] = number.getAsLong();
                if (bounds[i] >= limit) {
                    return bad("too large index: %s", GoQuote.of(parts.get(i)));
                }
            }
            long first = bounds[0];
            long last = parts.size() == 1 ? first : bounds[1];
            if (parts.size() == 2 && first >= last) {
                return bad(
                        "non-increasing order, previous: %s, current: %s", Long.toString(first), Long.toString(last));
            }
            if (previous >= first) {
                return bad(
                        "non-increasing order, previous: %s, current: %s",
                        Long.toString(previous), Long.toString(first));
            }
            result.add((int) first, (int) last);
            previous = last;
        }
        return new Parsed.Good<>(result.build());
    }

    static IndexSet lenient(String text) {
        if (parse(text, Integer.MAX_VALUE) instanceof Parsed.Good<IndexSet>(IndexSet whole)) {
            return whole;
        }
        IndexSet result = IndexSet.EMPTY;
        for (String fragment : fragments(text)) {
            if (parse(fragment, Integer.MAX_VALUE) instanceof Parsed.Good<IndexSet>(IndexSet part)) {
                result = result.union(part);
            }
        }
        return result;
    }

    private static List<String> fragments(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static List<String> parts(String fragment) {
        return List.of(fragment.split("-", -1));
    }

    private static OptionalLong number(String text) {
        return INTEGER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Parsed<IndexSet> bad(String format, String... values) {
        return new Parsed.Bad<>(format.formatted((Object[]) values));
    }
}
