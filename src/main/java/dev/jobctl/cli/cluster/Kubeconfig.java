package dev.jobctl.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.yaml.YamlFile;
import dev.jobctl.resource.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One or more kubeconfig files, merged as kubectl does it: for each name and for the current context the first file
/// that has it wins. Immutable.
public final class Kubeconfig {
    private final List<Source> sources;

    private record Source(Path file, JsonNode tree) {}

    private record Named(Source source, JsonNode body) {}

    private Kubeconfig(List<Source> sources) {
        this.sources = sources;
    }

    /// Reads those of the files that exist. Throws [AccessError] when none does or one is unreadable.
    public static Kubeconfig read(List<Path> files) {
        List<Source> found = new ArrayList<>();
        for (Path file : files) {
            try {
                String text = Files.readString(file);
                found.add(new Source(file, parse(file, text)));
            } catch (NoSuchFileException missing) {
                // kubectl skips missing files of a list too
            } catch (IOException e) {
                throw new AccessError("error loading config file \"" + file + "\": " + e.getMessage(), e);
            }
        }
        if (found.isEmpty()) {
            throw new AccessError("there is no kubeconfig file at " + files.getFirst());
        }
        return new Kubeconfig(found);
    }

    private static JsonNode parse(Path file, String text) {
        YamlFile read = YamlReader.read(file.toString(), text);
        if (!read.problems().isEmpty()) {
            throw new AccessError("error loading config file \"" + file + "\": "
                    + read.problems().getFirst());
        }
        return read.documents().isEmpty()
                ? Json.MAPPER.createObjectNode()
                : read.documents().getFirst().tree();
    }

    /// Empty when no file names one.
    public Optional<String> currentContext() {
        return sources.stream()
                .map(s -> s.tree().path("current-context").asText(""))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    public List<String> contexts() {
        return sources.stream()
                .flatMap(s -> s.tree().path("contexts").valueStream())
                .map(c -> c.path("name").asText())
                .distinct()
                .toList();
    }

    /// The access that `context` describes; null means the current one.
    public Access access(@Nullable String context) {
        String name = context != null ? context : currentContext().orElse("");
        if (name.isEmpty()) {
            throw new AccessError("no context is set in " + sources.getFirst().file() + "; name one with --context");
        }
        JsonNode chosen = named("contexts", "context", name)
                .orElseThrow(() -> new AccessError("context \"" + name + "\" does not exist; there are: "
                        + (contexts().isEmpty() ? "none" : String.join(", ", contexts()))))
                .body();
        Named cluster = cluster(chosen.path("cluster").asText(""), name);
        @Nullable
        Named user = named("users", "user", chosen.path("user").asText("")).orElse(null);
        String server = cluster.body().path("server").asText("");
        if (server.isEmpty()) {
            throw new AccessError("cluster \"" + chosen.path("cluster").asText() + "\" has no server");
        }
        return access(name, chosen, cluster, user, server);
    }

    private static Access access(String name, JsonNode context, Named cluster, @Nullable Named user, String server) {
        boolean helped = user != null && (user.body().has("exec") || user.body().has("auth-provider"));
        return new Access(
                server,
                context.path("namespace").asText("default"),
                data(cluster, "certificate-authority"),
                cluster.body().path("insecure-skip-tls-verify").asBoolean(),
                user == null ? null : token(user),
                user == null ? null : data(user, "client-certificate"),
                user == null ? null : data(user, "client-key"),
                user == null ? null : text(user, "username"),
                user == null ? null : text(user, "password"),
                helped && user != null ? only(name, context, cluster, user) : null,
                name,
                text(cluster, "proxy-url"),
                false);
    }

    /// A kubeconfig of just these, for fabric8, which runs the credential helper named in the user's part.
    private static String only(String name, JsonNode context, Named cluster, Named user) {
        ObjectNode tree = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Config");
        tree.put("current-context", name);
        tree.withArray("contexts").addObject().put("name", name).set("context", context);
        tree.withArray("clusters")
                .addObject()
                .put("name", context.path("cluster").asText())
                .set("cluster", cluster.body());
        tree.withArray("users")
                .addObject()
                .put("name", context.path("user").asText())
                .set("user", user.body());
        return tree.toString();
    }

    private Named cluster(String wanted, String namedBy) {
        return named("clusters", "cluster", wanted)
                .orElseThrow(() -> new AccessError(
                        "context \"" + namedBy + "\" names the cluster \"" + wanted + "\", which does not exist"));
    }

    private Optional<Named> named(String list, String field, String name) {
        for (Source source : sources) {
            for (JsonNode entry : source.tree().path(list)) {
                if (entry.path("name").asText().equals(name)) {
                    return Optional.of(new Named(source, entry.path(field)));
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable String token(Named user) {
        String file = user.body().path("tokenFile").asText("");
        return file.isEmpty() ? text(user, "token") : new String(contents(user, file), StandardCharsets.UTF_8).strip();
    }

    private static @Nullable String text(Named part, String field) {
        String value = part.body().path(field).asText("");
        return value.isEmpty() ? null : value;
    }

    /// `FIELD-data`, else the contents of the file `FIELD`, which may be relative to the kubeconfig.
    private static @Nullable String data(Named part, String field) {
        String inline = part.body().path(field + "-data").asText("");
        if (!inline.isEmpty()) {
            return inline;
        }
        String file = part.body().path(field).asText("");
        return file.isEmpty() ? null : Base64.getEncoder().encodeToString(contents(part, file));
    }

    private static byte[] contents(Named part, String file) {
        Path path = part.source().file().toAbsolutePath().resolveSibling(file);
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new AccessError(
                    "unable to read " + path + " named in " + part.source().file(), e);
        }
    }
}
