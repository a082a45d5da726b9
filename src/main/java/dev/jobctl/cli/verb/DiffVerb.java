package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.cli.output.YamlText;
import dev.jobctl.resource.value.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `jobctl diff`: what `apply` would change, as the server says. The exit code is 0 without a difference, 1 with one,
/// and more when something failed.
public final class DiffVerb {
    private static final int DIFFERENT = 1;
    private static final int FAILED = 2;

    record Options(Sources files, boolean serverSide, boolean forceConflicts, boolean managedFields) {}

    private DiffVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("diff")
                .summary("Show what 'apply' would change; the exit code is 1 when that is anything")
                .flag("--server-side", "As 'apply --server-side' would")
                .flag("--force-conflicts", "Take over fields that others own (with --server-side)")
                .flag("--show-managed-fields", "Also who owns which field")
                .examples("jobctl diff -f job.yaml");
        return Flags.files(command).build(DiffVerb::read, DiffVerb::run);
    }

    private static Options read(Parsed p) {
        Options options = new Options(
                Flags.files(p), p.flag("--server-side"), p.flag("--force-conflicts"), p.flag("--show-managed-fields"));
        if (options.files().isEmpty() || !p.words().isEmpty()) {
            throw new UsageError("must specify --filename, such as 'jobctl diff -f job.yaml'");
        }
        return options;
    }

    static int run(Session session, Options options) {
        try {
            return compare(session, options);
        } catch (RuntimeException e) { // the edge of a command, whose 1 says that there are differences
            return Math.max(
                    FAILED,
                    Failures.report(e, session.terminal(), session.globals().debug()));
        }
    }

    private static int compare(Session session, Options options) {
        int code = Exit.OK;
        for (Manifest manifest : Writing.checked(session, options.files(), null)) {
            session.checkCancelled();
            try {
                code = Math.max(code, compare(session, options, manifest));
            } catch (ApiError | CommandError e) {
                session.err().println(Failures.text(e));
                code = FAILED;
            }
        }
        return code;
    }

    private static int compare(Session session, Options options, Manifest manifest) {
        ResourceType type = Writing.type(session.cluster(), manifest);
        String namespace = Writing.namespace(session, manifest);
        Optional<ObjectNode> live = session.cluster().find(type, namespace, manifest.name());
        ObjectNode wanted = Writing.placed(manifest, type, namespace);
        if (wanted.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ApplyVerb.LastApplied.ANNOTATION); // what was written there is nobody's wish
        }
        ObjectNode merged = options.serverSide()
                ? serverSide(session.cluster(), options, type, namespace, wanted, manifest.name())
                : clientSide(session, type, namespace, wanted, live.orElse(null));
        Masked.both(live.orElse(null), merged);
        String before = live.map(object -> text(options, object)).orElse("");
        String differences = UnifiedDiff.of(before, text(options, merged));
        if (differences.isEmpty()) {
            return Exit.OK;
        }
        String scope = type.namespaced() ? namespace : "";
        String name = (type.group().isEmpty() ? "" : type.group() + ".")
                + String.join(".", type.version(), type.kind(), scope, manifest.name());
        session.out().print("--- LIVE/" + name + "\n+++ MERGED/" + name + "\n" + differences);
        return DIFFERENT;
    }

    private static String text(Options options, ObjectNode object) {
        return YamlText.of(options.managedFields() ? object : Objects.withoutManagedFields(object));
    }

    private static ObjectNode serverSide(
            Cluster cluster, Options options, ResourceType type, String namespace, ObjectNode wanted, String name) {
        Map<String, String> query = query("kubectl");
        query.put("force", Boolean.toString(options.forceConflicts()));
        return cluster.patch(type, namespace, name, "application/apply-patch+yaml", Json.write(wanted), query);
    }

    private static ObjectNode clientSide(
            Session session, ResourceType type, String namespace, ObjectNode wanted, @Nullable ObjectNode live) {
        Map<String, String> query = query("kubectl-client-side-apply");
        if (live == null) {
            return session.cluster().create(type, namespace, wanted, query);
        }
        // Without annotations, those of the last apply would be taken away, and with them what apply remembers.
        wanted.withObjectProperty("metadata").withObjectProperty("annotations");
        ObjectNode patch = ApplyVerb.patch(session, type, live, wanted);
        String name = live.path("metadata").path("name").asText();
        return patch.isEmpty()
                ? live.deepCopy()
                : session.cluster().patch(type, namespace, name, ApplyVerb.patchType(type), Json.write(patch), query);
    }

    private static Map<String, String> query(String manager) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dryRun", "All");
        query.put("fieldManager", manager);
        query.put("fieldValidation", "Strict");
        return query;
    }

    /// A Secret's values are not for the screen: only whether they change.
    private record Masked(@Nullable ObjectNode before, ObjectNode after) {
        static void both(@Nullable ObjectNode before, ObjectNode after) {
            if (after.path("kind").asText().equals("Secret")) {
                new Masked(before, after).hide();
            }
        }

        private void hide() {
            ObjectNode old = before == null ? Json.MAPPER.createObjectNode() : before.withObjectProperty("data");
            ObjectNode now = after.withObjectProperty("data");
            now.properties().forEach(entry -> {
                boolean there = old.has(entry.getKey());
                boolean same = there && old.path(entry.getKey()).equals(entry.getValue());
                if (there) {
                    old.put(entry.getKey(), same ? "***" : "*** (before)");
                }
                entry.setValue(Json.MAPPER.getNodeFactory().textNode(same || !there ? "***" : "*** (after)"));
            });
            old.properties().forEach(entry -> {
                if (!now.has(entry.getKey())) {
                    entry.setValue(Json.MAPPER.getNodeFactory().textNode("***"));
                }
            });
        }
    }
}
