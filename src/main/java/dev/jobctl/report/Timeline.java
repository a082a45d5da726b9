package dev.jobctl.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened between two instants, and what came of it.
///
/// @param took from start to the last thing that happened, or to the limit when that was reached
/// @param entries in the order in which it happened
/// @param jobs in the order in which they were created
public record Timeline(Instant start, Duration took, long seed, int nodes, List<Entry> entries, List<JobEnd> jobs) {
    public Timeline {
        entries = List.copyOf(entries);
        jobs = List.copyOf(jobs);
    }

    /// What a line is about.
    public enum Kind {
        /// Done to the world from outside.
        ACTION,
        JOB,
        POD,
        NODE,
        /// A wait before new pods.
        WAIT,
        EVENT,
        /// A line that a container logged.
        LOG,
        /// Why a controller did what it did.
        RULE
    }

    /// One thing that happened.
    ///
    /// @param at since the start
    /// @param subject such as `job/pi`, `pod/pi-0-x7k2p`, `node/node-2`
    /// @param text in words, one line
    /// @param detail told by another line already, or of little interest
    public record Entry(Duration at, Kind kind, String subject, String text, boolean detail) {}

    /// What became of one Job.
    ///
    /// @param outcome `Complete`, `Failed`, `Running`, `Suspended` or `Deleted`
    /// @param reason of a Job that ended; empty otherwise; likewise the message
    /// @param exitCode what `jobctl run` would answer
    /// @param took from creation to its end, or to the end of the timeline
    /// @param waited how long a failed pod waited to be replaced, added up
    /// @param completedIndexes null for a Job without indexes; likewise failedIndexes
    /// @param worst null: not asked for
    public record JobEnd(
            String name,
            String outcome,
            String reason,
            String message,
            int exitCode,
            Duration took,
            int podsCreated,
            int succeeded,
            int failed,
            Duration waited,
            @Nullable String completedIndexes,
            @Nullable String failedIndexes,
            @Nullable WorstCase worst) {}

    /// The worst that was found among adverse runs of the same Job.
    ///
    /// @param longest time from creation to Failed, null when no adverse run failed
    /// @param longestWhen in which run
    /// @param mostPods created
    /// @param mostPodsWhen in which run
    /// @param notes what else can go wrong
    public record WorstCase(
            @Nullable Duration longest, String longestWhen, int mostPods, String mostPodsWhen, List<String> notes) {
        public WorstCase {
            notes = List.copyOf(notes);
        }
    }
}
