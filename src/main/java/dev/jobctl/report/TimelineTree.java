package dev.jobctl.report;

import dev.jobctl.report.Timeline.Entry;
import dev.jobctl.report.Timeline.JobEnd;
import dev.jobctl.report.Timeline.WorstCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A timeline as plain maps, lists, texts and numbers: for `-o json` and `-o yaml`.
public final class TimelineTree {
    private TimelineTree() {}

    public static Map<String, Object> of(Timeline timeline) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("start", timeline.start().toString());
        data.put("seconds", seconds(timeline.took()));
        data.put("seed", timeline.seed());
        data.put("nodes", timeline.nodes());
        data.put(
                "timeline", timeline.entries().stream().map(TimelineTree::entry).toList());
        data.put("jobs", timeline.jobs().stream().map(TimelineTree::job).toList());
        return data;
    }

    private static Map<String, Object> entry(Entry entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("seconds", seconds(entry.at()));
        data.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        data.put("subject", entry.subject());
        data.put("text", entry.text());
        return data;
    }

    private static Map<String, Object> job(JobEnd job) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", job.name());
        data.put("outcome", job.outcome());
        data.put("reason", job.reason());
        data.put("message", job.message());
        data.put("exitCode", job.exitCode());
        data.put("seconds", seconds(job.took()));
        data.put("podsCreated", job.podsCreated());
        data.put("succeeded", job.succeeded());
        data.put("failed", job.failed());
        data.put("backoffSeconds", seconds(job.waited()));
        if (job.completedIndexes() != null) {
            data.put("completedIndexes", job.completedIndexes());
        }
        if (job.failedIndexes() != null) {
            data.put("failedIndexes", job.failedIndexes());
        }
        if (job.worst() != null) {
            data.put("worstCase", worst(job.worst()));
        }
        return data;
    }

    private static Map<String, Object> worst(WorstCase worst) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (worst.longest() != null) {
            data.put("secondsToFailed", seconds(worst.longest()));
            data.put("when", worst.longestWhen());
        }
        data.put("podsCreated", worst.mostPods());
        data.put("podsCreatedWhen", worst.mostPodsWhen());
        data.put("notes", List.copyOf(worst.notes()));
        return data;
    }

    /// Whole seconds where they are whole.
    private static Number seconds(java.time.Duration span) {
        long millis = span.toMillis();
        if (millis % 1000 == 0) {
            return millis / 1000;
        }
        return millis / 1000.0;
    }
}
