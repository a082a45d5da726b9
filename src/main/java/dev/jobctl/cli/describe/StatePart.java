package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/// What a container does, and did before.
final class StatePart {
    private StatePart() {}

    static void write(Page page, JsonNode status) {
        state(page, "State:", status.path("state"));
        if (status.path("lastState").has("terminated")) {
            state(page, "Last State:", status.path("lastState"));
        }
        page.line(2, "Ready:", Parts.trueOrFalse(status.path("ready")));
        page.line(
                2,
                "Restart Count:",
                Integer.toString(status.path("restartCount").asInt()));
    }

    private static void state(Page page, String title, JsonNode state) {
        if (state.has("running")) {
            page.line(2, title, "Running");
            page.line(3, "Started:", Parts.date(state.at("/running/startedAt")));
        } else if (state.has("terminated")) {
            terminated(page, title, state.path("terminated"));
        } else {
            page.line(2, title, "Waiting");
            Parts.optional(page, 3, "Reason", state.at("/waiting/reason"), "");
        }
    }

    private static void terminated(Page page, String title, JsonNode end) {
        page.line(2, title, "Terminated");
        Parts.optional(page, 3, "Reason", end.path("reason"), "");
        Parts.optional(page, 3, "Message", end.path("message"), "");
        page.line(3, "Exit Code:", text(end.path("exitCode")));
        if (end.path("signal").asInt() > 0) {
            page.line(3, "Signal:", text(end.path("signal")));
        }
        page.line(3, "Started:", Parts.date(end.path("startedAt")));
        page.line(3, "Finished:", Parts.date(end.path("finishedAt")));
    }
}
