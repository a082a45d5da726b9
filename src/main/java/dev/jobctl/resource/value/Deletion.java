package dev.jobctl.resource.value;

import org.jspecify.annotations.Nullable;

/// The options of one DELETE, settled: the API's DeleteOptions.
///
/// @param graceSeconds null: the object's own; pods only
/// @param propagation null: the kind's default (Orphan for Jobs, else Background)
/// @param uid precondition, null for none
/// @param revision precondition on resourceVersion, null for none
public record Deletion(
        @Nullable Long graceSeconds,
        @Nullable Propagation propagation,
        @Nullable String uid,
        @Nullable Long revision) {
    /// What happens to objects owned by the deleted one.
    public enum Propagation {
        Orphan,
        Background,
        Foreground
    }

    /// At once and whatever its version, dependants in the background; for `uid` only.
    public static Deletion now(String uid) {
        return new Deletion(0L, Propagation.Background, uid, null);
    }

    /// With the object's own grace period, dependants in the background; for `uid` only.
    public static Deletion gentle(String uid) {
        return new Deletion(null, Propagation.Background, uid, null);
    }
}
