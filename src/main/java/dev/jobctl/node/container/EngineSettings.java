package dev.jobctl.node.container;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the user says about the container engine.
///
/// @param command the engine's program with its own options, such as `podman --storage-driver vfs`; empty to look for
///     podman and docker along PATH
/// @param options for every `run`, after ours: a later one counts
/// @param ownNetwork whether pods get a network of their own where this host can make one
/// @param environment what the engine finds
public record EngineSettings(
        List<String> command, List<String> options, boolean ownNetwork, Map<String, String> environment) {
    /// Names the engine.
    public static final String ENGINE = "JOBCTL_ENGINE";

    /// Further options of `podman run` or `docker run`, separated by spaces.
    public static final String OPTIONS = "JOBCTL_ENGINE_OPTIONS";

    /// `host` lets container pods share this machine's network.
    public static final String NETWORK = "JOBCTL_NETWORK";

    /// By what engines find their files, their daemon, their credentials and the way out.
    private static final List<String> ENGINES_OWN = List.of(
            "HOME",
            "USER",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "DBUS_SESSION_BUS_ADDRESS",
            "DOCKER_HOST",
            "DOCKER_CONFIG",
            "DOCKER_CONTEXT",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "CONTAINER_HOST",
            "CONTAINERS_CONF",
            "CONTAINERS_STORAGE_CONF",
            "CONTAINERS_REGISTRIES_CONF",
            "REGISTRY_AUTH_FILE",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy");

    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public EngineSettings {
        command = List.copyOf(command);
        options = List.copyOf(options);
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /// As the user's `environment` says.
    public static EngineSettings of(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("PATH", environment.getOrDefault("PATH", USUAL_PATH));
        for (String name : ENGINES_OWN) {
            String value = environment.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new EngineSettings(
                words(environment.getOrDefault(ENGINE, "")),
                words(environment.getOrDefault(OPTIONS, "")),
                !"host".equals(environment.get(NETWORK)),
                kept);
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
