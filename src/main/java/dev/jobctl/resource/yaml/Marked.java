package dev.jobctl.resource.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The places of one value and of what is inside it. Shared where an alias repeats a value.
///
/// @param key where its key begins; for list items and whole documents where the value begins
/// @param members of an object; empty for others
/// @param items of a list; empty for others
record Marked(Mark key, Mark value, Map<String, Marked> members, List<Marked> items) {
    static Marked scalar(Mark at) {
        return new Marked(at, at, Map.of(), List.of());
    }

    Marked under(Mark newKey) {
        return new Marked(newKey, value, members, items);
    }

    @Nullable
    Marked child(String step) {
        @Nullable Marked member = members.get(step);
        if (member != null || items.isEmpty() || step.isEmpty() || step.length() > 9) {
            return member;
        }
        if (!step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int index = Integer.parseInt(step);
        return index < items.size() ? items.get(index) : null;
    }
}
