package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/// Volumes of a template or pod.
final class VolumePart {
    private VolumePart() {}

    static void write(Page page, JsonNode volumes, String indent) {
        if (volumes.isEmpty()) {
            page.line(0, indent + "Volumes:", Parts.NONE);
            return;
        }
        page.line(0, indent + "Volumes:");
        for (JsonNode volume : volumes) {
            page.line(1, (indent.isEmpty() ? "" : " ") + text(volume.path("name")) + ":");
            source(page, volume);
        }
    }

    private static void source(Page page, JsonNode volume) {
        if (volume.has("hostPath")) {
            page.line(2, "Type:", "HostPath (bare host directory volume)");
            page.line(2, "Path:", text(volume.at("/hostPath/path")));
            page.line(2, "HostPathType:", text(volume.at("/hostPath/type")));
        } else if (volume.has("emptyDir")) {
            page.line(2, "Type:", "EmptyDir (a temporary directory that shares a pod's lifetime)");
            page.line(2, "Medium:", text(volume.at("/emptyDir/medium")));
            page.line(2, "SizeLimit:", or(volume.at("/emptyDir/sizeLimit"), Parts.UNSET));
        } else if (volume.has("secret")) {
            page.line(2, "Type:", "Secret (a volume populated by a Secret)");
            page.line(2, "SecretName:", text(volume.at("/secret/secretName")));
            page.line(
                    2,
                    "Optional:",
                    Boolean.toString(volume.at("/secret/optional").asBoolean()));
        } else if (volume.has("configMap")) {
            page.line(2, "Type:", "ConfigMap (a volume populated by a ConfigMap)");
            page.line(2, "Name:", text(volume.at("/configMap/name")));
            page.line(
                    2,
                    "Optional:",
                    Boolean.toString(volume.at("/configMap/optional").asBoolean()));
        } else if (volume.has("persistentVolumeClaim")) {
            page.line(
                    2, "Type:", "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)");
            page.line(2, "ClaimName:", text(volume.at("/persistentVolumeClaim/claimName")));
            page.line(
                    2,
                    "ReadOnly:",
                    Boolean.toString(
                            volume.at("/persistentVolumeClaim/readOnly").asBoolean()));
        } else if (volume.has("downwardAPI")) {
            page.line(2, "Type:", "DownwardAPI (a volume populated by information about the pod)");
            page.line(2, "Items:");
            volume.at("/downwardAPI/items").forEach(item -> page.line(3, item(item)));
        } else if (volume.has("projected")) {
            page.line(2, "Type:", "Projected (a volume that contains injected data from multiple sources)");
            volume.at("/projected/sources").forEach(source -> projected(page, source));
        } else {
            page.line(2, "<unknown>");
        }
    }

    private static String item(JsonNode item) {
        String field = text(item.at("/fieldRef/fieldPath"));
        return (field.isEmpty() ? text(item.at("/resourceFieldRef/resource")) : field) + " -> "
                + text(item.path("path"));
    }

    private static void projected(Page page, JsonNode source) {
        if (source.has("secret")) {
            page.line(2, "SecretName:", text(source.at("/secret/name")));
            page.line(2, "SecretOptionalName:", or(source.at("/secret/optional"), "<nil>"));
        } else if (source.has("downwardAPI")) {
            page.line(2, "DownwardAPI:", "true");
        } else if (source.has("configMap")) {
            page.line(2, "ConfigMapName:", text(source.at("/configMap/name")));
            page.line(2, "ConfigMapOptional:", or(source.at("/configMap/optional"), "<nil>"));
        } else if (source.has("serviceAccountToken")) {
            page.line(2, "TokenExpirationSeconds:", text(source.at("/serviceAccountToken/expirationSeconds")));
        }
    }
}
