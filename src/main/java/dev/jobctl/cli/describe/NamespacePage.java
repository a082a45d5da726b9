package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;

/// A Namespace, with what bounds it.
final class NamespacePage {
    private NamespacePage() {}

    static void write(Page page, JsonNode namespace, Around around) {
        page.line(0, "Name:", text(namespace.at("/metadata/name")));
        Parts.labels(page, "Labels", namespace.at("/metadata/labels"));
        Parts.annotations(page, "Annotations", namespace.at("/metadata/annotations"));
        page.line(0, "Status:", text(namespace.at("/status/phase")));
        page.line(0);
        PolicyPage.quotas(page, around.quotas());
        page.line(0);
        PolicyPage.limitRanges(page, around.limits());
    }
}
