package dev.jobctl.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.Status;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The paths of one document, with their verbs and parameters. Belongs to the thread that builds the document.
final class Paths {
    static final String GROUP_VERSION_KIND = "x-kubernetes-group-version-kind";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> PATCH_TYPES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    private static final List<String> OBJECT_TYPES =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    private final Dialect dialect;
    private final Definitions definitions;
    private final ObjectNode paths = NODES.objectNode();

    Paths(Dialect dialect, Definitions definitions) {
        this.dialect = dialect;
        this.definitions = definitions;
    }

    ObjectNode node() {
        return paths;
    }

    /// All paths of one kind.
    void add(Kind kind) {
        String root = kind.group().isEmpty() ? "/api/" + kind.version() : "/apis/" + kind.apiVersion();
        String base = root + (kind.namespaced() ? "/namespaces/{namespace}/" : "/") + kind.plural();
        ObjectNode collection = path(base, kind.namespaced() ? List.of("namespace") : List.of());
        operation(collection, kind, Verb.LIST, "");
        operation(collection, kind, Verb.CREATE, "");
        if (Kinds.deletedTogether(kind)) {
            operation(collection, kind, Verb.DELETE_COLLECTION, "");
        }
        List<String> variables = kind.namespaced() ? List.of("name", "namespace") : List.of("name");
        ObjectNode single = path(base + "/{name}", variables);
        for (Verb verb : List.of(Verb.GET, Verb.REPLACE, Verb.PATCH, Verb.DELETE)) {
            operation(single, kind, verb, "");
        }
        if (kind.status()) {
            ObjectNode status = path(base + "/{name}/status", variables);
            for (Verb verb : List.of(Verb.GET, Verb.REPLACE, Verb.PATCH)) {
                operation(status, kind, verb, "Status");
            }
        }
        if (kind.equals(Kinds.POD)) {
            deed(path(base + "/{name}/binding", variables), kind, Posted.BINDING, "Binding");
            deed(path(base + "/{name}/eviction", variables), kind, Posted.EVICTION, "Eviction");
            log(path(base + "/{name}/log", variables), kind);
        }
        if (kind.equals(Kinds.SERVICE_ACCOUNT)) {
            deed(path(base + "/{name}/token", variables), kind, Posted.TOKEN_REQUEST, "Token");
        }
        if (kind.namespaced()) {
            operation(path(root + "/" + kind.plural(), List.of()), kind, Verb.LIST, "ForAllNamespaces");
        }
    }

    /// The path of a type that is only posted.
    void add(Posted review) {
        String scope = review.namespaced() ? "/namespaces/{namespace}/" : "/";
        ObjectNode path = path(
                "/" + review.place() + scope + review.plural(), review.namespaced() ? List.of("namespace") : List.of());
        String group = review.group().split("\\.", 2)[0];
        String id = "create" + capital(group) + "V1" + (review.namespaced() ? "Namespaced" : "") + review.kind();
        ObjectNode operation = path.putObject("post");
        operation.put("description", "create a " + review.kind()).put("operationId", id);
        operation.putArray("tags").add(group + "_v1");
        posted(operation, review, definitions.posted(review));
    }

    /// A subresource that is only posted to. Who drives a pod away or places it learns only whether that was done.
    private void deed(ObjectNode path, Kind kind, Posted posted, String suffix) {
        ObjectNode operation = path.putObject("post");
        String name = posted.kind().toLowerCase(Locale.ROOT);
        operation.put("description", "create " + name + " of a " + kind.kind());
        operation.put("operationId", operationId(kind, Verb.CREATE, "core", suffix));
        operation.putArray("tags").add("core_" + kind.version());
        boolean told = posted.equals(Posted.TOKEN_REQUEST);
        posted(operation, posted, told ? definitions.posted(posted) : definitions.reference(Status.class));
    }

    private void posted(ObjectNode operation, Posted posted, ObjectNode answer) {
        ArrayNode parameters = operation.putArray("parameters");
        parameters(parameters, Verb.CREATE.parameters());
        content(operation, parameters, definitions.posted(posted), true, OBJECT_TYPES);
        ObjectNode responses = operation.putObject("responses");
        answer(responses, "201", "Created", answer);
        failures(responses);
        if (dialect == Dialect.V2) {
            OBJECT_TYPES.forEach(operation.putArray("produces")::add);
        }
        finish(operation, posted.group(), posted.kind(), "v1", "post");
    }

    /// A container's log, plain text.
    private void log(ObjectNode path, Kind kind) {
        ObjectNode operation = path.putObject("get");
        operation.put("description", "read log of a " + kind.kind());
        operation.put("operationId", operationId(kind, Verb.GET, "core", "Log"));
        operation.putArray("tags").add("core_" + kind.version());
        parameters(operation.putArray("parameters"), Verb.LOG_PARAMETERS);
        ObjectNode responses = operation.putObject("responses");
        ObjectNode response = responses.putObject("200").put("description", "OK");
        if (dialect == Dialect.V2) {
            response.putObject("schema").put("type", "string");
            OBJECT_TYPES.forEach(operation.putArray("produces").add("text/plain")::add);
        } else {
            response.putObject("content")
                    .putObject("text/plain")
                    .putObject("schema")
                    .put("type", "string");
        }
        failures(responses);
        finish(operation, kind, "get");
    }

