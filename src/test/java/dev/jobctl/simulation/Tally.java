package dev.jobctl.simulation;

/// How much happened in some schedules, to see that they stay rich.
///
/// @param moves what users did and what befell the cluster
/// @param commits of the loop
/// @param changes of objects, events not counted among them
/// @param pods created
record Tally(long schedules, long moves, long commits, long changes, long pods) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                schedules + other.schedules,
                moves + other.moves,
                commits + other.commits,
                changes + other.changes,
                pods + other.pods);
    }

    /// For people: per schedule.
    @Override
    public String toString() {
        double all = Math.max(1, schedules);
        return "%.2f moves, %.1f commits, %.1f changes, %.2f pods each"
                .formatted(moves / all, commits / all, changes / all, pods / all);
    }
}
