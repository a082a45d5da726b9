package dev.jobctl.control.cronjob;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the controller keeps of a CronJob from one look to the next.
///
/// @param told what its events have said already, so that asking again does not repeat them: each entry is a reason and
///     what it was about. Entries go when they hold no more.
/// @param schedule schedule and time zone at the last look, empty before the first
/// @param seen while a changed schedule waits for its time: what [CronInput#versions] said at the change; else empty
/// @param notBefore until when it waits, null where no time ends it
public record CronMemory(
        Set<String> told,
        String schedule,
        String seen,
        @Nullable Instant notBefore) {
    public static final CronMemory EMPTY = new CronMemory(Set.of(), "", "", null);

    public CronMemory {
        told = Set.copyOf(told);
    }

    /// Whether a changed schedule still waits: nothing else has happened since, and its time has not come.
    boolean waits(String versions, Instant now) {
        return !seen.isEmpty() && seen.equals(versions) && (notBefore == null || now.isBefore(notBefore));
    }
}
