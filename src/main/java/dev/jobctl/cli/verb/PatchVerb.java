package dev.jobctl.cli.verb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.patch.PatchError;
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.schema.Struct;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlFile;
import dev.jobctl.resource.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl patch`: changes parts of an object.
public final class PatchVerb {
    /// @param type `strategic`, `merge` or `json`
    record Options(
            List<String> words,
            String type,
            @Nullable String patch,
            @Nullable String patchFile,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    private PatchVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("patch")
                .summary("Change parts of an object")
                .words("TYPE NAME | TYPE/NAME")
                .value("--type", "FORM", "strategic (default), merge or json")
                .value("-p --patch", "PATCH", "The patch, in JSON or YAML")
                .value("--patch-file", "FILE", "File with the patch")
                .examples("jobctl patch job pi -p '{\"spec\":{\"parallelism\":3}}'");
        return Flags.dryRun(Flags.output(command)).build(PatchVerb::read, PatchVerb::run);
    }

    private static Options read(Parsed p) {
        String type = p.choice("--type", "strategic", "merge", "json");
        Options options = new Options(
                p.words(),
                type == null ? "strategic" : type,
                p.text("--patch"),
                p.text("--patch-file"),
                p.text("--output"),
                Flags.dryRun(p));
        if ((options.patch() == null) == (options.patchFile() == null)) {
            throw new UsageError("must specify exactly one of --patch or --patch-file");
        }
        if (options.words().isEmpty()) {
            throw new UsageError("name what to patch, such as 'jobctl patch job pi -p ...'");
        }
        return options;
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        JsonNode patch = tree(text(session, options));
        Selection selection = Selection.of(session.cluster(), options.words());
        return Writing.each(session, selection.items(), item -> patch(session, options, report, item, patch));
    }

    private static int patch(Session session, Options options, Report report, Selection.Item item, JsonNode patch) {
        ResourceType type = item.type();
        String name = item.one();
        ObjectNode before = session.cluster().get(type, session.namespace(), name);
        if (options.dryRun() == Flags.DryRun.CLIENT) {
            report.tell(
                    type,
                    patched(session, options, type, before, patch),
                    "patched" + options.dryRun().suffix());
            return Exit.OK;
        }
        Map<String, String> query = options.dryRun().query("kubectl-patch");
        ObjectNode after = session.cluster()
                .patch(type, session.namespace(), name, contentType(options.type()), Json.write(patch), query);
        String unchanged = after.equals(before) ? " (no change)" : "";
        report.tell(type, after, "patched" + options.dryRun().suffix() + unchanged);
        return Exit.OK;
    }

    /// As the server would make it, but for what only the server knows.
    private static ObjectNode patched(
            Session session, Options options, ResourceType type, ObjectNode before, JsonNode patch) {
        try {
            JsonNode after = switch (options.type()) {
                case "json" -> Patches.json(before, patch);
                case "merge" -> Patches.merge(before, patch);
                default -> Patches.strategic(schema(session, type), before, patch);
            };
            if (after instanceof ObjectNode object) {
                return object;
            }
        } catch (PatchError e) {
            throw new CommandError(String.valueOf(e.getMessage()), e);
        }
        throw new CommandError("the patch leaves no object");
    }

    private static Struct schema(Session session, ResourceType type) {
        return Kinds.byName(type.apiVersion(), type.kind())
                .map(session.schemas()::of)
                .orElseThrow(() -> new CommandError("a strategic patch of " + type.plural()
                        + " cannot be tried here; use --type=merge, or --dry-run=server"));
    }

    private static String contentType(String type) {
        return switch (type) {
            case "json" -> "application/json-patch+json";
            case "merge" -> "application/merge-patch+json";
            default -> "application/strategic-merge-patch+json";
        };
    }

    private static String text(Session session, Options options) {
        if (options.patch() != null) {
            return options.patch();
        }
        String file = String.valueOf(options.patchFile());
        try {
            return Files.readString(session.terminal().directory().resolve(file));
        } catch (IOException e) {
            throw new CommandError("unable to read patch file: " + e.getMessage(), e);
        }
    }

    private static JsonNode tree(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return Json.MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                throw new CommandError("unable to parse \"" + text + "\": " + e.getOriginalMessage(), e);
            }
        }
        YamlFile yaml = YamlReader.read("patch", text);
        if (!yaml.problems().isEmpty() || yaml.documents().isEmpty()) {
            throw new CommandError("unable to parse \"" + text + "\": "
                    + (yaml.problems().isEmpty()
                            ? "it is empty"
                            : yaml.problems().getFirst()));
        }
        return yaml.documents().getFirst().tree();
    }
}
