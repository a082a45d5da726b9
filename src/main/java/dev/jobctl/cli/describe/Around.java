package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a page tells of other objects.
///
/// @param pods of a node: those that have not ended; of a claim: those of its namespace
/// @param lease of a node; null when it could not be read, `leaseError` says why
/// @param quotas of a namespace
/// @param limits of a namespace
/// @param slices of a Service: its EndpointSlices
public record Around(
        List<? extends JsonNode> pods,
        @Nullable JsonNode lease,
        String leaseError,
        List<? extends JsonNode> quotas,
        List<? extends JsonNode> limits,
        List<? extends JsonNode> slices) {
    /// Nothing, as for most kinds.
    public static final Around NOTHING = new Around(List.of(), null, "", List.of(), List.of(), List.of());

    public Around {
        pods = List.copyOf(pods);
        quotas = List.copyOf(quotas);
        limits = List.copyOf(limits);
        slices = List.copyOf(slices);
    }

    /// `lease` null: `leaseError` says why.
    public static Around node(List<? extends JsonNode> pods, @Nullable JsonNode lease, String leaseError) {
        return new Around(pods, lease, leaseError, List.of(), List.of(), List.of());
    }

    public static Around namespace(List<? extends JsonNode> quotas, List<? extends JsonNode> limits) {
        return new Around(List.of(), null, "", quotas, limits, List.of());
    }

    public static Around claim(List<? extends JsonNode> pods) {
        return new Around(pods, null, "", List.of(), List.of(), List.of());
    }

    public static Around service(List<? extends JsonNode> slices) {
        return new Around(List.of(), null, "", List.of(), List.of(), slices);
    }
}
