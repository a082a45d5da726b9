package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Index lists as users write them, `0,2-5,7`: strictly increasing, each below the number of completions. Kept as
/// intervals, however large.
record IndexList(List<Interval> intervals) {
    IndexList {
        intervals = List.copyOf(intervals);
    }

    /// Both ends belong to it.
    record Interval(int first, int last) {}

    /// A `Bad` has the API's own detail.
    static Parsed<IndexList> parse(String text, int completions) {
        List<Interval> found = new ArrayList<>();
        if (text.isEmpty()) {
            return new Parsed.Good<>(new IndexList(found));
        }
        for (String fragment : text.split(",", -1)) {
            switch (interval(fragment, completions)) {
                case Parsed.Bad<Interval>(String message) -> {
                    return new Parsed.Bad<>(message);
                }
                case Parsed.Good<Interval>(Interval interval) -> {
                    if (!found.isEmpty() && found.getLast().last() >= interval.first()) {
                        return new Parsed.Bad<>(order(found.getLast().last(), interval.first()));
                    }
                    found.add(interval);
                }
            }
        }
        return new Parsed.Good<>(new IndexList(found));
    }

    private static Parsed<Interval> interval(String fragment, int completions) {
        String[] limits = fragment.split("-", -1);
        if (limits.length > 2) {
            return new Parsed.Bad<>("the fragment " + GoText.quote(fragment)
                    + " violates the requirement that an index interval can have at most two parts separated by '-'");
        }
        int[] values = new int[limits.length];
        for (int i = 0; i < limits.length; i++) {
            @Nullable Long index = number(limits[i]);
            if (index == null) {
                return new Parsed.Bad<>("cannot convert string to integer for index: " + GoText.quote(limits[i]));
            }
            if (index >= completions) {
                return new Parsed.Bad<>("too large index: " + GoText.quote(limits[i]));
            }
            values[i] = index.intValue();
        }
        if (values.length == 2 && values[0] >= values[1]) {
            return new Parsed.Bad<>(order(values[0], values[1]));
        }
        return new Parsed.Good<>(new Interval(values[0], values[values.length - 1]));
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String order(int previous, int current) {
        return "non-increasing order, previous: " + previous + ", current: " + current;
    }

    int size() {
        return intervals.stream().mapToInt(each -> each.last() - each.first() + 1).sum();
    }

    /// The first index that is in both; null for none.
    @Nullable Integer overlap(IndexList other) {
        for (Interval mine : intervals) {
            for (Interval theirs : other.intervals) {
                int from = Math.max(mine.first(), theirs.first());
                if (from <= Math.min(mine.last(), theirs.last())) {
                    return from;
                }
            }
        }
        return null;
    }
}
