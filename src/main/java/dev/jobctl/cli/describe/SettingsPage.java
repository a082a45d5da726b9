package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// A ConfigMap with its values, or a Secret without: of what it holds only the sizes are told.
final class SettingsPage {
    private SettingsPage() {}

    static void configMap(Page page, JsonNode map) {
        Parts.head(page, map);
        title(page, "Data");
        JsonNode data = map.path("data");
        for (String key : Parts.keys(data)) {
            page.line(0, key + ":");
            page.line(0, "----");
            page.line(0, text(data.path(key)));
            page.line(0);
        }
        title(page, "BinaryData");
        JsonNode binary = map.path("binaryData");
        for (String key : Parts.keys(binary)) {
            page.line(0, key + ": " + size(binary.path(key)));
        }
        page.line(0);
    }

    static void secret(Page page, JsonNode secret) {
        Parts.head(page, secret);
        page.line(0);
        page.line(0, "Type:", text(secret.path("type")));
        title(page, "Data");
        JsonNode data = secret.path("data");
        for (String key : Parts.keys(data)) {
            page.line(0, key + ":", size(data.path(key)));
        }
    }

    private static void title(Page page, String title) {
        page.line(0);
        page.line(0, title);
        page.line(0, "====");
    }

    private static String size(JsonNode base64) {
        try {
            return base64.binaryValue().length + " bytes";
        } catch (IOException notBase64) { // no server of ours stores such a value; another's need not stop the page
            return "? bytes";
        }
    }
}
