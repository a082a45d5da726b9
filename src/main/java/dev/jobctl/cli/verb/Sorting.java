package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.jsonpath.JsonPath;
import dev.jobctl.cli.jsonpath.JsonPathError;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `--sort-by`.
final class Sorting {
    private Sorting() {}

    /// One answer with all rows of all, in order; the answers themselves when nothing is asked.
    static List<JsonNode> sorted(List<JsonNode> answers, @Nullable String expression) {
        if (expression == null || answers.isEmpty()) {
            return answers;
        }
        if (!(answers.getFirst().deepCopy() instanceof ObjectNode all) || !all.has("rows")) {
            return answers;
        }
        List<JsonNode> rows = new ArrayList<>();
        answers.forEach(answer -> answer.path("rows").forEach(rows::add));
        order(rows, expression, row -> row.path("object"));
        ArrayNode target = all.putArray("rows");
        rows.forEach(target::add);
        return List.of(all);
    }

    static <T extends JsonNode> void order(List<T> rows, String expression, Function<T, JsonNode> object) {
        List<Keyed<T>> keyed = new ArrayList<>();
        try {
            JsonPath path = JsonPath.relaxed(expression);
            rows.forEach(row -> keyed.add(new Keyed<>(key(path, object.apply(row)), row)));
        } catch (JsonPathError e) {
            throw new CommandError("error parsing sort-by " + expression + ", " + e.getMessage(), e);
        }
        List<Optional<JsonNode>> keys = keyed.stream().map(Keyed::key).toList();
        if (!keys.isEmpty() && keys.stream().allMatch(Optional::isEmpty)) {
            throw new CommandError("couldn't find any field with path \"" + expression + "\" in the list of objects");
        }
        keyed.sort(Comparator.comparing(Keyed::key, comparing(keys)));
        rows.clear();
        keyed.forEach(one -> rows.add(one.row()));
    }

    private record Keyed<T>(Optional<JsonNode> key, T row) {}

    private static Optional<JsonNode> key(JsonPath path, JsonNode object) {
        return path.find(object, true).stream().flatMap(List::stream).findFirst();
    }

    /// Missing first; numbers and quantities by value; times by moment; else by text. One way for all of them: an order
    /// that changed its ways from pair to pair would be none.
    private static Comparator<Optional<JsonNode>> comparing(List<Optional<JsonNode>> keys) {
        if (every(keys, Quantities::parse)) {
            return by(Quantities::parse);
        }
        return every(keys, Timestamps::parse) ? by(Timestamps::parse) : by(Optional::of);
    }

    private static <T> boolean every(List<Optional<JsonNode>> keys, Function<String, Optional<T>> reading) {
        return keys.stream()
                .flatMap(Optional::stream)
                .allMatch(key -> reading.apply(key.asText()).isPresent());
    }

    private static <T extends Comparable<? super T>> Comparator<Optional<JsonNode>> by(
            Function<String, Optional<T>> reading) {
        return (a, b) -> {
            Optional<T> left = a.flatMap(key -> reading.apply(key.asText()));
            Optional<T> right = b.flatMap(key -> reading.apply(key.asText()));
            return left.isPresent() && right.isPresent()
                    ? left.get().compareTo(right.get())
                    : Boolean.compare(left.isPresent(), right.isPresent());
        };
    }
}
