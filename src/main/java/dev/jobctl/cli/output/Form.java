package dev.jobctl.cli.output;

import dev.jobctl.cli.jsonpath.JsonPath;
import dev.jobctl.cli.jsonpath.JsonPathError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What `-o` asks for.
public sealed interface Form {
    /// Rows for people; `wide` with all columns.
    record Rows(boolean wide) implements Form {}

    record Json() implements Form {}

    record Yaml() implements Form {}

    /// `job.batch/pi`.
    record Name() implements Form {}

    record Path(JsonPath template) implements Form {}

    /// Each with its header and where its cell comes from.
    record Custom(List<Column> columns) implements Form {
        /// One column of the user's own.
        public record Column(String header, JsonPath path) {}

        public Custom {
            columns = List.copyOf(columns);
        }
    }

    /// `text` null: rows. `read` gives the contents of a file named by the user. Throws [IllegalArgumentException]
    /// with kubectl's words when there is no such form.
    static Form of(@Nullable String text, UnaryOperator<String> read) {
        if (text == null || text.isEmpty()) {
            return new Rows(false);
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String rest = equals < 0 ? "" : text.substring(equals + 1);
        return switch (name) {
            case "json" -> new Json();
            case "yaml" -> new Yaml();
            case "name" -> new Name();
            case "wide" -> new Rows(true);
            case "jsonpath" -> path(rest, "template format specified but no template given");
            case "jsonpath-file" -> path(read.apply(rest), "template format specified but no template given");
            case "custom-columns" -> new Custom(columns(rest));
            case "custom-columns-file" -> new Custom(columnsFile(read.apply(rest)));
            default ->
                throw new IllegalArgumentException("unable to match a printer suitable for the output format \""
                        + text + "\", allowed formats are: custom-columns,custom-columns-file,json,jsonpath,"
                        + "jsonpath-file,name,wide,yaml");
        };
    }

    private static Form path(String template, String whenEmpty) {
        if (template.isEmpty()) {
            throw new IllegalArgumentException(whenEmpty);
        }
        try {
            return new Path(JsonPath.parse(template));
        } catch (JsonPathError e) {
            throw new IllegalArgumentException("error parsing jsonpath " + template + ", " + e.getMessage(), e);
        }
    }

    private static List<Custom.Column> columns(String spec) {
        if (spec.isEmpty()) {
            throw new IllegalArgumentException("custom-columns format specified but no custom columns given");
        }
        List<Custom.Column> columns = new ArrayList<>();
        for (String part : spec.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "unexpected custom-columns spec: " + part + ", expected <header>:<json-path-expr>");
            }
            columns.add(column(part.substring(0, colon), part.substring(colon + 1)));
        }
        return columns;
    }

    /// Two lines: headers, and paths under them.
    private static List<Custom.Column> columnsFile(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2) {
            throw new IllegalArgumentException("invalid template: it needs a line of headers and a line of paths");
        }
        String[] headers = lines.get(0).strip().split("\\s+", -1);
        String[] paths = lines.get(1).strip().split("\\s+", -1);
        if (headers.length != paths.length) {
            throw new IllegalArgumentException("number of headers (" + headers.length + ") and field specifications ("
                    + paths.length + ") don't match");
        }
        List<Custom.Column> columns = new ArrayList<>();
        for (int i = 0; i < headers.length; i++) {
            columns.add(column(headers[i], paths[i]));
        }
        return columns;
    }

    private static Custom.Column column(String header, String path) {
        try {
            return new Custom.Column(header, JsonPath.relaxed(path));
        } catch (JsonPathError e) {
            throw new IllegalArgumentException("error parsing custom-columns path " + path + ", " + e.getMessage(), e);
        }
    }
}
