package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `jobctl drain NODE`: cordons a node, evicts its pods and waits until they are gone.
public final class DrainVerb {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    /// After the server said that an eviction would break a budget.
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /// @param graceSeconds negative: each pod's own
    /// @param within null: no limit
    record Options(
            List<String> nodes,
            @Nullable String selector,
            @Nullable String podSelector,
            DrainablePods.Allowed allowed,
            boolean deleting,
            long graceSeconds,
            @Nullable Duration within,
            Flags.DryRun dryRun) {}

    private DrainVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("drain")
                .summary("Cordon a node and evict its pods")
                .words("NODE...")
                .flag("--force", "Also pods that nobody will replace")
                .flag("--ignore-daemonsets", "Leave pods of DaemonSets alone")
                .flag("--delete-emptydir-data", "Also pods that keep data in an emptyDir")
                .flag("--disable-eviction", "Delete the pods instead of evicting them")
                .value("--grace-period", "SECONDS", "Time for pods to end by themselves")
                .value("--timeout", "DURATION", "How long to wait; 0 for no limit")
                .value("-l --selector", "SELECTOR", "Nodes with these labels")
                .value("--pod-selector", "SELECTOR", "Only pods with these labels")
                .examples("jobctl drain local", "jobctl drain local --force --timeout=1m");
        return Flags.dryRun(command).build(DrainVerb::read, DrainVerb::run);
    }

    private static Options read(Parsed p) {
        Long grace = p.number("--grace-period");
        Duration within = p.duration("--timeout");
        Options options = new Options(
                p.words(),
                p.text("--selector"),
                p.text("--pod-selector"),
                new DrainablePods.Allowed(
                        p.flag("--force"), p.flag("--ignore-daemonsets"), p.flag("--delete-emptydir-data")),
                p.flag("--disable-eviction"),
                grace == null ? -1 : grace,
                within == null || within.isZero() ? null : within,
                Flags.dryRun(p));
        CordonVerb.requireNodes("drain", options.nodes(), options.selector());
        return options;
    }

    static int run(Session session, Options options) {
        List<String> nodes = CordonVerb.nodes(session, options.nodes(), options.selector());
        nodes.forEach(node -> CordonVerb.change(session, node, true, options.dryRun()));
        List<String> pending = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String node : nodes) {
            try {
                drain(session, options, node);
                session.out()
                        .println(KnownTypes.NODES.label(node) + " drained"
                                + options.dryRun().suffix());
            } catch (ApiError | CommandError | Refused e) {
                String why = String.valueOf(e.getMessage());
                session.err()
                        .println("error: unable to drain node \"" + node + "\" due to error: " + why
                                + ", continuing command...");
                pending.add(node);
                errors.addAll(e instanceof Refused refused ? refused.reasons : List.of(why));
            }
        }
        if (pending.isEmpty()) {
            return Exit.OK;
        }
        session.err().println("There are pending nodes to be drained:");
        pending.forEach(node -> session.err().println(" " + node));
        errors.forEach(session.err()::println);
        return Exit.ERROR;
    }

    /// Some pods may not go.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> reasons;

        Refused(List<String> reasons) {
            super(reasons.size() == 1 ? reasons.getFirst() : "[" + String.join(", ", reasons) + "]");
            this.reasons = List.copyOf(reasons);
        }
    }

    private static void drain(Session session, Options options, String node) {
        DrainablePods found = DrainablePods.on(session, node, options.podSelector(), options.allowed());
        if (!found.errors().isEmpty()) {
            throw new Refused(found.errors());
        }
        if (!found.warnings().isEmpty()) {
            session.err().println("Warning: " + String.join("; ", found.warnings()));
        }
        @Nullable Duration within = options.within();
        @Nullable Instant until = within == null ? null : session.time().now().plus(within);
        for (ObjectNode pod : found.pods()) {
            if (!options.deleting() || options.dryRun() == Flags.DryRun.CLIENT) {
                session.out()
                        .println("evicting pod " + DrainablePods.name(pod)
                                + options.dryRun().suffix());
            }
            if (options.dryRun() != Flags.DryRun.CLIENT) {
                ask(session, options, pod, until);
            }
        }
        if (options.dryRun() == Flags.DryRun.NONE) {
            waitUntilGone(session, options, found.pods(), until);
        }
    }

    /// Until the server takes it.
    private static void ask(Session session, Options options, ObjectNode pod, @Nullable Instant until) {
        while (true) {
            try {
                if (options.deleting()) {
                    session.cluster()
                            .delete(KnownTypes.PODS, namespace(pod), name(pod), deletion(options), dry(options));
                } else {
                    session.cluster()
                            .act(
                                    KnownTypes.PODS,
                                    namespace(pod),
                                    name(pod),
                                    "eviction",
                                    eviction(options, pod),
                                    dry(options));
                }
                return;
            } catch (ApiError e) {
                if (e.notFound()) {
                    return;
                }
                if (e.code() != 429) {
                    throw new CommandError(
                            "error when evicting pods/\"" + name(pod) + "\" -n \"" + namespace(pod) + "\": "
                                    + e.getMessage(),
                            e);
                }
                session.err()
                        .println("error when evicting pods/\"" + name(pod) + "\" -n \"" + namespace(pod)
                                + "\" (will retry after 5s): " + e.getMessage());
                if (over(session, until)) {
                    throw new CommandError("drain did not complete within "
                            + GoDuration.print(options.within() == null ? Duration.ZERO : options.within()));
                }
                session.pause(TRY_AGAIN);
            }
        }
    }

    private static Map<String, String> dry(Options options) {
        return options.dryRun() == Flags.DryRun.SERVER ? Map.of("dryRun", "All") : Map.of();
    }

    private static ObjectNode deletion(Options options) {
        ObjectNode deletion = Json.MAPPER.createObjectNode();
        if (options.graceSeconds() >= 0) {
            deletion.put("gracePeriodSeconds", options.graceSeconds());
        }
        return deletion;
    }

    private static ObjectNode eviction(Options options, ObjectNode pod) {
        ObjectNode eviction =
                Json.MAPPER.createObjectNode().put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata").put("name", name(pod)).put("namespace", namespace(pod));
        eviction.set("deleteOptions", deletion(options));
        return eviction;
    }

    private static void waitUntilGone(
            Session session, Options options, List<ObjectNode> pods, @Nullable Instant until) {
        List<ObjectNode> left = new ArrayList<>(pods);
        while (!left.isEmpty()) {
            session.checkCancelled();
            left.removeIf(pod -> {
                boolean gone = gone(session, pod);
                if (gone) {
                    String done = options.deleting() ? " deleted" : " evicted";
                    session.out().println(KnownTypes.PODS.label(name(pod)) + done);
                }
                return gone;
            });
            if (!left.isEmpty() && over(session, until)) {
                ObjectNode pod = left.getFirst();
                throw new CommandError("error when waiting for pod \"" + name(pod) + "\" in namespace \""
                        + namespace(pod) + "\" to terminate: context deadline exceeded");
            }
            if (!left.isEmpty()) {
                session.pause(LOOK_AGAIN);
            }
        }
    }

    private static boolean gone(Session session, ObjectNode pod) {
        Optional<ObjectNode> now = session.cluster().find(KnownTypes.PODS, namespace(pod), name(pod));
        return now.isEmpty() || !uid(now.get()).equals(uid(pod));
    }

    private static boolean over(Session session, @Nullable Instant until) {
        return until != null && !session.time().now().isBefore(until);
    }

    private static String namespace(JsonNode pod) {
        return pod.path("metadata").path("namespace").asText();
    }

    private static String name(JsonNode pod) {
        return pod.path("metadata").path("name").asText();
    }

    private static String uid(JsonNode pod) {
        return pod.path("metadata").path("uid").asText();
    }
}
