package dev.jobctl.resource.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the parts of one document stand in the file.
public final class Marks {
    private final Marked root;

    Marks(Marked root) {
        this.root = root;
    }

    /// The key of the member that a JSON pointer such as `/spec/containers/0/image` names; for list items and the whole
    /// document, the value.
    public Optional<Mark> key(String pointer) {
        return Optional.ofNullable(find(pointer)).map(Marked::key);
    }

    /// The value that a JSON pointer names; the empty pointer is the whole document.
    public Optional<Mark> value(String pointer) {
        return Optional.ofNullable(find(pointer)).map(Marked::value);
    }

    /// The key of the field that an API path names, or of its nearest parent that is written down.
    public Mark nearest(String path) {
        Marked at = root;
        for (String step : steps(path)) {
            @Nullable Marked inner = at.child(step);
            if (inner == null) {
                break;
            }
            at = inner;
        }
        return at.key();
    }

    private @Nullable Marked find(String pointer) {
        @Nullable Marked at = root;
        for (String step : pointer.isEmpty()
                ? List.<String>of()
                : List.of(pointer.substring(1).split("/", -1))) {
            at = at == null ? null : at.child(step.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }

    /// `a.b[0].c[x.y/z]` is a, b, 0, c, x.y/z.
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean ends = bracket ? c == ']' : c == '.' || c == '[';
            if (!ends) {
                step.append(c);
                continue;
            }
            if (!step.isEmpty() || bracket) {
                steps.add(step.toString());
                step.setLength(0);
            }
            bracket = c == '[';
        }
        if (!step.isEmpty()) {
            steps.add(step.toString());
        }
        return steps;
    }
}
