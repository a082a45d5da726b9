package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.cli.output.YamlText;
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlFile;
import dev.jobctl.resource.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `jobctl edit`: changes an object in the user's own editor, which comes back with what is wrong until the server
/// takes it. Says what kubectl says.
public final class EditVerb {
    private static final String HEAD = """
        # Please edit the object below. Lines beginning with a '#' will be ignored,
        # and an empty file will abort the edit. If an error occurs while saving this file will be
        # reopened with the relevant failures.
        #
        """;

    record Options(List<String> words) {}

    private EditVerb() {}

    static Command<Options> command() {
        return Command.named("edit")
                .summary("Change an object in your editor ($KUBE_EDITOR, $EDITOR, or vi)")
                .words("TYPE NAME... | TYPE/NAME...")
                .examples("jobctl edit job/pi", "KUBE_EDITOR=nano jobctl edit cronjob nightly")
                .build(EditVerb::read, EditVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().isEmpty()) {
            throw new UsageError("name what to edit, such as 'jobctl edit job/pi'");
        }
        return new Options(p.words());
    }

    static int run(Session session, Options options) {
        Selection selection = Selection.of(session.cluster(), options.words());
        return Writing.each(session, selection.items(), item -> {
            ObjectNode before = session.cluster().get(item.type(), session.namespace(), item.one());
            try {
                return edit(session, item.type(), before);
            } catch (IOException e) {
                throw new CommandError("unable to launch the editor: " + e.getMessage(), e);
            }
        });
    }

    private static int edit(Session session, ResourceType type, ObjectNode before) throws IOException {
        String text = YamlText.of(Objects.withoutManagedFields(before));
        Path file = Files.createTempFile("jobctl-edit-", ".yaml");
        List<String> reasons = List.of();
        while (true) {
            Files.writeString(file, HEAD + comment(reasons) + text);
            open(session, file);
            String edited = bare(Files.readString(file));
            boolean same = edited.equals(bare(text));
            if (edited.isBlank() || same && reasons.isEmpty()) {
                Files.delete(file);
                String why = edited.isBlank() ? "saved file was empty" : "no changes made";
                session.err().println("Edit cancelled, " + why + ".");
                return Exit.OK;
            }
            if (same) {
                session.err().println("A copy of your changes has been stored to \"" + file + "\"");
                throw new CommandError("Edit cancelled, no valid changes were saved.");
            }
            text = edited;
            reasons = attempt(session, type, before, edited, file);
            if (reasons.isEmpty()) {
                Files.delete(file);
                return Exit.OK;
            }
        }
    }

    private static void open(Session session, Path file) throws IOException {
        Map<String, String> environment = session.terminal().environment();
        String editor = environment.getOrDefault("KUBE_EDITOR", "");
        editor = editor.isEmpty() ? environment.getOrDefault("EDITOR", "") : editor;
        editor = editor.isEmpty() ? "vi" : editor;
        List<String> words = List.of("/bin/sh", "-c", editor + " \"$0\"", file.toString());
        if (session.terminal().programs().run(words) != 0) {
            throw new CommandError("there was a problem with the editor \"" + editor + "\"");
        }
    }

    /// Why it must be edited again; empty when it is done.
    private static List<String> attempt(
            Session session, ResourceType type, ObjectNode before, String edited, Path file) {
        YamlFile yaml = YamlReader.read(file.toString(), edited);
        if (!yaml.problems().isEmpty() || yaml.documents().isEmpty()) {
            String what = yaml.problems().isEmpty()
                    ? "it has no object"
                    : yaml.problems().getFirst().toString();
            return List.of("The edited file had a syntax error: " + what);
        }
        ObjectNode wanted = yaml.documents().getFirst().tree();
        String name = before.path("metadata").path("name").asText();
        if (!identity(wanted).equals(identity(before))) {
            throw new CommandError("At least one of apiVersion, kind and name was changed");
        }
        try {
            ObjectNode after = store(session, type, before, wanted);
            boolean same = after.equals(before);
            session.out().println(type.label(name) + (same ? " edited (no change)" : " edited"));
            return List.of();
        } catch (ApiError e) {
            return refused(session, type, name, e, file);
        }
    }

    private static List<String> identity(JsonNode object) {
        return List.of(
                object.path("apiVersion").asText(),
                object.path("kind").asText(),
                object.path("metadata").path("name").asText());
    }

    private static ObjectNode store(Session session, ResourceType type, ObjectNode before, ObjectNode wanted) {
        ObjectNode known = Objects.withoutManagedFields(before);
        var kind = Kinds.byName(type.apiVersion(), type.kind());
        ObjectNode patch = kind.isPresent()
                ? Patches.twoWay(session.schemas().of(kind.get()), known, wanted)
                : Patches.mergeDiff(known, wanted);
        return session.cluster()
                .patch(
                        type,
                        session.namespace(),
                        before.path("metadata").path("name").asText(),
                        ApplyVerb.patchType(type),
                        Json.write(patch),
                        Map.of("fieldManager", "kubectl-edit", "fieldValidation", "Strict"));
    }

    private static List<String> refused(Session session, ResourceType type, String name, ApiError e, Path file) {
        String what = type.qualifiedPlural() + " \"" + name + "\"";
        if (e.reason().equals("BadRequest")) {
            return List.of("The edited file failed validation: " + e.getMessage());
        }
        if (!e.reason().equals("Invalid")) {
            session.err().println("error: " + what + " could not be patched: " + e.getMessage());
            session.err().println("You can run `jobctl replace -f " + file + "` to try this update again.");
            throw new CommandError("Edit cancelled, no valid changes were saved.");
        }
        session.err().println("error: " + what + " is invalid");
        List<String> reasons = new ArrayList<>(List.of(what + " was not valid:"));
        e.details()
                .path("causes")
                .forEach(cause -> reasons.add("* " + cause.path("field").asText() + ": "
                        + cause.path("message").asText()));
        return reasons;
    }

    private static String comment(List<String> reasons) {
        return reasons.isEmpty()
                ? ""
                : reasons.stream()
                        .map(reason -> "# " + reason.replace("\n", "\n# ") + "\n")
                        .collect(Collectors.joining("", "", "#\n"));
    }

    private static String bare(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
