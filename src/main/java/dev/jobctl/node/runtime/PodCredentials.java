package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What lets a pod speak to the API as its service account. Safe from any thread.
public interface PodCredentials {
    /// A token that ends with the pod; empty where nobody gives out such tokens, or the account is not there.
    ///
    /// @param audience empty for the API server's own
    default Optional<String> token(Pod pod, String audience, Duration life) {
        return Optional.empty();
    }

    /// The uid of the pod's service account; empty where there is none.
    default Optional<String> account(Pod pod) {
        return Optional.empty();
    }

    /// A token that all pods of the pod's account may share: it does not end with any of them, but with the account.
    default Optional<String> accountToken(Pod pod, Duration life) {
        return Optional.empty();
    }

    /// The certificate, as PEM, of the authority that vouches for the API server; empty where there is no socket.
    default Optional<String> authority() {
        return Optional.empty();
    }

    /// The variables by which clients inside a pod find the API server; none where there is no socket.
    ///
    /// @param podAddress a loopback address, unless the pod has a network of its own
    default Map<String, String> environment(String podAddress) {
        return Map.of();
    }

    /// For a node that no API server stands behind.
    static PodCredentials none() {
        return new PodCredentials() {};
    }
}
