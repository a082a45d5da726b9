package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/// Where a pod's ConfigMaps and Secrets are read, as they are now. Safe from any thread; the objects are not changed.
public interface ConfigLookup {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /// A token that lets a pod speak to the API as its service account; empty where nobody gives out such tokens.
    ///
    /// @param audience empty for the API server's own
    /// @param seconds how long it should be valid
    default Optional<String> serviceAccountToken(String namespace, String account, String audience, long seconds) {
        return Optional.empty();
    }
}
