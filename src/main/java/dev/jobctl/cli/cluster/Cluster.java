package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One Kubernetes API for one command: objects as JSON trees. Throws [ApiError] for every answer of 400 and above and
/// [ConnectionError] when there is none. Requests may be made from any thread of the command.
public final class Cluster {
    /// What a `get` for people accepts: the server's own rows, or the objects where it has none.
    public static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private final Transport transport;
    private final Consumer<String> warn;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final ResourceTypes types = new ResourceTypes(this);

    /// `warn` takes each distinct text of the server's Warning headers once.
    public Cluster(Transport transport, Consumer<String> warn) {
        this.transport = transport;
        this.warn = warn;
    }

    public ResourceTypes types() {
        return types;
    }

    public String address() {
        return transport.address();
    }

    public ObjectNode get(ResourceType type, String namespace, String name) {
        return object(Call.get(type.path(namespace, name), Map.of()));
    }

    /// Empty when there is no such object.
    public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
        try {
            return Optional.of(get(type, namespace, name));
        } catch (ApiError e) {
            if (e.notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A list object; of all namespaces when `namespace` is null.
    public ObjectNode list(ResourceType type, @Nullable String namespace, Map<String, String> query) {
        return object(Call.get(type.path(namespace), query));
    }

    /// Any path, such as `/version`.
    public ObjectNode read(String path) {
        return object(Call.get(path, Map.of()));
    }

    /// As [#read], as a Table where the server can make one.
    public ObjectNode table(String path, Map<String, String> query) {
        return object(new Call("GET", path, query, TABLE, "", new byte[0], false));
    }

    /// Without the version that the object had when it was read, as kubectl does it: no server takes that.
    public ObjectNode create(ResourceType type, String namespace, JsonNode object, Map<String, String> query) {
        JsonNode fresh = object;
        if (object.path("metadata").has("resourceVersion")) {
            ObjectNode copy = object.deepCopy();
            copy.withObjectProperty("metadata").remove("resourceVersion");
            fresh = copy;
        }
        return object(write("POST", type.path(namespace), query, Call.JSON, Json.write(fresh)));
    }

    /// A deed asked of one object, such as the `eviction` of a pod.
    public ObjectNode act(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            JsonNode body,
            Map<String, String> query) {
        String path = type.path(namespace, name) + "/" + subresource;
        return object(write("POST", path, query, Call.JSON, Json.write(body)));
    }

    public ObjectNode replace(
            ResourceType type, String namespace, String name, JsonNode object, Map<String, String> query) {
        return object(write("PUT", type.path(namespace, name), query, Call.JSON, Json.write(object)));
    }

    /// `contentType` says which of the patch forms `body` is in.
    public ObjectNode patch(
            ResourceType type,
            String namespace,
            String name,
            String contentType,
            byte[] body,
            Map<String, String> query) {
        return object(write("PATCH", type.path(namespace, name), query, contentType, body));
    }

    /// The object as it is now, or the Status of its removal.
    public ObjectNode delete(
            ResourceType type, String namespace, String name, JsonNode options, Map<String, String> query) {
        return object(write("DELETE", type.path(namespace, name), query, Call.JSON, Json.write(options)));
    }

    /// A watch of a collection or, by field selector, of one object. The caller closes it.
    public Watching watch(String path, Map<String, String> query, String accept) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("watch", "true");
        return new Watching(open(Call.stream(path, all, accept)));
    }

    /// A conversation with a pod. Throws [ApiError] with what the server has against it.
    public Channels converse(String path, List<Map.Entry<String, String>> query, String protocol) {
        String words = query.stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            return transport.converse(path + "?" + words, protocol);
        } catch (HttpTimeoutException e) {
            throw new ConnectionError(transport.address(), e);
        } catch (IOException e) {
            Map<String, String> asked = new LinkedHashMap<>();
            query.forEach(each -> asked.put(each.getKey(), each.getValue()));
            Answer answer = send(Call.get(path, asked));
            throw answer.code() >= 400
                    ? ApiError.of(answer.code(), answer.bytes())
                    : new ConnectionError(transport.address(), e);
        }
    }

    /// The raw answer, already checked for success. The caller closes it.
    public Answer open(Call call) {
        Answer answer = send(call);
        if (answer.code() >= 400) {
            throw ApiError.of(answer.code(), answer.bytes());
        }
        return answer;
    }

    private static Call write(String method, String path, Map<String, String> query, String contentType, byte[] body) {
        return new Call(method, path, query, Call.JSON, contentType, body, false);
    }

    private ObjectNode object(Call call) {
        byte[] body = open(call).bytes();
        JsonNode tree = Json.tree(body);
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.of(
                502,
                ("the server answered " + call.path() + " with something that is no object")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Answer send(Call call) {
        try {
            Answer answer = transport.send(call);
            for (String warning : answer.warnings()) {
                if (warned.add(warning)) {
                    warn.accept(warning);
                }
            }
            return answer;
        } catch (IOException e) {
            throw new ConnectionError(transport.address(), e);
        }
    }
}
