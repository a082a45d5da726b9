package dev.jobctl.apiserver.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Makes the OpenAPI documents. Each call builds anew (some milliseconds): keep what it returns.
public final class OpenApi {
    private final Schemas schemas;
    private final String version;

    /// @param version of the server, as `/version` tells it: `v1.34.1`
    public OpenApi(Schemas schemas, String version) {
        this.schemas = schemas;
        this.version = version;
    }

    /// `/openapi/v2`: Swagger 2.0 of everything.
    public ObjectNode v2() {
        return document(Dialect.V2, _ -> true, _ -> true);
    }

    /// `/openapi/v3`: each group with its address. The address carries a hash of all that the content is made from, so
    /// that clients may keep it for ever; no document is built for it.
    public ObjectNode v3Index() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = index.putObject("paths");
        String hash = hash();
        for (String group : groups()) {
            paths.putObject(group).put("serverRelativeURL", "/openapi/v3/" + group + "?hash=" + hash);
        }
        return index;
    }

    /// The groups that `v3Index` names: `api/v1`, `apis/batch/v1`.
    public List<String> groups() {
        return Stream.concat(
                        Kinds.served().stream().map(OpenApi::group),
                        Posted.REVIEWS.stream().map(Posted::place))
                .distinct()
                .toList();
    }

    /// `/openapi/v3/GROUP`, such as `api/v1` or `apis/batch/v1`.
    public Optional<ObjectNode> v3(String group) {
        return groups().contains(group)
                ? Optional.of(document(
                        Dialect.V3,
                        kind -> group(kind).equals(group),
                        review -> review.place().equals(group)))
                : Optional.empty();
    }

    private ObjectNode document(Dialect dialect, Predicate<Kind> wanted, Predicate<Posted> asked) {
        var definitions = new Definitions(schemas, dialect);
        var paths = new Paths(dialect, definitions);
        Kinds.served().stream().filter(wanted).forEach(paths::add);
        Posted.REVIEWS.stream().filter(asked).forEach(paths::add);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put(dialect == Dialect.V2 ? "swagger" : "openapi", dialect == Dialect.V2 ? "2.0" : "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", version);
        document.set("paths", paths.node());
        ObjectNode security = JsonNodeFactory.instance.objectNode();
        ObjectNode bearer = security.putObject("BearerToken");
        if (dialect == Dialect.V2) {
            bearer.put("type", "apiKey").put("in", "header").put("name", "authorization");
            document.set("definitions", definitions.node());
            document.set("securityDefinitions", security);
        } else {
            bearer.put("type", "http").put("scheme", "bearer");
            ObjectNode components = document.putObject("components");
            components.set("schemas", definitions.node());
            components.set("securitySchemes", security);
        }
        document.putArray("security").addObject().putArray("BearerToken");
        return document;
    }

    private static String group(Kind kind) {
        return kind.group().isEmpty() ? "api/" + kind.version() : "apis/" + kind.apiVersion();
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(version.getBytes(StandardCharsets.UTF_8));
            digest.update(Kinds.served().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Words.bytes());
            return HexFormat.of().withUpperCase().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
