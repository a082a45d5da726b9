package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.cli.output.Columns;
import dev.jobctl.cli.output.Form;
import dev.jobctl.cli.output.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl get`: objects as rows, or in another form.
public final class GetVerb {
    /// @param labelColumns labels shown as columns of their own
    record Options(
            List<String> words,
            Sources files,
            @Nullable String output,
            @Nullable String selector,
            @Nullable String fieldSelector,
            boolean allNamespaces,
            boolean showLabels,
            List<String> labelColumns,
            boolean noHeaders,
            @Nullable String sortBy,
            boolean ignoreNotFound,
            boolean watch,
            boolean watchOnly,
            boolean showKind,
            boolean managedFields,
            boolean allowMissing,
            long chunkSize) {}

    private GetVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("get")
                .summary("Show objects as a table, or in another form")
                .words("TYPE[,TYPE] [NAME...] | TYPE/NAME...")
                .value("-o --output", "FORMAT", "wide, json, yaml, name, jsonpath=, custom-columns= ...")
                .flag("--show-labels", "Labels as the last column")
                .values("-L --label-columns", "LABEL", "Labels shown as columns")
                .flag("--no-headers", "No header line")
                .value("--sort-by", "JSONPATH", "Order by this field")
                .flag("--ignore-not-found", "Silence about missing objects")
                .flag("-w --watch", "Go on and show changes")
                .flag("--watch-only", "Show changes only")
                .flag("--show-kind", "Types in front of names")
                .flag("--show-managed-fields", "managedFields in JSON and YAML")
                .value("--allow-missing-template-keys", "BOOL", "Print nothing for missing keys (default true)")
                .value("--chunk-size", "N", "Read long lists in pieces of N objects (default 500)")
                .examples(
                        "jobctl get jobs",
                        "jobctl get pods -l batch.kubernetes.io/job-name=pi -o wide",
                        "jobctl get job pi -o jsonpath='{.status.succeeded}'");
        return Flags.selectors(Flags.files(command)).build(GetVerb::read, GetVerb::run);
    }

    private static Options read(Parsed p) {
        Long chunk = p.number("--chunk-size");
        Options options = new Options(
                p.words(),
                Flags.files(p),
                p.text("--output"),
                p.text("--selector"),
                p.text("--field-selector"),
                p.flag("--all-namespaces"),
                p.flag("--show-labels"),
                p.parts("--label-columns"),
                p.flag("--no-headers"),
                p.text("--sort-by"),
                p.flag("--ignore-not-found"),
                p.flag("--watch"),
                p.flag("--watch-only"),
                p.flag("--show-kind"),
                p.flag("--show-managed-fields"),
                !"false".equals(p.text("--allow-missing-template-keys")),
                chunk == null ? 500 : chunk);
        Flags.requireWordsOrFiles(
                options.words(),
                options.files(),
                "You must specify the type of resource to get, such as 'jobctl get jobs'. See 'jobctl api-resources'"
                        + " for all types.");
        return options;
    }

    static int run(Session session, Options options) {
        Form form = Flags.form(options.output(), session);
        Selection selection = Selection.of(
                session,
                new Selection.Asked(
                        options.words(),
                        options.files(),
                        options.selector(),
                        options.fieldSelector(),
                        options.allNamespaces()));
        if (options.watch() || options.watchOnly()) {
            return new GetWatch(session, options, form).run(selection);
        }
        return form instanceof Form.Rows rows
                ? new Tables(session, options, rows.wide()).run(selection)
                : new GetObjects(session, options, form).run(selection);
    }

    /// The namespace of a request: null for all.
    static @Nullable String namespace(Session session, Options options, Selection.Item item) {
        return options.allNamespaces() && item.name() == null ? null : item.namespace(session);
    }

    /// `No resources found in default namespace.`
    static void nothing(Session session, Options options, boolean namespaced) {
        if (options.ignoreNotFound()) {
            return;
        }
        session.err()
                .println(
                        options.allNamespaces() || !namespaced
                                ? "No resources found"
                                : "No resources found in " + session.namespace() + " namespace.");
    }

    static Rows.Choice choice(Options options, boolean wide, ResourceType type, boolean prefixed) {
        return new Rows.Choice(
                wide,
                options.allNamespaces() && type.namespaced(),
                options.showLabels(),
                options.labelColumns(),
                prefixed ? type.label("") : "");
    }

    /// Rows as the server made them. One run.
    private record Tables(Session session, Options options, boolean wide) {
        int run(Selection selection) {
            List<String> errors = new ArrayList<>();
            Map<ResourceType, List<JsonNode>> found = new LinkedHashMap<>();
            blocks(selection).forEach((type, items) -> {
                List<JsonNode> answers = answers(items, errors);
                if (!answers.isEmpty()) {
                    found.put(type, answers);
                }
            });
            boolean prefixed = found.size() > 1 || options.showKind();
            boolean printed = false;
            for (Map.Entry<ResourceType, List<JsonNode>> block : found.entrySet()) {
                printed |= print(block.getKey(), block.getValue(), prefixed, printed);
            }
            if (!printed && errors.isEmpty() && !selection.named()) {
                nothing(
                        session,
                        options,
                        selection.items().stream().anyMatch(i -> i.type().namespaced()));
            }
            errors.forEach(session.err()::println);
            return errors.isEmpty() ? Exit.OK : Exit.ERROR;
        }

        private static Map<ResourceType, List<Selection.Item>> blocks(Selection selection) {
            Map<ResourceType, List<Selection.Item>> blocks = new LinkedHashMap<>();
            selection
                    .items()
                    .forEach(i -> blocks.computeIfAbsent(i.type(), t -> new ArrayList<>())
                            .add(i));
            return blocks;
        }

        private List<JsonNode> answers(List<Selection.Item> items, List<String> errors) {
            List<JsonNode> answers = new ArrayList<>();
            for (Selection.Item item : items) {
                try {
                    answers.addAll(answer(item));
                } catch (ApiError e) {
                    if (e.notFound() && !e.unknownPath() && options.ignoreNotFound()) {
                        continue;
                    }
                    errors.add(told(e, item, options));
                }
            }
            return answers;
        }

        private List<JsonNode> answer(Selection.Item item) {
            Cluster cluster = session.cluster();
            if (item.name() != null) {
                return List.of(cluster.table(item.type().path(item.namespace(session), item.name()), include()));
            }
            return Paging.tables(
                    cluster,
                    item.type().path(namespace(session, options, item)),
                    query(include()),
                    options.sortBy() == null ? options.chunkSize() : 0);
        }

        private Map<String, String> include() {
            return Map.of("includeObject", options.sortBy() == null ? "Metadata" : "Object");
        }

        private Map<String, String> query(Map<String, String> more) {
            Map<String, String> query = Flags.selectors(options.selector(), options.fieldSelector());
            query.putAll(more);
            return query;
        }

        /// Returns whether there was anything to print.
        private boolean print(ResourceType type, List<JsonNode> answers, boolean prefixed, boolean following) {
            Rows rows = new Rows(
                    choice(options, wide, type, prefixed), session.time().now());
            List<List<String>> lines = new ArrayList<>();
            for (JsonNode answer : Sorting.sorted(answers, options.sortBy())) {
                lines.addAll(rows.take(answer));
            }
            if (lines.isEmpty()) {
                return false;
            }
            if (following) {
                session.out().println();
            }
            if (!options.noHeaders()) {
                lines.addFirst(rows.header());
            }
            session.out().print(Columns.table(lines));
            return true;
        }
    }

    /// kubectl's words for a refused `get`.
    static String told(ApiError e, Selection.Item item, Options options) {
        String what = "";
        if (e.reason().equals("BadRequest") && options.fieldSelector() != null) {
            what = "Unable to find \"" + item.type().apiVersion() + ", Resource="
                    + item.type().plural()
                    + "\" that match label selector \"" + (options.selector() == null ? "" : options.selector())
                    + "\", field selector \"" + options.fieldSelector() + "\": ";
        }
        return Selection.told(e, item.type(), what);
    }

    static ObjectNode cleaned(ObjectNode object, Options options) {
        return options.managedFields() ? object : dev.jobctl.cli.output.Objects.withoutManagedFields(object);
    }
}
