package dev.jobctl.resource.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The door where fabric8's optional fields are settled.
public final class Settled {
    private Settled() {}

    public static boolean isTrue(@Nullable Boolean maybe) {
        return Boolean.TRUE.equals(maybe);
    }

    /// JSON `null` and an absent list are the empty list.
    public static <T> List<T> list(@Nullable List<T> maybe) {
        return maybe == null ? List.of() : maybe;
    }

    public static <V> Map<String, V> map(@Nullable Map<String, V> maybe) {
        return maybe == null ? Map.of() : maybe;
    }

    /// In the API an empty string is an absent one.
    public static boolean blank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    /// In the API an int that is no pointer is absent when it is 0.
    public static int orIfZero(@Nullable Integer number, int fallback) {
        return number == null || number == 0 ? fallback : number;
    }
}
