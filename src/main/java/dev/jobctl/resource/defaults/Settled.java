package dev.jobctl.resource.defaults;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The door where fabric8's optional fields are settled.
final class Settled {
    private Settled() {}

    /// JSON `null` and an absent list are the empty list.
    static <T> List<T> list(@Nullable List<T> maybe) {
        return maybe == null ? List.of() : maybe;
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> maybe) {
        return maybe == null ? Map.of() : maybe;
    }

    /// In the API an empty string is an absent one.
    static boolean blank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// In the API an int that is no pointer is absent when it is 0.
    static int orIfZero(@Nullable Integer number, int fallback) {
        return number == null || number == 0 ? fallback : number;
    }
}
