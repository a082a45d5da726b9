package dev.jobctl.cli.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.yaml.YamlDocument;

/// One object that the user wrote.
public record Manifest(YamlDocument document) {
    /// The file as the user named it; `STDIN` for standard input.
    public String source() {
        return document.source();
    }

    public ObjectNode tree() {
        return document.tree();
    }

    public String apiVersion() {
        return tree().path("apiVersion").asText("");
    }

    public String kind() {
        return tree().path("kind").asText("");
    }

    /// Empty when only `generateName` is given, or nothing.
    public String name() {
        return tree().path("metadata").path("name").asText("");
    }

    /// Empty when the manifest leaves it to the command line.
    public String namespace() {
        return tree().path("metadata").path("namespace").asText("");
    }
}
