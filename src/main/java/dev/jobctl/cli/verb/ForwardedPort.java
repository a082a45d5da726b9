package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.UsageError;

/// `[LOCAL:]REMOTE` of a line, where REMOTE is a number or the name of a port.
///
/// @param local as on the line; empty for any free port
/// @param same whether the line says one port for both ends
record ForwardedPort(String local, String remote, boolean same) {
    private static final int MAX_PORT = 65_535;

    /// Two numbers.
    ///
    /// @param local 0: any free one
    record Pair(int local, int remote) {}

    /// Throws [UsageError].
    static ForwardedPort parse(String word) {
        int colon = word.indexOf(':');
        String local = colon < 0 ? "" : word.substring(0, colon);
        String remote = word.substring(colon + 1);
        if (!local.isEmpty()) {
            check(word, local, 0);
        }
        if (!named(remote)) {
            check(word, remote, 1);
        }
        return new ForwardedPort(local, remote, colon < 0);
    }

    private static boolean named(String remote) {
        return remote.matches("[a-z0-9-]*[a-z][a-z0-9-]*");
    }

    private static void check(String word, String text, int least) {
        try {
            int port = Integer.parseInt(text);
            if (port >= least && port <= MAX_PORT) {
                return;
            }
        } catch (NumberFormatException e) {
            throw new UsageError("invalid port format '" + word + "': write LOCAL:REMOTE, such as 8080:80");
        }
        throw new UsageError("invalid port '" + word + "': a port is a number of at most " + MAX_PORT);
    }

    /// What it means for a pod that `object`, a Service or anything else, led to: a Service's own port leads to its
    /// target. Throws [CommandError] when there is no such port.
    Pair of(JsonNode object, JsonNode pod) {
        if (object.path("kind").asText().equals("Service")) {
            JsonNode port = servicePort(object);
            return pair(port.path("port").asInt(), target(object, port, pod));
        }
        int port = named(remote) ? podPort(pod, remote) : Integer.parseInt(remote);
        return pair(port, port);
    }

    private Pair pair(int asked, int target) {
        return new Pair(same ? asked : local.isEmpty() ? 0 : Integer.parseInt(local), target);
    }

    private JsonNode servicePort(JsonNode service) {
        String field = named(remote) ? "name" : "port";
        return service.path("spec")
                .path("ports")
                .valueStream()
                .filter(port -> port.path(field).asText().equals(remote))
                .findFirst()
                .orElseThrow(
                        () -> new CommandError("Service " + name(service) + " does not have a service port " + remote));
    }

    /// A headless Service has no ports of its own: they are the pod's.
    private static int target(JsonNode service, JsonNode port, JsonNode pod) {
        JsonNode target = port.path("targetPort");
        if (service.path("spec").path("clusterIP").asText().equals("None")
                || target.asText("0").equals("0")) {
            return port.path("port").asInt();
        }
        return target.isTextual() ? podPort(pod, target.asText()) : target.asInt();
    }

    private static int podPort(JsonNode pod, String name) {
        return pod.path("spec")
                .path("containers")
                .valueStream()
                .flatMap(container -> container.path("ports").valueStream())
                .filter(port -> port.path("name").asText().equals(name))
                .mapToInt(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElseThrow(
                        () -> new CommandError("Pod '" + name(pod) + "' does not have a named port '" + name + "'"));
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
