package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/// A Namespace, with what bounds it.
final class NamespacePage {
    private NamespacePage() {}

    static void write(Page page, JsonNode namespace, Around around) {
        page.line(0, "Name:", text(namespace.at("/metadata/name")));
        Parts.labelsAndAnnotations(page, namespace);
        page.line(0, "Status:", text(namespace.at("/status/phase")));
        conditions(page, namespace.at("/status/conditions"));
        page.line(0);
        PolicyPage.quotas(page, around.quotas());
        page.line(0);
        PolicyPage.limitRanges(page, around.limits());
    }

    private static void conditions(Page page, JsonNode conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        page.line(0, "Conditions:");
        page.line(1, "Type", "Status", "LastTransitionTime", "Reason", "Message");
        page.line(1, "----", "------", "------------------", "------", "-------");
        for (JsonNode condition : conditions) {
            page.line(
                    1,
                    text(condition.path("type")),
                    text(condition.path("status")),
                    Parts.date(condition.path("lastTransitionTime")),
                    text(condition.path("reason")),
                    text(condition.path("message")));
        }
    }
}
