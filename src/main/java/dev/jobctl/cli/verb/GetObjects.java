package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.Columns;
import dev.jobctl.cli.output.Form;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.cli.output.YamlText;
import java.util.ArrayList;
import java.util.List;

/// `get` in every form but rows. One run.
record GetObjects(Session session, GetVerb.Options options, Form form) {
    int run(Selection selection) {
        List<ObjectNode> objects = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (Selection.Item item : selection.items()) {
            try {
                objects.addAll(read(item));
            } catch (ApiError e) {
                if (!(e.notFound() && !e.unknownPath() && options.ignoreNotFound())) {
                    errors.add(GetVerb.told(e, item, options));
                }
            }
        }
        objects.forEach(object -> GetVerb.cleaned(object, options));
        String sortBy = options.sortBy();
        if (sortBy != null) {
            Sorting.order(objects, sortBy, object -> object);
        }
        boolean single = selection.items().size() == 1 && selection.named();
        if (!(single && objects.isEmpty()) && (errors.isEmpty() || !objects.isEmpty())) {
            print(objects, single);
        }
        errors.forEach(session.err()::println);
        return errors.isEmpty() ? Exit.OK : Exit.ERROR;
    }

    private List<ObjectNode> read(Selection.Item item) {
        if (item.name() != null) {
            return List.of(session.cluster().get(item.type(), item.namespace(session), item.name()));
        }
        return Paging.objects(
                session.cluster(),
                item.type(),
                GetVerb.namespace(session, options, item),
                Flags.selectors(options.selector(), options.fieldSelector()),
                options.chunkSize());
    }

    private void print(List<ObjectNode> objects, boolean single) {
        switch (form) {
            case Form.Json() -> session.out().print(JsonText.of(whole(objects, single)));
            case Form.Yaml() -> session.out().print(YamlText.of(whole(objects, single)));
            case Form.Path path ->
                session.out().print(Flags.filled(path, whole(objects, single), options.allowMissing()));
            case Form.Name() -> objects.forEach(object -> session.out().println(label(object)));
            case Form.Custom custom -> session.out().print(Columns.table(customRows(custom, objects)));
            case Form.Rows rows -> throw new IllegalStateException("rows are made elsewhere: " + rows);
        }
    }

    private static JsonNode whole(List<ObjectNode> objects, boolean single) {
        return single ? objects.getFirst() : Objects.list(objects);
    }

    private List<List<String>> customRows(Form.Custom custom, List<ObjectNode> objects) {
        List<List<String>> rows = new ArrayList<>();
        if (!options.noHeaders()) {
            rows.add(custom.columns().stream().map(Form.Custom.Column::header).toList());
        }
        objects.forEach(object -> rows.add(Objects.cells(custom, object)));
        return rows;
    }

    /// `job.batch/pi`.
    static String label(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        String name = object.path("metadata").path("name").asText();
        return KnownTypes.all().stream()
                .filter(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(kind))
                .findFirst()
                .map(type -> type.label(name))
                .orElseGet(() -> unknownLabel(apiVersion, kind, name));
    }

    private static String unknownLabel(String apiVersion, String kind, String name) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String singular = kind.toLowerCase(java.util.Locale.ROOT);
        return new ResourceType(group, "", kind, singular, singular, List.of(), List.of(), true).label(name);
    }
}
