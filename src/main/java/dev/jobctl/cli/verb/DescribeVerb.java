package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.describe.Around;
import dev.jobctl.cli.describe.Describe;
import dev.jobctl.cli.file.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl describe`: a page about each object, with its events.
public final class DescribeVerb {
    record Options(
            List<String> words, Sources files, @Nullable String selector, boolean allNamespaces, boolean events) {}

    private DescribeVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("describe")
                .summary("Show all about an object, with its events")
                .words("TYPE [NAME...] | TYPE/NAME...")
                .value("-l --selector", "SELECTOR", "Only objects with these labels")
                .flag("-A --all-namespaces", "Objects of all namespaces")
                .flag("--show-events", "With events (default true)")
                .examples("jobctl describe job pi", "jobctl describe pods -l batch.kubernetes.io/job-name=pi");
        return Flags.files(command).build(DescribeVerb::read, DescribeVerb::run);
    }

    private static Options read(Parsed p) {
        Options options = new Options(
                p.words(),
                Flags.files(p),
                p.text("--selector"),
                p.flag("--all-namespaces"),
                p.flagByDefault("--show-events"));
        Flags.requireWordsOrFiles(
                options.words(), options.files(), "You must specify the type of resource to describe.");
        return options;
    }

    static int run(Session session, Options options) {
        List<ObjectNode> objects = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        boolean prefixed = false;
        Selection selection = Selection.of(
                session,
                new Selection.Asked(
                        options.words(), options.files(), options.selector(), null, options.allNamespaces()));
        for (Selection.Item item : selection.items()) {
            try {
                objects.addAll(read(session, options, item));
            } catch (ApiError e) {
                List<ObjectNode> similar = e.notFound() && !e.unknownPath() ? beginning(session, item) : List.of();
                if (similar.isEmpty()) {
                    errors.add(Selection.told(e, item.type(), ""));
                }
                prefixed |= !similar.isEmpty();
                objects.addAll(similar);
            }
        }
        print(session, options, objects, prefixed);
        if (objects.isEmpty() && errors.isEmpty()) {
            session.err()
                    .println(
                            options.allNamespaces()
                                    ? "No resources found"
                                    : "No resources found in " + session.namespace() + " namespace.");
        }
        errors.forEach(session.err()::println);
        return errors.isEmpty() ? Exit.OK : Exit.ERROR;
    }

    private static List<ObjectNode> read(Session session, Options options, Selection.Item item) {
        if (item.name() != null) {
            return List.of(session.cluster().get(item.type(), item.namespace(session), item.name()));
        }
        String namespace = options.allNamespaces() ? null : session.namespace();
        return Paging.objects(
                session.cluster(), item.type(), namespace, Flags.selectors(options.selector(), null), 500);
    }

    /// Those whose names begin with the one that was not found.
    private static List<ObjectNode> beginning(Session session, Selection.Item item) {
        String start = String.valueOf(item.name());
        return Paging.objects(session.cluster(), item.type(), item.namespace(session), Map.of(), 500).stream()
                .filter(o -> o.path("metadata").path("name").asText().startsWith(start))
                .toList();
    }

    private static void print(Session session, Options options, List<ObjectNode> objects, boolean prefixed) {
        boolean first = true;
        for (ObjectNode object : objects) {
            List<ObjectNode> events = options.events() ? events(session, object) : null;
            String page = Describe.of(
                    object, around(session, object), events, session.time().now());
            session.out().print((first || prefixed ? "" : "\n\n") + page + (prefixed ? "\n" : ""));
            first = false;
        }
    }

    private static Around around(Session session, JsonNode object) {
        String name = object.path("metadata").path("name").asText();
        String namespace = object.path("metadata").path("namespace").asText();
        return switch (object.path("apiVersion").asText() + " "
                + object.path("kind").asText()) {
            case "v1 Node" -> aroundNode(session, name);
            case "v1 Namespace" ->
                Around.namespace(
                        readable(session, KnownTypes.QUOTAS, name, Map.of()),
                        readable(session, KnownTypes.LIMITS, name, Map.of()));
            case "v1 PersistentVolumeClaim" -> Around.claim(readable(session, KnownTypes.PODS, namespace, Map.of()));
            case "v1 Service" ->
                Around.service(readable(
                        session,
                        KnownTypes.ENDPOINT_SLICES,
                        namespace,
                        Map.of("labelSelector", "kubernetes.io/service-name=" + name)));
            default -> Around.NOTHING;
        };
    }

    private static Around aroundNode(Session session, String name) {
        String running = "spec.nodeName=" + name + ",status.phase!=Succeeded,status.phase!=Failed";
        List<ObjectNode> pods = readable(session, KnownTypes.PODS, null, Map.of("fieldSelector", running));
        try {
            return Around.node(pods, session.cluster().get(KnownTypes.LEASES, "kube-node-lease", name), "");
        } catch (ApiError e) {
            return Around.node(pods, null, String.valueOf(e.getMessage()));
        }
    }

    /// Who may read an object but not those around it still gets the page.
    private static List<ObjectNode> readable(
            Session session, ResourceType type, @Nullable String namespace, Map<String, String> query) {
        try {
            return Paging.objects(session.cluster(), type, namespace, query, 500);
        } catch (ApiError e) {
            return List.of();
        }
    }

    static List<ObjectNode> events(Session session, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText("");
        String fields = "involvedObject.name=" + metadata.path("name").asText()
                + (namespace.isEmpty() ? "" : ",involvedObject.namespace=" + namespace)
                + ",involvedObject.kind=" + object.path("kind").asText()
                + ",involvedObject.uid=" + metadata.path("uid").asText();
        return readable(
                session, KnownTypes.EVENTS, namespace.isEmpty() ? null : namespace, Map.of("fieldSelector", fields));
    }
}
