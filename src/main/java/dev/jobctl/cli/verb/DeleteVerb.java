package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.resource.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl delete`: asks for removal, then waits until the objects are gone.
public final class DeleteVerb {
    /// @param cascade `background`, `foreground` or `orphan`
    /// @param within null: no limit
    record Options(
            List<String> words,
            Sources files,
            @Nullable String selector,
            @Nullable String fieldSelector,
            boolean all,
            boolean allNamespaces,
            String cascade,
            @Nullable Long graceSeconds,
            boolean force,
            boolean now,
            boolean waiting,
            @Nullable Duration within,
            boolean ignoreNotFound,
            boolean names,
            Flags.DryRun dryRun) {}

    /// One object to delete; `source` names the file that named it, null for none.
    private record Victim(
            ResourceType type,
            String namespace,
            String name,
            @Nullable String source) {}

    private record Deleted(Victim victim, String uid) {}

    private DeleteVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("delete")
                .summary("Delete objects and wait until they are gone")
                .words("TYPE NAME... | TYPE/NAME... | TYPE (-l SELECTOR | --all)")
                .flag("--all", "All objects of the type")
                .valueOrBare("--cascade", "HOW", "background", "background, foreground or orphan")
                .value("--grace-period", "SECONDS", "Time for pods to end by themselves")
                .flag("--force", "Do not wait for pods to end (with --grace-period=0)")
                .flag("--now", "A grace period of 1 second")
                .flag("--wait", "Wait until they are gone (default true)")
                .value("--timeout", "DURATION", "How long to wait; 0 for no limit")
                .value("-o --output", "FORMAT", "name")
                .flag("--ignore-not-found", "Silence about missing objects")
                .examples("jobctl delete job pi", "jobctl delete -f job.yaml", "jobctl delete jobs --all");
        return Flags.dryRun(Flags.selectors(Flags.files(command))).build(DeleteVerb::read, DeleteVerb::run);
    }

    private static Options read(Parsed p) {
        Duration within = p.duration("--timeout");
        String cascade = p.choice("--cascade", "background", "foreground", "orphan", "true", "false");
        Options options = new Options(
                p.words(),
                Flags.files(p),
                p.text("--selector"),
                p.text("--field-selector"),
                p.flag("--all"),
                p.flag("--all-namespaces"),
                cascade == null || cascade.equals("true") ? "background" : cascade.equals("false") ? "orphan" : cascade,
                p.number("--grace-period"),
                p.flag("--force"),
                p.flag("--now"),
                p.flagByDefault("--wait"),
                within == null || within.isZero() ? null : within,
                p.flag("--ignore-not-found"),
                "name".equals(p.choice("--output", "name")),
                Flags.dryRun(p));
        Flags.requireWordsOrFiles(
                options.words(), options.files(), "you must provide one or more resources by argument or filename");
        return options;
    }

    static int run(Session session, Options options) {
        if (options.now() && options.graceSeconds() != null) {
            throw new CommandError("--now and --grace-period cannot be specified together");
        }
        long grace = graceSeconds(options);
        if (options.force() && grace > 0) {
            throw new CommandError("--force and --grace-period greater than 0 cannot be specified together");
        }
        if (options.force() && options.dryRun() == Flags.DryRun.NONE) {
            session.warn("Immediate deletion does not wait for confirmation that the running resource has been"
                    + " terminated. The resource may continue to run on the cluster indefinitely.");
        }
        List<Victim> victims = victims(session, options);
        List<Deleted> deleted = new ArrayList<>();
        int code = Writing.each(session, victims, victim -> delete(session, options, grace, victim, deleted));
        if (options.waiting() && options.dryRun() == Flags.DryRun.NONE) {
            waitUntilGone(session, options, deleted);
        }
        return code;
    }

    /// -1: the object's own.
    private static long graceSeconds(Options options) {
        if (options.now()) {
            return 1;
        }
        Long given = options.graceSeconds();
        if (given == null) {
            return options.force() ? 0 : -1;
        }
        return given == 0 && !options.force() ? 1 : given; // as in kubectl: to take a pod away at once needs both
    }

    private static List<Victim> victims(Session session, Options options) {
        Selection selection = Selection.of(
                session,
                new Selection.Asked(
                        options.words(),
                        options.files(),
                        options.selector(),
                        options.fieldSelector(),
                        options.allNamespaces()));
        boolean many = options.all() || options.selector() != null || options.fieldSelector() != null;
        List<Victim> victims = new ArrayList<>();
        for (Selection.Item item : selection.items()) {
            String name = item.name();
            if (name != null && item.source() == null && options.all()) {
                throw new CommandError("name cannot be provided when a selector is specified");
            }
            if (name == null && !many) {
                throw Selection.nameless();
            }
            if (name != null) {
                victims.add(new Victim(item.type(), item.namespace(session), name, item.source()));
            } else {
                victims.addAll(matching(session, options, item.type()));
            }
        }
        if (victims.isEmpty()) {
            session.err().println("No resources found");
        }
        return victims;
    }

    private static List<Victim> matching(Session session, Options options, ResourceType type) {
        String namespace = options.allNamespaces() ? null : session.namespace();
        Map<String, String> query = Flags.selectors(options.selector(), options.fieldSelector());
        return Paging.objects(session.cluster(), type, namespace, query, 500).stream()
                .map(o -> new Victim(
                        type,
                        o.path("metadata").path("namespace").asText(),
                        o.path("metadata").path("name").asText(),
                        null))
                .toList();
    }

    private static int delete(Session session, Options options, long grace, Victim victim, List<Deleted> deleted) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put(
                "propagationPolicy",
                Character.toUpperCase(options.cascade().charAt(0))
                        + options.cascade().substring(1));
        if (grace >= 0) {
            body.put("gracePeriodSeconds", grace);
        }
        try {
            if (options.dryRun() == Flags.DryRun.CLIENT) {
                session.cluster().get(victim.type(), victim.namespace(), victim.name());
            } else {
                Map<String, String> query = new LinkedHashMap<>();
                if (options.dryRun() == Flags.DryRun.SERVER) {
                    query.put("dryRun", "All");
                }
                ObjectNode answer =
                        session.cluster().delete(victim.type(), victim.namespace(), victim.name(), body, query);
                deleted.add(new Deleted(victim, uid(answer)));
            }
        } catch (ApiError e) {
            return refused(session, options, victim, e);
        }
        String done = grace == 0 && options.force() ? "force deleted" : "deleted";
        session.out()
                .println(
                        options.names()
                                ? victim.type().label(victim.name())
                                : victim.type().quoted(victim.name()) + " " + done
                                        + options.dryRun().suffix());
        return Exit.OK;
    }

    private static int refused(Session session, Options options, Victim victim, ApiError e) {
        if (e.notFound() && options.ignoreNotFound()) {
            return Exit.OK;
        }
        String what = victim.source() == null ? "" : "error when deleting \"" + victim.source() + "\": ";
        session.err().println(Selection.told(e, victim.type(), what));
        return Exit.ERROR;
    }

    /// Of the deleted object: in a Status's details, or in the object that is still there.
    private static String uid(ObjectNode answer) {
        return answer.path("kind").asText().equals("Status")
                ? answer.path("details").path("uid").asText("")
                : answer.path("metadata").path("uid").asText("");
    }

    private static void waitUntilGone(Session session, Options options, List<Deleted> deleted) {
        Duration limit = options.within();
        Instant deadline = limit == null ? Instant.MAX : session.time().now().plus(limit);
        Cluster cluster = session.cluster();
        for (Deleted one : deleted) {
            Victim victim = one.victim();
            boolean gone = Waiting.untilGone(
                    session,
                    cluster,
                    new Waiting.Target(victim.type(), victim.namespace(), victim.name()),
                    one.uid(),
                    deadline);
            if (!gone) {
                throw new CommandError("timed out waiting for the condition on "
                        + victim.type().plural() + "/" + victim.name());
            }
        }
    }
}
