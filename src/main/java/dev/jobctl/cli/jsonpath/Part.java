package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a template. Each takes the values found so far and gives the next ones.
sealed interface Part {
    /// One action, `{...}`: its pieces one after the other.
    record Steps(List<Part> parts) implements Part {
        public Steps {
            parts = List.copyOf(parts);
        }
    }

    record Text(String text) implements Part {}

    /// A number or truth value.
    record Literal(JsonNode value) implements Part {}

    record Name(String name) implements Part {}

    /// `range` and `end`; any other word is an error when it is met.
    record Word(String word) implements Part {}

    /// `.*`
    record All() implements Part {}

    /// `..`
    record Descent() implements Part {}

    /// `[from:to:step]`; null for what is left out.
    ///
    /// @param single written as one index, `[3]`
    record Slice(
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable Integer step,
            boolean single) implements Part {}

    /// `[a,b]`
    record Union(List<Steps> parts) implements Part {
        public Union {
            parts = List.copyOf(parts);
        }
    }

    /// `[?(left operator right)]`; the operator `exists` has no right side.
    record Filter(Steps left, String operator, Steps right) implements Part {}
}
