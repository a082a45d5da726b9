package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.JsonText;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `jobctl local ...`: the control plane of this machine.
public final class LocalVerb {
    /// For verbs without options.
    record Nothing() {}

    record Stop(boolean keepPods) {}

    record Status(boolean json) {}

    /// @param tail null: all
    record Logs(@Nullable Long tail) {}

    private LocalVerb() {}

    static Command<Nothing> start() {
        return Command.named("local start")
                .summary("Start the control plane of this machine")
                .build(
                        p -> new Nothing(),
                        (session, options) -> say(session, session.local().start()));
    }

    static Command<Stop> stop() {
        return Command.named("local stop")
                .summary("Stop the control plane of this machine")
                .flag("--keep-pods", "Leave the pods' processes running; the next start takes them over")
                .build(
                        p -> new Stop(p.flag("--keep-pods")),
                        (session, options) -> say(session, session.local().stop(options.keepPods())));
    }

    static Command<Nothing> reset() {
        return Command.named("local reset")
                .summary("Stop it and remove everything it holds")
                .build(
                        p -> new Nothing(),
                        (session, options) -> say(session, session.local().reset()));
    }

    static Command<Status> status() {
        return Command.named("local status")
                .summary("Tell whether it runs, and where")
                .value("-o --output", "FORMAT", "json")
                .build(p -> new Status(p.choice("--output", "json") != null), LocalVerb::status);
    }

    static Command<Nothing> environment() {
        return Command.named("local env")
                .summary("Print what points other Kubernetes clients at it")
                .examples("eval \"$(jobctl local env)\"; kubectl get jobs")
                .build(p -> new Nothing(), (session, options) -> {
                    String file = session.local().kubeconfig().toString();
                    return say(session, "export KUBECONFIG=" + quoted(file));
                });
    }

    static Command<Logs> logs() {
        return Command.named("local logs")
                .summary("Print its own log")
                .value("--tail", "N", "Only the last N lines")
                .build(p -> new Logs(p.number("--tail")), LocalVerb::logs);
    }

    private static int say(Session session, String text) {
        session.out().println(text);
        return Exit.OK;
    }

    private static int status(Session session, Status options) {
        Map<String, Object> facts = session.local().status();
        if (options.json()) {
            ObjectNode tree = Json.MAPPER.createObjectNode();
            facts.forEach((name, value) -> tree.set(name, Json.tree(value)));
            session.out().print(JsonText.of(tree));
            return Exit.OK;
        }
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
        facts.forEach((name, value) -> {
            String title = name + ":";
            session.out().println(title + " ".repeat(width - title.length()) + inWords(value));
        });
        return Exit.OK;
    }

    /// A value of the status; counts as in `1 nodes, 2 pods`, without what there is none of.
    private static String inWords(Object value) {
        if (!(value instanceof Map<?, ?> counts)) {
            return value.toString();
        }
        String words = counts.entrySet().stream()
                .filter(count -> !count.getValue().toString().equals("0"))
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "none" : words;
    }

    private static int logs(Session session, Logs options) {
        Path log = session.local().log();
        try {
            List<String> lines = Files.readAllLines(log);
            Long tail = options.tail();
            long skip = tail == null ? 0 : Math.max(0, lines.size() - tail);
            lines.stream().skip(skip).forEach(session.out()::println);
            return Exit.OK;
        } catch (NoSuchFileException e) {
            throw new CommandError("there is no log yet at " + log, e);
        } catch (IOException e) {
            throw new CommandError("cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    /// For a POSIX shell.
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
