package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.patch.Patches;
import dev.jobctl.resource.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `jobctl taint nodes NAME KEY=VALUE:EFFECT... KEY[:EFFECT]-...`: what keeps pods off a node or drives them away.
public final class TaintVerb {
    /// @param nodes empty with `all` or a selector
    record Options(
            List<String> nodes,
            List<TaintWord> add,
            List<TaintWord> remove,
            boolean overwrite,
            boolean all,
            @Nullable String selector,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    private TaintVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("taint")
                .summary("Set and remove taints of nodes")
                .words("nodes NAME... KEY=VALUE:EFFECT... KEY[:EFFECT]-...")
                .flag("--overwrite", "Change values that are there")
                .flag("--all", "All nodes")
                .value("-l --selector", "SELECTOR", "Nodes with these labels")
                .examples(
                        "jobctl taint nodes local dedicated=me:NoSchedule",
                        "jobctl taint nodes local dedicated:NoSchedule-");
        return Flags.dryRun(Flags.output(command)).build(TaintVerb::read, TaintVerb::run);
    }

    private static Options read(Parsed p) {
        List<String> words = new ArrayList<>();
        List<TaintWord> add = new ArrayList<>();
        List<TaintWord> remove = new ArrayList<>();
        for (String word : p.words()) {
            boolean taint = !words.isEmpty() && (word.contains("=") || word.contains(":") || word.endsWith("-"));
            if (!taint && !(add.isEmpty() && remove.isEmpty())) {
                throw new UsageError("all resources must be specified before taint changes: " + word);
            }
            if (!taint) {
                words.add(word);
            } else if (word.endsWith("-")) {
                remove.add(TaintWord.parse(word.substring(0, word.length() - 1)));
            } else {
                add.add(TaintWord.parse(word).toAdd(word));
            }
        }
        if (words.isEmpty() || !List.of("node", "nodes", "no").contains(words.getFirst())) {
            throw new UsageError("invalid resource type " + (words.isEmpty() ? "" : words.getFirst())
                    + ", only node types are supported");
        }
        if (add.isEmpty() && remove.isEmpty()) {
            throw new UsageError("at least one taint update is required");
        }
        return new Options(
                words.subList(1, words.size()),
                add,
                remove,
                p.flag("--overwrite"),
                p.flag("--all"),
                p.text("--selector"),
                p.text("--output"),
                Flags.dryRun(p));
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        boolean many = options.all() || options.selector() != null;
        if (options.nodes().isEmpty() && !many) {
            throw new CommandError("at least one resource name must be specified since 'all' parameter is not set");
        }
        List<String> nodes = CordonVerb.nodes(
                session, options.nodes(), many ? options.selector() == null ? "" : options.selector() : null);
        return Writing.each(session, nodes, node -> change(session, options, report, node));
    }

    private static int change(Session session, Options options, Report report, String node) {
        ObjectNode before = session.cluster().get(KnownTypes.NODES, "", node);
        List<ObjectNode> old = new ArrayList<>();
        before.path("spec").path("taints").forEach(taint -> old.add((ObjectNode) taint));
        if (!options.overwrite()) {
            refuseOverwriting(node, options.add(), old);
        }
        List<ObjectNode> next =
                new ArrayList<>(options.add().stream().map(TaintWord::taint).toList());
        old.stream()
                .filter(taint -> options.add().stream().noneMatch(word -> word.names(taint)))
                .forEach(next::add);
        boolean added = next.size() != old.size();
        boolean deleted = remove(options.remove(), next);
        ObjectNode patch = patch(next);
        ObjectNode after = options.dryRun() == Flags.DryRun.CLIENT
                ? (ObjectNode) Patches.merge(before, patch)
                : session.cluster()
                        .patch(
                                KnownTypes.NODES,
                                "",
                                node,
                                "application/merge-patch+json",
                                Json.write(patch),
                                options.dryRun().query("kubectl-taint"));
        String done = added && deleted || options.overwrite() ? "modified" : added ? "tainted" : "untainted";
        report.tell(KnownTypes.NODES, after, done);
        return Exit.OK;
    }

    private static ObjectNode patch(List<ObjectNode> taints) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        ObjectNode spec = patch.putObject("spec");
        if (taints.isEmpty()) {
            spec.putNull("taints");
        } else {
            ArrayNode list = spec.putArray("taints");
            taints.forEach(list::add);
        }
        return patch;
    }

    private static void refuseOverwriting(String node, List<TaintWord> add, List<ObjectNode> old) {
        String there = add.stream()
                .filter(word -> old.stream().anyMatch(word::names))
                .map(TaintWord::key)
                .collect(Collectors.joining(","));
        if (!there.isEmpty()) {
            throw new CommandError("node " + node + " already has " + there
                    + " taint(s) with same effect(s) and --overwrite is false");
        }
    }

    private static boolean remove(List<TaintWord> words, List<ObjectNode> taints) {
        boolean removed = false;
        for (TaintWord word : words) {
            if (!taints.removeIf(word::names)) {
                throw new CommandError("taint \"" + word + "\" not found");
            }
            removed = true;
        }
        return removed;
    }
}
