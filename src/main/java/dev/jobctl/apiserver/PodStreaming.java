package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The subresources of pods that are conversations: exec, attach, portforward. They are held over WebSockets only.
final class PodStreaming {
    static final String V5 = "v5.channel.k8s.io";
    static final String V4 = "v4.channel.k8s.io";
    static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";

    /// The first version, which who names no protocol means, too: errors are plain text.
    static final String V1 = "channel.k8s.io";
    /// The same in base64, see `SocketLine`.
    static final String V1_TEXT = "base64.channel.k8s.io";

    private static final String V4_TEXT = "v4.base64.channel.k8s.io";
    private static final List<String> COMMANDS = List.of(V5, V4, V4_TEXT, V1, V1_TEXT);
    private static final List<String> PORTS = List.of(TUNNEL, V4, V4_TEXT);
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final ApiBackend backend;
    private final PodLogs logs;
    private final PodDoors doors;

    PodStreaming(ApiBackend backend, PodLogs logs, PodDoors doors) {
        this.backend = backend;
        this.logs = logs;
        this.doors = doors;
    }

    ApiResponse exec(Call call, Target target) {
        ObjectVersion version = pod(target);
        Pod pod = (Pod) version.object();
        String container = container(call, pod);
        List<String> command = call.request().query().getOrDefault("command", List.of());
        if (command.isEmpty() || command.getFirst().isEmpty()) {
            throw ApiError.badRequest("you must specify at least 1 command for the container");
        }
        CommandTalk.Wish wish = wish(call);
        checkRuns(pod, container);
        checkUpgrade(call, COMMANDS);
        PodDoors.Session session;
        try {
            session = doors.start(version.ref(), container, command, wish.terminal());
        } catch (IOException e) {
            return talk(line -> CommandTalk.refuse(line, String.valueOf(e.getMessage())));
        }
        return talk(line -> new CommandTalk(session, wish, line).hold());
    }

    ApiResponse attach(Call call, Target target) {
        ObjectVersion version = pod(target);
        Pod pod = (Pod) version.object();
        String container = container(call, pod);
        CommandTalk.Wish wish = wish(call);
        checkRuns(pod, container);
        if (wish.input() && !has(pod, container, Container::getStdin)) {
            throw ApiError.badRequest("container " + container + " of pod " + target.name()
                    + " takes no input: it was not started with \"stdin: true\"");
        }
        checkUpgrade(call, COMMANDS);
        boolean terminal = has(pod, container, Container::getTty);
        if (!wish.input() && !(wish.terminal() && terminal)) {
            return talk(line -> AttachTalk.hold(logs, version.ref(), container, line));
        }
        // Who leaves a terminal may come back to it.
        boolean once = has(pod, container, Container::getStdinOnce) && !terminal;
        CommandTalk.Resizing resizing = terminal
                ? (columns, rows) -> doors.resize(version.ref(), container, columns, rows)
                : (columns, rows) -> {};
        return talk(
                line -> { // opened now: who is gone before the upgrade holds no input
                    OutputStream input;
                    try {
                        input = wish.input()
                                ? doors.input(version.ref(), container, once)
                                : OutputStream.nullOutputStream();
                    } catch (IOException e) {
                        CommandTalk.refuse(line, String.valueOf(e.getMessage()));
                        return;
                    }
                    AttachTalk.hold(logs, version.ref(), container, new AttachTalk.Into(input, resizing), line);
                });
    }

    ApiResponse portForward(Call call, Target target) {
        ObjectVersion version = pod(target);
        List<Integer> ports = ports(call);
        String phase = phase((Pod) version.object());
        if (!phase.equals("Running")) {
            throw ApiError.badRequest("unable to forward port because pod is not running. Current status=" + phase);
        }
        checkUpgrade(call, PORTS);
        return new ApiResponse.Upgrade(new ApiResponse.Ports(ports, port -> doors.connect(version.ref(), port)));
    }

    private static ApiResponse talk(ApiResponse.Talk talk) {
        return new ApiResponse.Upgrade(talk);
    }

    private ObjectVersion pod(Target target) {
        return Reading.existing(backend.snapshot(), new Target(Kinds.POD, target.namespace(), target.name(), ""));
    }

    private static String container(Call call, Pod pod) {
        String name = PodLogging.container(call.text("container"), pod);
        if (Writing.blank(pod.getSpec().getNodeName())) {
            throw ApiError.badRequest("pod " + pod.getMetadata().getName() + " does not have a host assigned");
        }
        return name;
    }

    private static CommandTalk.Wish wish(Call call) {
        boolean terminal = call.flag("tty");
        CommandTalk.Wish wish = new CommandTalk.Wish(
                call.flag("stdin"), call.flag("stdout"), call.flag("stderr") && !terminal, terminal);
        if (!wish.input() && !wish.output() && !wish.errors()) {
            throw ApiError.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        return wish;
    }

    private static void checkRuns(Pod pod, String container) {
        String phase = phase(pod);
        if (OVER.contains(phase)) {
            throw ApiError.badRequest("cannot exec into a container in a completed pod; current phase is " + phase);
        }
        boolean runs = pod.getStatus() != null
                && Stream.concat(
                                pod.getStatus().getContainerStatuses().stream(),
                                pod.getStatus().getInitContainerStatuses().stream())
                        .anyMatch(status -> container.equals(status.getName())
                                && status.getState() != null
                                && status.getState().getRunning() != null);
        if (!runs) {
            throw ApiError.of(
                    404, "NotFound", "unable to upgrade connection: container not found (\"" + container + "\")");
        }
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }

    private static boolean has(Pod pod, String container, Function<Container, @Nullable Boolean> what) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .anyMatch(each -> container.equals(each.getName()) && Boolean.TRUE.equals(what.apply(each)));
    }

    private static List<Integer> ports(Call call) {
        List<Integer> ports = new ArrayList<>();
        for (String text : call.request().query().getOrDefault("ports", List.of())) {
            for (String one : text.split(",", -1)) {
                ports.add(port(one));
            }
        }
        return ports;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("unable to parse \"" + text + "\" as a port");
        }
        throw ApiError.badRequest("port must be between 1 and 65535: " + text);
    }

    /// Throws [ApiError] 400 to those who speak another language. Who names none speaks the oldest.
    private static void checkUpgrade(Call call, List<String> spoken) {
        String upgrade = call.request().header("upgrade").orElse("");
        if (upgrade.toLowerCase(java.util.Locale.ROOT).startsWith("spdy/")) {
            throw ApiError.badRequest("this server does not speak " + upgrade
                    + ": it holds exec, attach and port-forward over WebSocket (" + String.join(", ", spoken)
                    + "); use kubectl 1.31 or newer, and leave KUBECTL_REMOTE_COMMAND_WEBSOCKETS and"
                    + " KUBECTL_PORT_FORWARD_WEBSOCKETS as they are");
        }
        if (!upgrade.equalsIgnoreCase("websocket")) {
            throw ApiError.badRequest("Upgrade request required");
        }
        String header = call.request().header("sec-websocket-protocol").orElse("");
        if (header.isBlank()) {
            return;
        }
        List<String> offered = List.of(header.strip().split("\\s*,\\s*", -1));
        if (offered.stream().noneMatch(spoken::contains)) {
            throw ApiError.badRequest("unable to upgrade: unable to negotiate protocol: client supports " + offered
                    + ", server accepts " + spoken);
        }
    }
}
