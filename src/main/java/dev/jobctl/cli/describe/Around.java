package dev.jobctl.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a page tells of other objects.
///
/// @param pods of a node: those that have not ended
/// @param lease of a node; null when it could not be read, `leaseError` says why
/// @param quotas of a namespace
/// @param limits of a namespace
public record Around(
        List<? extends JsonNode> pods,
        @Nullable JsonNode lease,
        String leaseError,
        List<? extends JsonNode> quotas,
        List<? extends JsonNode> limits) {
    /// Nothing, as for most kinds.
    public static final Around NOTHING = new Around(List.of(), null, "", List.of(), List.of());

    public Around {
        pods = List.copyOf(pods);
        quotas = List.copyOf(quotas);
        limits = List.copyOf(limits);
    }

    /// `lease` null: `leaseError` says why.
    public static Around node(List<? extends JsonNode> pods, @Nullable JsonNode lease, String leaseError) {
        return new Around(pods, lease, leaseError, List.of(), List.of());
    }

    public static Around namespace(List<? extends JsonNode> quotas, List<? extends JsonNode> limits) {
        return new Around(List.of(), null, "", quotas, limits);
    }
}
