package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.value.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jobctl cordon` and `jobctl uncordon`: keep new pods off a node, and let them come again.
public final class CordonVerb {
    record Options(List<String> nodes, @Nullable String selector, boolean cordon, Flags.DryRun dryRun) {}

    private CordonVerb() {}

    static Command<Options> cordon() {
        return declare("cordon", "Keep new pods off a node", true);
    }

    static Command<Options> uncordon() {
        return declare("uncordon", "Let new pods come to a node again", false);
    }

    private static Command<Options> declare(String name, String summary, boolean cordon) {
        Command.Builder command = Command.named(name)
                .summary(summary)
                .words("NODE...")
                .value("-l --selector", "SELECTOR", "Nodes with these labels")
                .examples("jobctl " + name + " local");
        return Flags.dryRun(command).build(p -> read(p, name, cordon), CordonVerb::run);
    }

    private static Options read(Parsed p, String name, boolean cordon) {
        Options options = new Options(p.words(), p.text("--selector"), cordon, Flags.dryRun(p));
        requireNodes(name, options.nodes(), options.selector());
        return options;
    }

    static void requireNodes(String verb, List<String> nodes, @Nullable String selector) {
        if (nodes.isEmpty() && selector == null) {
            throw new UsageError(
                    "USAGE: " + verb + " NODE [flags]\nSee 'jobctl " + verb + " -h' for help and examples");
        }
        if (!nodes.isEmpty() && selector != null) {
            throw new UsageError("error: cannot specify both a node name and a --selector option");
        }
    }

    static int run(Session session, Options options) {
        List<String> nodes = nodes(session, options.nodes(), options.selector());
        return Writing.each(session, nodes, node -> change(session, node, options.cordon(), options.dryRun()));
    }

    /// Those that are named, with or without `node/` before, or that the selector selects.
    static List<String> nodes(Session session, List<String> named, @Nullable String selector) {
        if (selector != null) {
            return Paging.objects(session.cluster(), KnownTypes.NODES, null, Flags.selectors(selector, null), 500)
                    .stream()
                    .map(node -> node.path("metadata").path("name").asText())
                    .toList();
        }
        return named.stream()
                .map(name -> name.startsWith("node/") || name.startsWith("nodes/")
                        ? name.substring(name.indexOf('/') + 1)
                        : name)
                .toList();
    }

    static int change(Session session, String node, boolean cordon, Flags.DryRun dryRun) {
        ObjectNode before = session.cluster().get(KnownTypes.NODES, "", node);
        boolean same = before.path("spec").path("unschedulable").asBoolean() == cordon;
        if (!same && dryRun != Flags.DryRun.CLIENT) {
            ObjectNode patch = Json.MAPPER.createObjectNode();
            patch.putObject("spec").put("unschedulable", cordon ? Boolean.TRUE : null);
            session.cluster()
                    .patch(
                            KnownTypes.NODES,
                            "",
                            node,
                            "application/merge-patch+json",
                            Json.write(patch),
                            dryRun.query("kubectl-" + (cordon ? "cordon" : "uncordon")));
        }
        String done = (same ? "already " : "") + (cordon ? "cordoned" : "uncordoned");
        session.out().println(KnownTypes.NODES.label(node) + " " + done + dryRun.suffix());
        return Exit.OK;
    }
}
