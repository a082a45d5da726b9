package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.resource.value.Json;
import org.jspecify.annotations.Nullable;

/// `jobctl create namespace`.
public final class CreateNamespaceVerb {
    record Options(String name, @Nullable String output, Flags.DryRun dryRun) {}

    private CreateNamespaceVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("create namespace")
                .summary("Create a namespace")
                .words("NAME")
                .examples("jobctl create namespace team");
        return Flags.dryRun(Flags.output(command)).build(CreateNamespaceVerb::read, CreateNamespaceVerb::run);
    }

    private static Options read(Parsed p) {
        return new Options(Flags.oneName(p.words(), "create namespace"), p.text("--output"), Flags.dryRun(p));
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        ObjectNode namespace =
                Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = namespace.putObject("metadata");
        if (options.dryRun() == Flags.DryRun.CLIENT) {
            metadata.putNull("creationTimestamp");
            namespace.putObject("spec");
            namespace.putObject("status");
        }
        metadata.put("name", options.name());
        ObjectNode made = options.dryRun() == Flags.DryRun.CLIENT
                ? namespace
                : session.cluster()
                        .create(
                                KnownTypes.NAMESPACES,
                                "",
                                namespace,
                                options.dryRun().query("kubectl-create", null));
        report.tell(KnownTypes.NAMESPACES, made, "created" + options.dryRun().suffix());
        return Exit.OK;
    }
}
