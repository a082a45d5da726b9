package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl create -f`: new objects from files.
public final class CreateVerb {
    record Options(
            Sources files,
            @Nullable String output,
            @Nullable String validate,
            Flags.DryRun dryRun,
            boolean saveConfig) {}

    private CreateVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("create")
                .summary("Create objects from files")
                .flag("--save-config", "Remember the file for a later apply")
                .valueOrBare("--validate", "MODE", "strict", "strict, warn or ignore unknown fields")
                .examples("jobctl create -f job.yaml", "jobctl create job hello --image=busybox -- echo hello");
        return Flags.dryRun(Flags.output(Flags.files(command))).build(CreateVerb::read, CreateVerb::run);
    }

    private static Options read(Parsed p) {
        Options options = new Options(
                Flags.files(p),
                p.text("--output"),
                p.choice("--validate", "true", "strict", "warn", "ignore", "false"),
                Flags.dryRun(p),
                p.flag("--save-config"));
        if (!p.words().isEmpty()) {
            throw new UsageError("unknown command \"create " + p.words().getFirst()
                    + "\"; there are 'create -f FILE', 'create job NAME --image=IMAGE',"
                    + " 'create cronjob NAME --image=IMAGE --schedule=SCHEDULE', 'create configmap NAME',"
                    + " 'create secret generic NAME' and 'create namespace NAME'");
        }
        if (options.files().isEmpty()) {
            throw new UsageError("must specify --filename, such as 'jobctl create -f job.yaml'");
        }
        return options;
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        var manifests = Writing.checked(session, options.files(), options.validate());
        return Writing.each(session, manifests, manifest -> create(session, options, report, manifest));
    }

    private static int create(Session session, Options options, Report report, Manifest manifest) {
        ResourceType type = Writing.type(session.cluster(), manifest);
        String namespace = Writing.namespace(session, manifest);
        ObjectNode placed = Writing.placed(manifest, type, namespace);
        ObjectNode tree = options.saveConfig() ? ApplyVerb.LastApplied.annotated(placed) : placed;
        try {
            ObjectNode made = options.dryRun() == Flags.DryRun.CLIENT
                    ? tree
                    : session.cluster().create(type, namespace, tree, query(options));
            report.tell(type, made, "created" + options.dryRun().suffix());
            return Exit.OK;
        } catch (ApiError e) {
            session.err().println(Failures.text(e, "error when creating \"" + manifest.source() + "\": "));
            return Exit.ERROR;
        }
    }

    private static Map<String, String> query(Options options) {
        return options.dryRun().query("kubectl-create", options.validate());
    }
}
