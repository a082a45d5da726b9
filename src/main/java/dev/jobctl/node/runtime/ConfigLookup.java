package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a pod's ConfigMaps and Secrets are read, as they are now. Safe from any thread; the objects are not changed.
public interface ConfigLookup {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /// The uid of a PersistentVolumeClaim.
    Optional<String> claim(String namespace, String name);

    /// The uids of all service accounts.
    default Set<String> accounts() {
        return Set.of();
    }

    /// Lines of a hosts file, each with its line end: the names of Services and of the pods that they name, as a pod of
    /// that namespace knows them.
    default String hostLines(String namespace) {
        return "";
    }

    /// Variables that tell a pod of that namespace of its Services.
    default Map<String, String> serviceVariables(String namespace) {
        return Map.of();
    }

    /// What pods get to speak to the API.
    default PodCredentials credentials() {
        return PodCredentials.none();
    }
}
