package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.AccessModes;
import dev.jobctl.resource.value.Durations;
import dev.jobctl.resource.value.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A PersistentVolumeClaim, and who uses it.
final class ClaimPage {
    private ClaimPage() {}

    static void write(Page page, JsonNode claim, Around around, Instant now) {
        JsonNode spec = claim.path("spec");
        Parts.nameAndNamespace(page, claim);
        page.line(0, "StorageClass:", text(spec.path("storageClassName")));
        page.line(0, "Status:", status(claim, now));
        page.line(0, "Volume:", text(spec.path("volumeName")));
        Parts.labelsAndAnnotations(page, claim);
        page.line(0, "Finalizers:", "[" + String.join(" ", Parts.texts(claim.at("/metadata/finalizers"))) + "]");
        boolean bound = !text(spec.path("volumeName")).isEmpty();
        page.line(0, "Capacity:", bound ? text(claim.at("/status/capacity/storage")) : "");
        page.line(0, "Access Modes:", bound ? modes(claim.at("/status/accessModes")) : "");
        Parts.optional(page, 0, "VolumeMode", spec.path("volumeMode"), "");
        source(page, spec.path("dataSource"));
        Parts.under(page, "Used By", users(text(claim.at("/metadata/name")), around.pods()));
    }

    private static String status(JsonNode claim, Instant now) {
        JsonNode deleted = claim.at("/metadata/deletionTimestamp");
        return Timestamps.parse(text(deleted))
                .map(since -> "Terminating (lasts " + Durations.human(Duration.between(since, now)) + ")")
                .orElseGet(() -> text(claim.at("/status/phase")));
    }

    private static String modes(JsonNode modes) {
        List<String> allowed = Parts.texts(modes);
        return AccessModes.SHORT.entrySet().stream()
                .filter(mode -> allowed.contains(mode.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }

    private static void source(Page page, JsonNode source) {
        if (source.isObject()) {
            page.line(0, "DataSource:");
            Parts.optional(page, 1, "APIGroup", source.path("apiGroup"), "");
            page.line(1, "Kind:", text(source.path("kind")));
            page.line(1, "Name:", text(source.path("name")));
        }
    }

    private static List<String> users(String claim, List<? extends JsonNode> pods) {
        List<String> names = new ArrayList<>();
        for (JsonNode pod : pods) {
            for (JsonNode volume : pod.at("/spec/volumes")) {
                if (text(volume.at("/persistentVolumeClaim/claimName")).equals(claim)) {
                    names.add(text(pod.at("/metadata/name")));
                    break;
                }
            }
        }
        return names;
    }
}
