package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.resource.value.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `jobctl replace`: puts whole objects in the place of old ones.
public final class ReplaceVerb {
    record Options(
            Sources files,
            boolean force,
            @Nullable String output,
            @Nullable String validate,
            Flags.DryRun dryRun) {}

    private ReplaceVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("replace")
                .summary("Put whole objects in the place of old ones")
                .flag("--force", "Delete the old object and create the new one")
                .valueOrBare("--validate", "MODE", "strict", "strict, warn or ignore unknown fields")
                .examples("jobctl replace -f job.yaml", "jobctl replace --force -f job.yaml");
        return Flags.dryRun(Flags.output(Flags.files(command))).build(ReplaceVerb::read, ReplaceVerb::run);
    }

    private static Options read(Parsed p) {
        Options options = new Options(
                Flags.files(p),
                p.flag("--force"),
                p.text("--output"),
                p.choice("--validate", "true", "strict", "warn", "ignore", "false"),
                Flags.dryRun(p));
        if (options.files().isEmpty()) {
            throw new UsageError("must specify --filename to replace");
        }
        return options;
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        var manifests = Writing.checked(session, options.files(), options.validate());
        return Writing.each(session, manifests, manifest -> replace(session, options, report, manifest));
    }

    private static int replace(Session session, Options options, Report report, Manifest manifest) {
        Cluster cluster = session.cluster();
        ResourceType type = Writing.type(cluster, manifest);
        String namespace = Writing.namespace(session, manifest);
        ObjectNode tree = Writing.placed(manifest, type, namespace);
        try {
            if (options.force() && options.dryRun() == Flags.DryRun.NONE) {
                remove(session, type, namespace, manifest.name());
                ObjectNode made = cluster.create(type, namespace, tree, query(options));
                report.tell(type, made, "replaced");
                return Exit.OK;
            }
            ObjectNode now = options.dryRun() == Flags.DryRun.CLIENT
                    ? tree
                    : cluster.replace(
                            type,
                            namespace,
                            manifest.name(),
                            versioned(cluster, type, namespace, tree),
                            query(options));
            report.tell(type, now, "replaced" + options.dryRun().suffix());
            return Exit.OK;
        } catch (ApiError e) {
            session.err().println(Failures.text(e, "error when replacing \"" + manifest.source() + "\": "));
            return Exit.ERROR;
        }
    }

    /// With the version of what it takes the place of, as kubectl does it: some kinds are not replaced without.
    private static ObjectNode versioned(Cluster cluster, ResourceType type, String namespace, ObjectNode tree) {
        ObjectNode metadata = tree.withObjectProperty("metadata");
        if (metadata.path("resourceVersion").asText().isEmpty()) {
            cluster.find(type, namespace, metadata.path("name").asText())
                    .ifPresent(old ->
                            metadata.set("resourceVersion", old.path("metadata").path("resourceVersion")));
        }
        return tree;
    }

    private static Map<String, String> query(Options options) {
        return options.dryRun().query("kubectl-replace", options.validate());
    }

    private static void remove(Session session, ResourceType type, String namespace, String name) {
        Optional<ObjectNode> old = session.cluster().find(type, namespace, name);
        if (old.isEmpty()) {
            return;
        }
        ObjectNode body = Json.MAPPER.createObjectNode().put("propagationPolicy", "Background");
        session.cluster().delete(type, namespace, name, body, new LinkedHashMap<>());
        session.out().println(type.quoted(name) + " deleted");
        Waiting.untilGone(
                session,
                session.cluster(),
                new Waiting.Target(type, namespace, name),
                old.get().path("metadata").path("uid").asText(),
                Instant.MAX);
    }
}
