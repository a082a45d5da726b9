package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.jsonpath.JsonPath;
import dev.jobctl.cli.jsonpath.JsonPathError;
import dev.jobctl.resource.value.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    static <T extends JsonNode> void order(
            List<T> rows, String expression, java.util.function.Function<T, JsonNode> object) {
        JsonPath path;
        try {
            path = JsonPath.relaxed(expression);
            if (!rows.isEmpty()
                    && rows.stream()
                            .allMatch(row -> key(path, object.apply(row)).isEmpty())) {
                throw new CommandError(
                        "couldn't find any field with path \"" + expression + "\" in the list of objects");
            }
            rows.sort(Comparator.comparing(row -> key(path, object.apply(row)), Sorting::compare));
        } catch (JsonPathError e) {
            throw new CommandError("error parsing sort-by " + expression + ", " + e.getMessage(), e);
        }
    }

    private static Optional<JsonNode> key(JsonPath path, JsonNode object) {
        return path.find(object, true).stream().flatMap(List::stream).findFirst();
    }

    /// Missing first; numbers by value; times by moment; else by text.
    private static int compare(Optional<JsonNode> a, Optional<JsonNode> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isPresent(), b.isPresent());
        }
        JsonNode left = a.get();
        JsonNode right = b.get();
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        var leftTime = Timestamps.parse(left.asText());
        var rightTime = Timestamps.parse(right.asText());
        if (leftTime.isPresent() && rightTime.isPresent()) {
            return leftTime.get().compareTo(rightTime.get());
        }
        return left.asText().compareTo(right.asText());
    }
}
