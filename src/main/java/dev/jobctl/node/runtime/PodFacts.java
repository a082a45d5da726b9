package dev.jobctl.node.runtime;

import java.util.Map;

/// What a pod's variables may refer to beside its own object.
///
/// @param basics the first variables of every container, such as PATH and HOME
/// @param allocatable the node's resources by name, for `resourceFieldRef` without a limit
public record PodFacts(
        String nodeName,
        String hostAddress,
        String podAddress,
        Map<String, String> basics,
        Map<String, io.fabric8.kubernetes.api.model.Quantity> allocatable) {
    public PodFacts {
        basics = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(basics));
        allocatable = Map.copyOf(allocatable);
    }
    /// The same with other first variables.
    public PodFacts withBasics(Map<String, String> others) {
        return new PodFacts(nodeName, hostAddress, podAddress, others, allocatable);
    }
}
