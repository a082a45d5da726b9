package dev.jobctl.control.cronjob;

import java.util.Set;

/// What a CronJob's events have said already, so that asking again does not repeat them: each entry is a reason and
/// what
/// it was about. Entries go when they hold no more.
public record CronMemory(Set<String> told) {
    public static final CronMemory EMPTY = new CronMemory(Set.of());

    public CronMemory {
        told = Set.copyOf(told);
    }
}
