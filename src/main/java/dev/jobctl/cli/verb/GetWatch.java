package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.Watching;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Guard;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.Columns;
import dev.jobctl.cli.output.Form;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.cli.output.Rows;
import dev.jobctl.cli.output.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `get -w`: what there is, then a row per change until the caller goes or the server ends the watch. One run.
final class GetWatch {
    private final Session session;
    private final GetVerb.Options options;
    private final Form form;
    private final Columns columns = new Columns();
    private boolean headerDue;
    private @Nullable Rows rows;

    GetWatch(Session session, GetVerb.Options options, Form form) {
        this.session = session;
        this.options = options;
        this.form = form;
        this.headerDue = !options.noHeaders();
    }

    int run(Selection selection) {
        if (selection.items().size() != 1) {
            throw new CommandError("you may only specify a single resource type");
        }
        Selection.Item item = selection.items().getFirst();
        if (form instanceof Form.Rows shown) {
            rows = new Rows(
                    GetVerb.choice(options, shown.wide(), item.type(), options.showKind()),
                    session.time().now());
        }
        String path = item.type().path(GetVerb.namespace(session, options, item));
        Map<String, String> query = query(item);
        ObjectNode first = rows == null
                ? session.cluster().list(item.type(), GetVerb.namespace(session, options, item), query)
                : session.cluster().table(path, query);
        if (!options.watchOnly()) {
            show(first, item);
        }
        follow(path, query, first.path("metadata").path("resourceVersion").asText(""), item);
        return Exit.OK;
    }

    private Map<String, String> query(Selection.Item item) {
        Map<String, String> query = new LinkedHashMap<>(Flags.selectors(options.selector(), options.fieldSelector()));
        if (item.name() != null) {
            session.cluster()
                    .get(item.type(), item.namespace(session), item.name()); // a missing object is an error now
            query.put("fieldSelector", "metadata.name=" + item.name());
        }
        return query;
    }

    private void follow(String path, Map<String, String> query, String revision, Selection.Item item) {
        Map<String, String> from = new LinkedHashMap<>(query);
        from.put("resourceVersion", revision);
        try (Watching watching =
                        session.cluster().watch(path, from, rows == null ? "application/json" : Cluster.TABLE);
                Guard _ = Guard.over(session, null, watching::close)) {
            for (Watching.Event event = watching.next(); event != null; event = watching.next()) {
                if (!event.type().equals("BOOKMARK")) {
                    show(event.object(), item);
                }
            }
        }
    }

    private void show(JsonNode answer, Selection.Item item) {
        if (rows != null) {
            showRows(rows.take(answer));
        } else if (answer.path("items").isArray()
                && answer.path("kind").asText().endsWith("List")) {
            for (JsonNode object : answer.path("items")) {
                ((ObjectNode) object)
                        .put("apiVersion", item.type().apiVersion())
                        .put("kind", item.type().kind());
                show(object, item);
            }
        } else {
            showObject(GetVerb.cleaned((ObjectNode) answer, options));
        }
        session.out().flush();
    }

    private void showRows(List<List<String>> lines) {
        if (lines.isEmpty() || rows == null) {
            return;
        }
        if (headerDue) {
            columns.fit(List.of(rows.header()));
        }
        columns.fit(lines);
        if (headerDue) {
            session.out().println(columns.line(rows.header()));
            headerDue = false;
        }
        lines.forEach(line -> session.out().println(columns.line(line)));
    }

    private void showObject(ObjectNode object) {
        switch (form) {
            case Form.Json() -> session.out().print(JsonText.of(object));
            case Form.Yaml() -> session.out().print("---\n" + YamlText.of(object));
            case Form.Path path -> session.out().print(Flags.filled(path, object, options.allowMissing()));
            case Form.Name() -> session.out().println(GetObjects.label(object));
            case Form.Custom custom -> showCustom(custom, object);
            case Form.Rows shown -> throw new IllegalStateException("rows are made elsewhere: " + shown);
        }
    }

    private void showCustom(Form.Custom custom, ObjectNode object) {
        List<String> header =
                custom.columns().stream().map(Form.Custom.Column::header).toList();
        List<String> cells = Objects.cells(custom, object);
        columns.fit(List.of(header, cells));
        if (headerDue) {
            session.out().println(columns.line(header));
            headerDue = false;
        }
        session.out().println(columns.line(cells));
    }
}
