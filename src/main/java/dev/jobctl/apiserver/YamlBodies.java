package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.yaml.YamlFile;
import dev.jobctl.resource.yaml.YamlReader;

/// Bodies in YAML.
final class YamlBodies {
    private YamlBodies() {}

    /// The one document of the body as JSON. Throws [ApiError] 400 with the first thing that is wrong.
    static byte[] toJson(byte[] yaml) {
        if (yaml.length == 0) {
            return yaml;
        }
        YamlFile file = YamlReader.read("body", yaml);
        if (!file.problems().isEmpty()) {
            throw ApiError.badRequest("error converting YAML to JSON: "
                    + file.problems().getFirst().toString());
        }
        if (file.documents().size() != 1) {
            throw ApiError.badRequest("the body must hold exactly one object");
        }
        return Json.write(file.documents().getFirst().tree());
    }
}