    private ObjectNode path(String path, List<String> variables) {
        ObjectNode node = paths.putObject(path);
        ArrayNode parameters = NODES.arrayNode();
        for (String variable : variables) {
            ObjectNode parameter = parameter(variable, "path", "string", "The " + variable + ".");
            parameters.add(parameter.put("required", true));
        }
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        return node;
    }

    private void operation(ObjectNode path, Kind kind, Verb verb, String suffix) {
        ObjectNode operation = path.putObject(verb.method());
        String group = kind.group().isEmpty() ? "core" : kind.group().split("\\.", 2)[0];
        operation.put("description", verb.word() + " " + kind.plural() + (suffix.equals("Status") ? "/status" : ""));
        operation.put("operationId", operationId(kind, verb, group, suffix));
        operation.putArray("tags").add(group + "_" + kind.version());
        ArrayNode parameters = operation.putArray("parameters");
        parameters(parameters, verb.parameters());
        body(operation, parameters, kind, verb);
        answers(operation.putObject("responses"), kind, verb);
        if (dialect == Dialect.V2) {
            OBJECT_TYPES.forEach(operation.putArray("produces")::add);
        }
        finish(operation, kind, verb.action());
    }

    private void parameters(ArrayNode parameters, String lines) {
        for (String line : lines.lines().toList()) {
            List<String> parts = List.of(line.split(" ", 3));
            parameters.add(parameter(parts.get(0), "query", parts.get(1), parts.get(2)));
        }
    }

    private static void finish(ObjectNode operation, Kind kind, String action) {
        finish(operation, kind.group(), kind.kind(), kind.version(), action);
    }

    private static void finish(ObjectNode operation, String group, String kind, String version, String action) {
        operation.put("x-kubernetes-action", action);
        operation
                .putObject(GROUP_VERSION_KIND)
                .put("group", group)
                .put("kind", kind)
                .put("version", version);
    }

    /// `createBatchV1NamespacedJob`, the name that client generators give to their methods.
    private static String operationId(Kind kind, Verb verb, String group, String suffix) {
        String scope = kind.namespaced() && !suffix.equals("ForAllNamespaces") ? "Namespaced" : "";
        return verb.word() + capital(group) + capital(kind.version()) + verb.infix() + scope + kind.kind() + suffix;
    }

    private void body(ObjectNode operation, ArrayNode parameters, Kind kind, Verb verb) {
        @Nullable
        ObjectNode schema = switch (verb) {
            case CREATE, REPLACE -> definitions.kind(kind);
            case PATCH -> definitions.patch();
            case DELETE, DELETE_COLLECTION -> definitions.reference(DeleteOptions.class);
            case GET, LIST -> null;
        };
        if (schema == null) {
            return;
        }
        boolean required = verb == Verb.CREATE || verb == Verb.REPLACE || verb == Verb.PATCH;
        content(operation, parameters, schema, required, verb == Verb.PATCH ? PATCH_TYPES : OBJECT_TYPES);
    }

    private void content(
            ObjectNode operation, ArrayNode parameters, ObjectNode schema, boolean required, List<String> types) {
        if (dialect == Dialect.V2) {
            ObjectNode body = parameters.addObject().put("name", "body").put("in", "body");
            body.put("required", required).set("schema", schema);
            types.forEach(operation.putArray("consumes")::add);
        } else {
            ObjectNode body = operation.putObject("requestBody").put("required", required);
            ObjectNode content = body.putObject("content");
            types.forEach(type -> content.putObject(type).set("schema", schema));
        }
    }

    private void answers(ObjectNode responses, Kind kind, Verb verb) {
        ObjectNode schema = switch (verb) {
            case GET, CREATE, REPLACE, PATCH -> definitions.kind(kind);
            case LIST -> definitions.list(kind);
            case DELETE ->
                Kinds.returnedWhenDeleted(kind) ? definitions.kind(kind) : definitions.reference(Status.class);
            case DELETE_COLLECTION -> definitions.reference(Status.class);
        };
        answer(responses, "200", "OK", schema);
        if (verb == Verb.CREATE || verb == Verb.REPLACE || verb == Verb.PATCH) {
            answer(responses, "201", "Created", schema);
        }
        if (verb == Verb.CREATE || verb == Verb.DELETE) {
            answer(responses, "202", "Accepted", schema);
        }
        failures(responses);
    }

    private void failures(ObjectNode responses) {
        answer(responses, "401", "Unauthorized", null);
        answer(responses, "default", "What went wrong", definitions.reference(Status.class));
    }

    private void answer(ObjectNode responses, String code, String description, @Nullable ObjectNode schema) {
        ObjectNode response = responses.putObject(code).put("description", description);
        if (schema != null && dialect == Dialect.V2) {
            response.set("schema", schema);
        } else if (schema != null) {
            ObjectNode content = response.putObject("content");
            OBJECT_TYPES.forEach(type -> content.putObject(type).set("schema", schema));
        }
    }

    private ObjectNode parameter(String name, String in, String type, String description) {
        ObjectNode node = NODES.objectNode().put("name", name).put("in", in).put("description", description);
        if (dialect == Dialect.V2) {
            return node.put("type", type).put("uniqueItems", true);
        }
        node.putObject("schema").put("type", type);
        return node;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
