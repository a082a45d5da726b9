package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `jobctl apply`: makes objects as the files say, leaving alone what the files never named.
public final class ApplyVerb {
    record Options(
            Sources files,
            @Nullable String output,
            @Nullable String validate,
            Flags.DryRun dryRun,
            boolean serverSide,
            boolean forceConflicts,
            @Nullable String fieldManager) {}

    private ApplyVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("apply")
                .summary("Create or change objects as files say")
                .flag("--server-side", "Let the server merge")
                .flag("--force-conflicts", "Take over fields that others own (with --server-side)")
                .value("--field-manager", "NAME", "Who owns the fields")
                .valueOrBare("--validate", "MODE", "strict", "strict, warn or ignore unknown fields")
                .examples("jobctl apply -f job.yaml", "cat job.yaml | jobctl apply -f -");
        return Flags.dryRun(Flags.output(Flags.files(command))).build(ApplyVerb::read, ApplyVerb::run);
    }

    private static Options read(Parsed p) {
        Options options = new Options(
                Flags.files(p),
                p.text("--output"),
                p.choice("--validate", "true", "strict", "warn", "ignore", "false"),
                Flags.dryRun(p),
                p.flag("--server-side"),
                p.flag("--force-conflicts"),
                p.text("--field-manager"));
        if (options.files().isEmpty() || !p.words().isEmpty()) {
            throw new UsageError(
                    options.files().isEmpty()
                            ? "must specify --filename, such as 'jobctl apply -f job.yaml'"
                            : "unexpected words: " + String.join(" ", p.words()) + "; name files with -f");
        }
        if (options.serverSide() && options.dryRun() == Flags.DryRun.CLIENT) {
            throw new CommandError(
                    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
        }
        return options;
    }

    static int run(Session session, Options options) {
        Report report = Report.together(session, options.output());
        var manifests = Writing.checked(session, options.files(), options.validate());
        for (Manifest manifest : manifests) {
            if (manifest.name().isEmpty()) {
                throw new CommandError("from "
                        + manifest.tree().path("metadata").path("generateName").asText("")
                        + ": cannot use generate name with apply");
            }
        }
        int code = Writing.each(session, manifests, manifest -> apply(session, options, report, manifest));
        report.end();
        return code;
    }

    private static int apply(Session session, Options options, Report report, Manifest manifest) {
        ResourceType type = Writing.type(session.cluster(), manifest);
        String namespace = Writing.namespace(session, manifest);
        try {
            if (options.serverSide()) {
                return serverSide(session, options, report, manifest, type, namespace);
            }
            return clientSide(session, options, report, manifest, type, namespace);
        } catch (ApiError e) {
            session.err().println(Failures.text(e, "error when applying \"" + manifest.source() + "\": "));
            return Exit.ERROR;
        }
    }

    private static int serverSide(
            Session session, Options options, Report report, Manifest manifest, ResourceType type, String namespace) {
        String manager = options.fieldManager() == null ? "kubectl" : options.fieldManager();
        Map<String, String> query = options.dryRun().query(manager, options.validate());
        query.put("force", Boolean.toString(options.forceConflicts()));
        ObjectNode now = session.cluster()
                .patch(
                        type,
                        namespace,
                        manifest.name(),
                        "application/apply-patch+yaml",
                        Json.write(Writing.placed(manifest, type, namespace)),
                        query);
        report.tell(type, now, "serverside-applied" + options.dryRun().suffix());
        return Exit.OK;
    }

    private static int clientSide(
            Session session, Options options, Report report, Manifest manifest, ResourceType type, String namespace) {
        Cluster cluster = session.cluster();
        ObjectNode wanted = LastApplied.annotated(Writing.placed(manifest, type, namespace));
        Optional<ObjectNode> current = cluster.find(type, namespace, manifest.name());
        if (current.isEmpty()) {
            ObjectNode made = options.dryRun() == Flags.DryRun.CLIENT
                    ? wanted
                    : cluster.create(type, namespace, wanted, query(options));
            report.tell(type, made, "created" + options.dryRun().suffix());
            return Exit.OK;
        }
        warnAbout(session, type, current.get());
        ObjectNode patch = patch(session, type, current.get(), wanted);
        boolean same = patch.isEmpty();
        ObjectNode now = same || options.dryRun() == Flags.DryRun.CLIENT
                ? current.get()
                : cluster.patch(type, namespace, manifest.name(), patchType(type), Json.write(patch), query(options));
        boolean unchanged =
                same || revision(now).equals(revision(current.get())) && options.dryRun() == Flags.DryRun.NONE;
        report.tell(
                type,
                now,
                (unchanged ? "unchanged" : "configured") + options.dryRun().suffix());
        return Exit.OK;
    }

    private static Map<String, String> query(Options options) {
        String manager = options.fieldManager() == null ? "kubectl-client-side-apply" : options.fieldManager();
        return options.dryRun().query(manager, options.validate());
    }

    private static void warnAbout(Session session, ResourceType type, ObjectNode current) {
        String name = current.path("metadata").path("name").asText();
        if (current.path("metadata").has("deletionTimestamp")) {
            session.warn("Detected changes to resource " + name + " which is currently being deleted.");
        }
        if (LastApplied.of(current) == null) {
            session.warn("resource " + type.plural() + "/" + name + " is missing the " + LastApplied.ANNOTATION
                    + " annotation which is required by jobctl apply. jobctl apply should only be used on resources"
                    + " created declaratively by either jobctl create --save-config or jobctl apply. The missing"
                    + " annotation will be patched automatically.");
        }
    }

    /// What a client-side apply sends: what `wanted` says and what was said before and is not any more.
    static ObjectNode patch(Session session, ResourceType type, ObjectNode current, ObjectNode wanted) {
        var kind = Kinds.byName(type.apiVersion(), type.kind());
        @Nullable JsonNode original = LastApplied.of(current);
        return kind.isPresent()
                ? Patches.threeWay(session.schemas().of(kind.get()), original, wanted, current)
                : MergeDifference.of(original, wanted, current);
    }

    static String patchType(ResourceType type) {
        return Kinds.byName(type.apiVersion(), type.kind()).isPresent()
                ? "application/strategic-merge-patch+json"
                : "application/merge-patch+json";
    }

    private static String revision(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    /// The annotation in which `apply` remembers what it was last told.
    static final class LastApplied {
        static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

        private LastApplied() {}

        /// A copy that carries itself in the annotation, in kubectl's form: compact, sorted keys, ended by a line feed.
        static ObjectNode annotated(ObjectNode tree) {
            ObjectNode bare = tree.deepCopy();
            ObjectNode annotations = bare.withObjectProperty("metadata").withObjectProperty("annotations");
            annotations.remove(ANNOTATION);
            String text = dev.jobctl.cli.output.JsonText.compact(bare) + "\n";
            annotations.put(ANNOTATION, text);
            return bare;
        }

        /// Null when there is none, or it cannot be read.
        static @Nullable JsonNode of(ObjectNode object) {
            JsonNode text = object.path("metadata").path("annotations").path(ANNOTATION);
            if (!text.isTextual()) {
                return null;
            }
            try {
                return Json.tree(text.textValue().getBytes(StandardCharsets.UTF_8));
            } catch (UncheckedIOException e) {
                return null;
            }
        }
    }
}
