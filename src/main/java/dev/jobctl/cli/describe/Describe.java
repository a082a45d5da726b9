package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of one object.
public final class Describe {
    private Describe() {}

    /// `events` null: leave the block out. Ends with a line feed.
    public static String of(JsonNode object, @Nullable List<? extends JsonNode> events, Instant now) {
        Page page = new Page();
        String kind = Parts.text(object.path("apiVersion")) + " " + Parts.text(object.path("kind"));
        switch (kind) {
            case "batch/v1 Job" -> JobPage.write(page, object);
            case "batch/v1 CronJob" -> CronJobPage.write(page, object);
            case "v1 Pod" -> PodPage.write(page, object, now);
            case "v1 ConfigMap" -> SettingsPage.configMap(page, object);
            case "v1 Secret" -> SettingsPage.secret(page, object);
            default -> AnyPage.write(page, object);
        }
        if (events != null && !kind.equals("v1 Secret")) { // kubectl tells none about Secrets
            Parts.events(page, events, now);
        }
        return page.aligned();
    }
}
