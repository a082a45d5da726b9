package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl label` and `jobctl annotate`: set and remove single labels or annotations.
public final class LabelVerb {
    /// @param field `labels` or `annotations`
    /// @param changes key to new value, null to remove
    record Options(
            String field,
            List<String> words,
            Map<String, @Nullable String> changes,
            boolean overwrite,
            boolean all,
            @Nullable String selector,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    private LabelVerb() {}

    static Command<Options> label() {
        return declare("label", "Set and remove labels", "labels", "jobctl label job pi team=blue old-");
    }

    static Command<Options> annotate() {
        return declare(
                "annotate", "Set and remove annotations", "annotations", "jobctl annotate job pi note='by hand' old-");
    }

    private static Command<Options> declare(String name, String summary, String field, String example) {
        Command.Builder command = Command.named(name)
                .summary(summary)
                .words("TYPE NAME... KEY=VALUE... KEY-...")
                .flag("--overwrite", "Change values that are there")
                .flag("--all", "All objects of the type")
                .value("-l --selector", "SELECTOR", "Objects with these labels")
                .examples(example);
        return Flags.dryRun(Flags.output(command)).build(p -> read(p, field), LabelVerb::run);
    }

    private static Options read(Parsed p, String field) {
        List<String> words = new ArrayList<>();
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        for (String word : p.words()) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                changes.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (word.endsWith("-") && word.length() > 1 && !words.isEmpty()) {
                changes.put(word.substring(0, word.length() - 1), null);
            } else {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            throw new UsageError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        if (changes.isEmpty()) {
            throw new UsageError("at least one " + (field.equals("labels") ? "label" : "annotation")
                    + " update is required, such as key=value or key-");
        }
        return new Options(
                field,
                words,
                changes,
                p.flag("--overwrite"),
                p.flag("--all"),
                p.text("--selector"),
                p.text("--output"),
                Flags.dryRun(p));
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        Selection selection = Selection.of(session, new Selection.Asked(options.words(), options.selector()));
        List<Selection.Item> items = new ArrayList<>();
        for (Selection.Item item : selection.items()) {
            if (item.name() != null) {
                items.add(item);
            } else if (options.all() || options.selector() != null) {
                Paging.objects(
                                session.cluster(),
                                item.type(),
                                session.namespace(),
                                Flags.selectors(options.selector(), null),
                                500)
                        .forEach(o -> items.add(new Selection.Item(
                                item.type(), o.path("metadata").path("name").asText())));
            } else {
                throw Selection.nameless();
            }
        }
        return Writing.each(session, items, item -> change(session, options, report, item));
    }

    private static int change(Session session, Options options, Report report, Selection.Item item) {
        ResourceType type = item.type();
        String name = item.one();
        ObjectNode before = session.cluster().get(type, session.namespace(), name);
        JsonNode old = before.path("metadata").path(options.field());
        refuseOverwriting(options, old);
        if (options.field().equals("labels")) {
            options.changes().forEach((key, value) -> {
                if (value == null && !old.has(key)) {
                    session.out().println("label \"" + key + "\" not found.");
                }
            });
        }
        ObjectNode after;
        if (options.dryRun() == Flags.DryRun.CLIENT) {
            after = (ObjectNode) Patches.merge(before, patch(options));
        } else {
            String manager = options.field().equals("labels") ? "kubectl-label" : "kubectl-annotate";
            after = session.cluster()
                    .patch(
                            type,
                            session.namespace(),
                            name,
                            "application/merge-patch+json",
                            Json.write(patch(options)),
                            options.dryRun().query(manager));
        }
        report.tell(type, after, done(options, old) + options.dryRun().suffix());
        return Exit.OK;
    }

    private static ObjectNode patch(Options options) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        ObjectNode values = patch.putObject("metadata").putObject(options.field());
        options.changes().forEach(values::put);
        return patch;
    }

    private static void refuseOverwriting(Options options, JsonNode old) {
        if (options.overwrite()) {
            return;
        }
        options.changes().forEach((key, value) -> {
            if (value != null && old.has(key) && !old.path(key).asText().equals(value)) {
                String is =
                        "'" + key + "' already has a value (" + old.path(key).asText() + ")";
                throw new CommandError(
                        options.field().equals("labels")
                                ? is + ", and --overwrite is false"
                                : "--overwrite is false but found the following declared annotation(s): " + is);
            }
        });
    }

    private static String done(Options options, JsonNode old) {
        if (options.field().equals("annotations")) {
            return "annotated";
        }
        boolean set = false;
        boolean removed = false;
        for (Map.Entry<String, @Nullable String> change : options.changes().entrySet()) {
            String value = change.getValue();
            if (value == null) {
                removed |= old.has(change.getKey());
            } else {
                set |= !value.equals(old.path(change.getKey()).asText(null));
            }
        }
        return set ? "labeled" : removed ? "unlabeled" : "not labeled";
    }
}
