package dev.jobctl.resource.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Settles the nulls of fabric8 objects at the door. Elements that are null vanish.
final class Holes {
    private Holes() {}

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    static Map<String, String> map(@Nullable Map<String, String> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        Map<String, String> full = new HashMap<>();
        map.forEach((key, value) -> full.put(key, value == null ? "" : value));
        return Map.copyOf(full);
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static int number(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    static boolean yes(@Nullable Boolean fact) {
        return fact != null && fact;
    }
}
