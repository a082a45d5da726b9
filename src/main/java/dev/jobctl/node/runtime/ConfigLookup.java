package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/// Where a pod's ConfigMaps and Secrets are read, as they are now. Safe from any thread; the objects are not changed.
public interface ConfigLookup {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /// What pods get to speak to the API.
    default PodCredentials credentials() {
        return PodCredentials.none();
    }
}
