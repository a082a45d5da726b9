package dev.jobctl.resource.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Settles the nulls of fabric8 objects at the door. Elements that are null vanish.
final class Holes {
    private Holes() {}

    static <T> List<T> list(@Nullable List<T> list) {
        if (list == null || list.isEmpty()) {
            return List.of();
        }
        for (T each : list) {
            if (each == null) {
                return list.stream().filter(Objects::nonNull).toList();
            }
        }
        return List.copyOf(list);
    }

    static Map<String, String> map(@Nullable Map<String, String> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        for (String value : map.values()) {
            if (value == null) {
                Map<String, String> full = new HashMap<>();
                map.forEach((key, each) -> full.put(key, text(each)));
                return Map.copyOf(full);
            }
        }
        return Map.copyOf(map);
    }

    /// The elements that are there, each as `make` sees it.
    static <T, R> List<R> views(@Nullable List<T> list, Function<T, R> make) {
        if (list == null || list.isEmpty()) {
            return List.of();
        }
        List<R> views = new ArrayList<>(list.size());
        for (T each : list) {
            if (each != null) {
                views.add(make.apply(each));
            }
        }
        return List.copyOf(views);
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
