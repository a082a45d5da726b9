package dev.jobctl.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns the server's Tables into rows of text. One instance per block of one type: it keeps the columns that the first
/// Table named, because those of a watch's later events are empty.
public final class Rows {
    /// Which columns there are besides the server's.
    ///
    /// @param prefix put before names, such as `job.batch/`; empty for none
    public record Choice(boolean wide, boolean namespace, boolean labels, List<String> labelColumns, String prefix) {
        public Choice {
            labelColumns = List.copyOf(labelColumns);
        }
    }

    private final Choice choice;
    private final Instant now;
    private final List<JsonNode> columns = new ArrayList<>();

    public Rows(Choice choice, Instant now) {
        this.choice = choice;
        this.now = now;
    }

    /// The header, once a table was taken.
    public List<String> header() {
        List<String> cells = new ArrayList<>();
        if (choice.namespace()) {
            cells.add("NAMESPACE");
        }
        if (columns.isEmpty()) {
            cells.add("NAME");
            cells.add("AGE");
        }
        for (JsonNode column : columns) {
            if (shown(column)) {
                cells.add(column.path("name").asText().toUpperCase(Locale.ROOT));
            }
        }
        for (String label : choice.labelColumns()) {
            cells.add(label.substring(label.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
        }
        if (choice.labels()) {
            cells.add("LABELS");
        }
        return cells;
    }

    /// The rows of a Table, or NAME and AGE of a list or object where the server makes no Tables.
    public List<List<String>> take(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        if (answer.path("kind").asText().equals("Table")) {
            if (columns.isEmpty()) {
                answer.path("columnDefinitions").forEach(columns::add);
            }
            answer.path("rows").forEach(row -> rows.add(row(row.path("cells"), row.path("object"))));
        } else if (answer.path("items").isArray()) {
            answer.path("items").forEach(item -> rows.add(plain(item)));
        } else {
            rows.add(plain(answer));
        }
        return rows;
    }

    private boolean shown(JsonNode column) {
        return choice.wide() || column.path("priority").asInt() == 0;
    }

    private List<String> row(JsonNode cells, JsonNode object) {
        List<String> row = begun(object);
        for (int i = 0; i < columns.size(); i++) {
            if (shown(columns.get(i))) {
                String text = text(cells.path(i));
                boolean name = columns.get(i).path("format").asText().equals("name");
                row.add(name ? choice.prefix() + text : text);
            }
        }
        return ended(row, object);
    }

    private List<String> plain(JsonNode object) {
        List<String> row = begun(object);
        row.add(choice.prefix() + object.path("metadata").path("name").asText());
        row.add(Ages.of(object.path("metadata").path("creationTimestamp").asText(), now));
        return ended(row, object);
    }

    private List<String> begun(JsonNode object) {
        List<String> row = new ArrayList<>();
        if (choice.namespace()) {
            row.add(object.path("metadata").path("namespace").asText());
        }
        return row;
    }

    private List<String> ended(List<String> row, JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        choice.labelColumns().forEach(label -> row.add(labels.path(label).asText()));
        if (choice.labels()) {
            row.add(labels(labels));
        }
        return row;
    }

    /// `k=v,k=v`, sorted by key; `<none>` for none.
    public static String labels(JsonNode labels) {
        List<String> parts = new ArrayList<>();
        labels.properties()
                .forEach(entry ->
                        parts.add(entry.getKey() + "=" + entry.getValue().asText()));
        parts.sort(null);
        return parts.isEmpty() ? "<none>" : String.join(",", parts);
    }

    /// Line feeds would break the table: kubectl shows the first line only.
    private static String text(JsonNode cell) {
        String text =
                cell.isNull() || cell.isMissingNode() ? "<none>" : cell.isValueNode() ? cell.asText() : cell.toString();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end) + "...";
    }
}
