package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;

/// What a whole pod asks for at its hungriest moment, and what it may take at most, in the numbers of
/// [PodNeeds#requests].
public record PodAmounts(Map<String, Long> requests, Map<String, Long> limits) {
    public PodAmounts {
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
    }

    public static PodAmounts of(PodSpec spec) {
        return new PodAmounts(Requests.of(spec), Requests.limits(spec));
    }
}
