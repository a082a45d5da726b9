package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container's environment: the basics, then `envFrom`, then `env`, each later one over the earlier. `$(NAME)` knows
/// no basics: on a cluster they come from the container's runtime and image, of which the kubelet knows nothing.
final class Variables {
    private final Pod pod;
    private final Container container;
    private final PodFacts facts;
    private final ConfigLookup lookup;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Variables(Pod pod, Container container, PodFacts facts, ConfigLookup lookup) {
        this.pod = pod;
        this.container = container;
        this.facts = facts;
        this.lookup = lookup;
    }

    /// What a container has beside what its pod defines.
    static Map<String, String> basics(Pod pod, Container container, PodFacts facts) {
        Map<String, String> basics = new LinkedHashMap<>(facts.basics());
        @Nullable String hostname = pod.getSpec().getHostname();
        basics.put("HOSTNAME", hostname == null ? pod.getMetadata().getName() : hostname);
        if (Boolean.TRUE.equals(container.getTty())) {
            basics.put("TERM", "xterm");
        }
        return basics;
    }

    /// All but the basics.
    static Map<String, String> of(Pod pod, Container container, PodFacts facts, ConfigLookup lookup)
            throws ConfigError {
        var variables = new Variables(pod, container, facts, lookup);
        variables.values.putAll(lookup.credentials().environment(facts.podAddress()));
        if (!Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks())) {
            variables.values.putAll(lookup.serviceVariables(pod.getMetadata().getNamespace()));
        }
        for (EnvFromSource source : container.getEnvFrom()) {
            variables.addAll(source);
        }
        for (EnvVar variable : container.getEnv()) {
            variables.add(variable);
        }
        return variables.values;
    }

    private void addAll(EnvFromSource source) throws ConfigError {
        String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
        @Nullable ConfigMapEnvSource map = source.getConfigMapRef();
        @Nullable SecretEnvSource secret = source.getSecretRef();
        if (map != null) {
            configMap(map.getName(), map.getOptional())
                    .ifPresent(found -> data(found).forEach((key, value) -> values.put(prefix + key, value)));
        } else if (secret != null) {
            Optional<Secret> found = secret(secret.getName(), secret.getOptional());
            found.ifPresent(s -> data(s).forEach((key, value) -> values.put(prefix + key, value)));
        }
    }

    private void add(EnvVar variable) throws ConfigError {
        @Nullable EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            String value = Objects.requireNonNullElse(variable.getValue(), "");
            values.put(variable.getName(), Expansion.expand(value, values));
            return;
        }
        Optional<String> value = from(source);
        value.ifPresent(v -> values.put(variable.getName(), v));
    }

    private Optional<String> from(EnvVarSource source) throws ConfigError {
        if (source.getFieldRef() != null) {
            return Optional.of(FieldReference.field(source.getFieldRef().getFieldPath(), pod, facts));
        }
        if (source.getResourceFieldRef() != null) {
            return Optional.of(FieldReference.resource(source.getResourceFieldRef(), container, pod, facts));
        }
        if (source.getConfigMapKeyRef() != null) {
            ConfigMapKeySelector ref = source.getConfigMapKeyRef();
            Optional<Map<String, String>> data =
                    configMap(ref.getName(), ref.getOptional()).map(Variables::data);
            return key(data, ref.getKey(), ref.getOptional(), "ConfigMap", ref.getName());
        }
        if (source.getSecretKeyRef() != null) {
            SecretKeySelector ref = source.getSecretKeyRef();
            Optional<Map<String, String>> data =
                    secret(ref.getName(), ref.getOptional()).map(Variables::data);
            return key(data, ref.getKey(), ref.getOptional(), "Secret", ref.getName());
        }
        throw new ConfigError("the source of a variable's value is not supported here");
    }

    private Optional<String> key(
            Optional<Map<String, String>> data, String key, @Nullable Boolean optional, String kind, String name)
            throws ConfigError {
        Optional<String> value = data.map(map -> map.get(key));
        if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigError("couldn't find key %s in %s %s/%s"
                    .formatted(key, kind, pod.getMetadata().getNamespace(), name));
        }
        return value;
    }

    private Optional<ConfigMap> configMap(String name, @Nullable Boolean optional) throws ConfigError {
        Optional<ConfigMap> found = lookup.configMap(pod.getMetadata().getNamespace(), name);
        return needed(found, optional, "configmap", name);
    }

    private Optional<Secret> secret(String name, @Nullable Boolean optional) throws ConfigError {
        Optional<Secret> found = lookup.secret(pod.getMetadata().getNamespace(), name);
        return needed(found, optional, "secret", name);
    }

    private static <T> Optional<T> needed(Optional<T> found, @Nullable Boolean optional, String kind, String name)
            throws ConfigError {
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigError("%s \"%s\" not found".formatted(kind, name));
        }
        return found;
    }

    private static Map<String, String> data(ConfigMap map) {
        return map.getData() == null ? Map.of() : map.getData();
    }

    private static Map<String, String> data(Secret secret) {
        Map<String, String> plain = new LinkedHashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            plain.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return plain;
    }
}
