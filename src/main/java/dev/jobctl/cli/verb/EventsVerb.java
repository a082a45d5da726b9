package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.cluster.Watching;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Guard;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.output.Columns;
import dev.jobctl.cli.output.EventTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl events`: what happened, oldest first.
public final class EventsVerb {
    record Options(
            @Nullable String about, List<String> types, boolean allNamespaces, boolean watch, boolean noHeaders) {}

    private EventsVerb() {}

    static Command<Options> command() {
        return Command.named("events")
                .summary("Show what happened, oldest first")
                .value("--for", "TYPE/NAME", "Only events about this object")
                .values("--types", "TYPE", "Normal or Warning")
                .flag("-A --all-namespaces", "Events of all namespaces")
                .flag("-w --watch", "Go on and show new events")
                .flag("--no-headers", "No header line")
                .examples("jobctl events --for job/pi", "jobctl events --types=Warning -w")
                .build(EventsVerb::read, EventsVerb::run);
    }

    private static Options read(Parsed p) {
        List<String> types = p.parts("--types");
        if (types.stream().anyMatch(type -> !type.equalsIgnoreCase("Normal") && !type.equalsIgnoreCase("Warning"))) {
            throw new CommandError("valid --types are Normal or Warning");
        }
        return new Options(
                p.text("--for"), types, p.flag("--all-namespaces"), p.flag("--watch"), p.flag("--no-headers"));
    }

    static int run(Session session, Options options) {
        Map<String, String> query = new LinkedHashMap<>();
        String fields = fields(session, options);
        if (!fields.isEmpty()) {
            query.put("fieldSelector", fields);
        }
        String namespace = options.allNamespaces() ? null : session.namespace();
        ObjectNode list = session.cluster().list(KnownTypes.EVENTS, namespace, query);
        List<JsonNode> events = list.path("items")
                .valueStream()
                .filter(event -> wanted(options, event))
                .toList();
        if (events.isEmpty() && !options.watch()) {
            session.err()
                    .println(
                            namespace == null ? "No events found." : "No events found in " + namespace + " namespace.");
            return Exit.OK;
        }
        Columns columns = new Columns();
        List<List<String>> rows = new ArrayList<>();
        if (!options.noHeaders()) {
            rows.add(header(options));
        }
        EventTimes.byLastTime(events).forEach(event -> rows.add(row(session, options, event)));
        columns.fit(rows);
        rows.forEach(row -> session.out().println(columns.line(row)));
        session.out().flush();
        if (options.watch()) {
            query.put(
                    "resourceVersion",
                    list.path("metadata").path("resourceVersion").asText(""));
            follow(session, options, KnownTypes.EVENTS.path(namespace), query, columns);
        }
        return Exit.OK;
    }

    private static void follow(
            Session session, Options options, String path, Map<String, String> query, Columns columns) {
        try (Watching watching = session.cluster().watch(path, query, Call.JSON);
                Guard _ = Guard.over(session, null, watching::close)) {
            for (Watching.Event change = watching.next(); change != null; change = watching.next()) {
                boolean shown = change.type().equals("ADDED") || change.type().equals("MODIFIED");
                if (shown && wanted(options, change.object())) {
                    List<String> row = row(session, options, change.object());
                    session.out().println(columns.fit(List.of(row)).line(row));
                    session.out().flush();
                }
            }
        }
    }

    private static String fields(Session session, Options options) {
        String about = options.about();
        if (about == null) {
            return "";
        }
        int slash = about.indexOf('/');
        if (slash <= 0 || slash == about.length() - 1) {
            throw new CommandError("--for must be in resource/name form, such as job/pi");
        }
        ResourceType type = Selection.type(session.cluster(), about.substring(0, slash));
        return "involvedObject.kind=" + type.kind() + ",involvedObject.name=" + about.substring(slash + 1);
    }

    private static boolean wanted(Options options, JsonNode event) {
        return options.types().isEmpty()
                || options.types().stream()
                        .anyMatch(type -> type.toLowerCase(Locale.ROOT)
                                .equals(event.path("type").asText().toLowerCase(Locale.ROOT)));
    }

    private static List<String> header(Options options) {
        List<String> header = new ArrayList<>(List.of("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"));
        if (options.allNamespaces()) {
            header.addFirst("NAMESPACE");
        }
        return header;
    }

    private static List<String> row(Session session, Options options, JsonNode event) {
        JsonNode about = event.path("involvedObject");
        List<String> row = new ArrayList<>(List.of(
                EventTimes.age(event, session.time().now()),
                event.path("type").asText(),
                event.path("reason").asText(),
                about.path("kind").asText() + "/" + about.path("name").asText(),
                event.path("message").asText().strip()));
        if (options.allNamespaces()) {
            row.addFirst(event.path("metadata").path("namespace").asText());
        }
        return row;
    }
}
