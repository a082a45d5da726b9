package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Writes JSON as YAML that every YAML reader understands, for clients that ask for it. What people see in the terminal
/// has its own spelling, kubectl's.
public final class YamlWriter {
    private YamlWriter() {}

    /// In block style, keys in their order. Ends with a line feed.
    public static String text(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        return new Yaml(options).dump(Json.bind(tree, Object.class));
    }
}
