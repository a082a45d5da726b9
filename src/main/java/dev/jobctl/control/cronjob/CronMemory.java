package dev.jobctl.control.cronjob;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the controller keeps of a CronJob from one look to the next.
///
/// @param told what its events have said already, so that asking again does not repeat them: each entry is a reason and
///     what it was about. Entries go when they hold no more.
/// @param schedule schedule and time zone at the last look, empty before the first
/// @param notBefore while the schedule is new: its first time after the change, before which nothing starts
public record CronMemory(
        Set<String> told, String schedule, @Nullable Instant notBefore) {
    public static final CronMemory EMPTY = new CronMemory(Set.of(), "", null);

    public CronMemory {
        told = Set.copyOf(told);
    }
}
