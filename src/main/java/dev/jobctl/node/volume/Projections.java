package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.FieldReference;
import dev.jobctl.node.runtime.PodFacts;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What ConfigMaps, Secrets and the downward API put into volumes, as they are now.
record Projections(Pod pod, PodFacts facts, ConfigLookup lookup) {
    private static final int USUAL_MODE = 0644;

    /// The default of a projected token, in seconds.
    private static final long TOKEN_SECONDS = 3600;

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }

    static int modeOr(@Nullable Integer mode, int otherwise) {
        return mode == null ? otherwise : mode;
    }

    static int mode(@Nullable Integer mode) {
        return modeOr(mode, USUAL_MODE);
    }

    List<VolumeFile> configMap(String name, @Nullable List<KeyToPath> items, int mode, @Nullable Boolean optional)
            throws ConfigError {
        Optional<ConfigMap> found = lookup.configMap(namespace(), name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigError("configmap \"%s\" not found".formatted(name));
        }
        Map<String, byte[]> data = found.map(Projections::data).orElse(Map.of());
        return files(data, items, mode, optional, "configmap references non-existent config key: ");
    }

    List<VolumeFile> secret(String name, @Nullable List<KeyToPath> items, int mode, @Nullable Boolean optional)
            throws ConfigError {
        Optional<Secret> found = lookup.secret(namespace(), name);
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new ConfigError("secret \"%s\" not found".formatted(name));
        }
        Map<String, byte[]> data = found.map(Projections::data).orElse(Map.of());
        return files(data, items, mode, optional, "references non-existent secret key: ");
    }

    private static Map<String, byte[]> data(ConfigMap map) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        if (map.getData() != null) {
            map.getData().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
        }
        if (map.getBinaryData() != null) {
            map.getBinaryData()
                    .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        }
        return data;
    }

    private static Map<String, byte[]> data(Secret secret) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        }
        return data;
    }

    private static List<VolumeFile> files(
            Map<String, byte[]> data,
            @Nullable List<KeyToPath> items,
            int mode,
            @Nullable Boolean optional,
            String missing)
            throws ConfigError {
        List<VolumeFile> files = new ArrayList<>();
        if (items == null || items.isEmpty()) {
            data.forEach((key, content) -> files.add(new VolumeFile(key, content, mode)));
            return files;
        }
        for (KeyToPath item : items) {
            byte @Nullable [] content = data.get(item.getKey());
            if (content != null) {
                files.add(new VolumeFile(item.getPath(), content, modeOr(item.getMode(), mode)));
            } else if (!Boolean.TRUE.equals(optional)) {
                throw new ConfigError(missing + item.getKey());
            }
        }
        return files;
    }

    List<VolumeFile> downward(@Nullable List<DownwardAPIVolumeFile> items, int mode) throws ConfigError {
        List<VolumeFile> files = new ArrayList<>();
        for (DownwardAPIVolumeFile item : items == null ? List.<DownwardAPIVolumeFile>of() : items) {
            String value = item.getFieldRef() != null
                    ? FieldReference.field(item.getFieldRef().getFieldPath(), pod, facts)
                    : FieldReference.resource(item.getResourceFieldRef(), pod, facts);
            byte[] content = value.getBytes(StandardCharsets.UTF_8);
            files.add(new VolumeFile(item.getPath(), content, modeOr(item.getMode(), mode)));
        }
        return files;
    }

    List<VolumeFile> projected(@Nullable List<VolumeProjection> sources, int mode) throws ConfigError {
        List<VolumeFile> files = new ArrayList<>();
        for (VolumeProjection source : sources == null ? List.<VolumeProjection>of() : sources) {
            files.addAll(projected(source, mode));
        }
        return files;
    }

    private List<VolumeFile> projected(VolumeProjection source, int mode) throws ConfigError {
        if (source.getConfigMap() != null) {
            var map = source.getConfigMap();
            return configMap(map.getName(), map.getItems(), mode, map.getOptional());
        }
        if (source.getSecret() != null) {
            var secret = source.getSecret();
            return secret(secret.getName(), secret.getItems(), mode, secret.getOptional());
        }
        if (source.getDownwardAPI() != null) {
            return downward(source.getDownwardAPI().getItems(), mode);
        }
        if (source.getServiceAccountToken() != null) {
            return token(source.getServiceAccountToken(), mode);
        }
        throw new ConfigError("this source of a projected volume is not supported here");
    }

    static Duration life(ServiceAccountTokenProjection wanted) {
        return Duration.ofSeconds(
                wanted.getExpirationSeconds() == null ? TOKEN_SECONDS : wanted.getExpirationSeconds());
    }

    private List<VolumeFile> token(ServiceAccountTokenProjection wanted, int mode) throws ConfigError {
        String audience = Objects.requireNonNullElse(wanted.getAudience(), "");
        return lookup.credentials()
                .token(pod, audience, life(wanted))
                .map(token -> new VolumeFile(wanted.getPath(), token.getBytes(StandardCharsets.UTF_8), mode))
                .map(List::of)
                .orElseThrow(() -> new ConfigError("there is no token of service account \"%s\" here"
                        .formatted(Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default"))));
    }
}
