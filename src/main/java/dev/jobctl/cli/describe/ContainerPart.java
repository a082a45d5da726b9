package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Containers, in a template or in a pod with their statuses.
///
/// @param indent of the block's title: two spaces in a template, none in a pod
/// @param pod whose names environment variables may refer to; missing in a template
record ContainerPart(Page page, String indent, JsonNode pod) {
    static ContainerPart ofTemplate(Page page) {
        return new ContainerPart(page, "  ", Json.MAPPER.missingNode());
    }

    static ContainerPart ofPod(Page page, JsonNode pod) {
        return new ContainerPart(page, "", pod);
    }

    void write(String title, JsonNode containers) {
        write(title, containers, Json.MAPPER.missingNode());
    }

    /// `statuses` in any order, found by name.
    void write(String title, JsonNode containers, JsonNode statuses) {
        page.line(0, indent + title + ":" + (containers.isEmpty() ? " " + Parts.NONE : ""));
        for (JsonNode container : containers) {
            container(container, status(statuses, text(container.path("name"))));
        }
    }

    private static JsonNode status(JsonNode statuses, String name) {
        for (JsonNode status : statuses) {
            if (text(status.path("name")).equals(name)) {
                return status;
            }
        }
        return Json.MAPPER.missingNode();
    }

    private void container(JsonNode container, JsonNode status) {
        boolean known = !status.isMissingNode();
        page.line(1, (indent.isEmpty() ? "" : " ") + text(container.path("name")) + ":");
        if (known) {
            page.line(2, "Container ID:", text(status.path("containerID")));
        }
        page.line(2, "Image:", text(container.path("image")));
        if (known) {
            page.line(2, "Image ID:", text(status.path("imageID")));
        }
        ports("Port", container, "containerPort");
        ports("Host Port", container, "hostPort");
        words("Command:", container.path("command"));
        words("Args:", container.path("args"));
        if (known) {
            StatePart.write(page, status);
        }
        Parts.resources(page, 2, container.path("resources"));
        probe("Liveness:", container.path("livenessProbe"));
        probe("Readiness:", container.path("readinessProbe"));
        probe("Startup:", container.path("startupProbe"));
        if (!container.path("envFrom").isEmpty()) {
            EnvironmentPart.from(page, container.path("envFrom"));
        }
        EnvironmentPart.variables(page, container, pod);
        mounts(container.path("volumeMounts"));
    }

    private void ports(String title, JsonNode container, String field) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : container.path("ports")) {
            ports.add(port.path(field).asInt() + "/" + or(port.path("protocol"), "TCP"));
        }
        page.line(2, title + (ports.size() > 1 ? "s:" : ":"), ports.isEmpty() ? Parts.NONE : String.join(", ", ports));
    }

    private void words(String title, JsonNode words) {
        if (words.isEmpty()) {
            return;
        }
        page.line(2, title);
        for (JsonNode word : words) {
            for (String line : text(word).split("\n", -1)) {
                page.line(3, line);
            }
        }
    }

    private void probe(String title, JsonNode probe) {
        if (!probe.isObject()) {
            return;
        }
        String times = "delay=" + probe.path("initialDelaySeconds").asInt() + "s timeout="
                + probe.path("timeoutSeconds").asInt() + "s period="
                + probe.path("periodSeconds").asInt()
                + "s #success=" + probe.path("successThreshold").asInt() + " #failure="
                + probe.path("failureThreshold").asInt();
        page.line(2, title, action(probe) + " " + times);
    }

    private static String action(JsonNode probe) {
        if (probe.has("exec")) {
            List<String> words = new ArrayList<>();
            probe.at("/exec/command").forEach(word -> words.add(text(word)));
            return "exec [" + String.join(" ", words) + "]";
        }
        if (probe.has("httpGet")) {
            JsonNode get = probe.path("httpGet");
            String path = text(get.path("path"));
            return "http-get " + or(get.path("scheme"), "HTTP").toLowerCase(java.util.Locale.ROOT) + "://"
                    + text(get.path("host")) + ":" + text(get.path("port")) + (path.startsWith("/") ? "" : "/") + path;
        }
        if (probe.has("tcpSocket")) {
            return "tcp-socket " + text(probe.at("/tcpSocket/host")) + ":" + text(probe.at("/tcpSocket/port"));
        }
        if (probe.has("grpc")) {
            return "grpc <pod>:" + text(probe.at("/grpc/port")) + " " + text(probe.at("/grpc/service"));
        }
        return "unknown";
    }

    private void mounts(JsonNode mounts) {
        List<JsonNode> sorted = new ArrayList<>();
        mounts.forEach(sorted::add);
        if (sorted.isEmpty()) {
            page.line(2, "Mounts:", Parts.NONE);
            return;
        }
        page.line(2, "Mounts:");
        sorted.sort(Comparator.comparing(mount -> text(mount.path("mountPath"))));
        for (JsonNode mount : sorted) {
            String path = text(mount.path("subPath"));
            page.line(
                    3,
                    text(mount.path("mountPath")) + " from " + text(mount.path("name")) + " ("
                            + (mount.path("readOnly").asBoolean() ? "ro" : "rw")
                            + (path.isEmpty() ? "" : ",path=\"" + path + "\"") + ")");
        }
    }
}
