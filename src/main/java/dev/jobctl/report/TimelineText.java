package dev.jobctl.report;

import dev.jobctl.report.Timeline.Entry;
import dev.jobctl.report.Timeline.JobEnd;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.report.Timeline.WorstCase;
import java.util.ArrayList;
import java.util.List;

/// A timeline for people: one line for each thing, times on the left, at most `width` columns; then each Job's end.
public final class TimelineText {
    /// Fewer than this alike at one instant stand one by one.
    private static final int GROUP = 4;

    /// Before what tells one pod from the next: its index, anywhere, and its node, at the end.
    private static final String INDEX = ", index ";

    private static final String NODE = " on ";

    private static final int LEAST_WIDTH = 40;
    private static final int LONGEST_SUBJECT = 30;

    private final int width;
    private final StringBuilder out = new StringBuilder(4096);

    private TimelineText(int width) {
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /// Without details.
    public static String of(Timeline timeline, int width) {
        TimelineText text = new TimelineText(width);
        text.head(timeline);
        text.lines(text.grouped(timeline.entries()));
        timeline.jobs().forEach(text::end);
        return text.out.toString();
    }

    private void head(Timeline timeline) {
        out.append("Simulated %s from %s, seed %d, %d node%s\n\n"
                .formatted(
                        Times.print(timeline.took()),
                        timeline.start(),
                        timeline.seed(),
                        timeline.nodes(),
                        timeline.nodes() == 1 ? "" : "s"));
    }

    /// Many pods to which the same happens at one instant become one line.
    private List<Entry> grouped(List<Entry> entries) {
        List<Entry> result = new ArrayList<>();
        List<Entry> alike = new ArrayList<>();
        String general = "";
        for (Entry entry : entries) {
            if (entry.detail()) {
                continue;
            }
            if (!alike.isEmpty() && !alike(alike.getFirst(), general, entry)) {
                flush(alike, result);
            }
            if (alike.isEmpty()) {
                general = general(entry);
            }
            alike.add(entry);
        }
        flush(alike, result);
        return result;
    }

    /// @param general what is general of `one`
    private static boolean alike(Entry one, String general, Entry other) {
        return one.kind() == Kind.POD
                && other.kind() == Kind.POD
                && one.at().equals(other.at())
                && (one.text().equals(other.text()) || general.equals(general(other)));
    }

    /// Asked about every line of a hundred thousand pods: no pattern.
    private static String general(Entry entry) {
        return withoutNode(withoutIndex(entry.text()));
    }

    private static String withoutIndex(String text) {
        for (int at = text.indexOf(INDEX); at >= 0; at = text.indexOf(INDEX, at + 1)) {
            int end = at + INDEX.length();
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end > at + INDEX.length()) {
                return text.substring(0, at) + text.substring(end);
            }
        }
        return text;
    }

    private static String withoutNode(String text) {
        int at = text.lastIndexOf(NODE);
        if (at < 0 || at + NODE.length() == text.length()) {
            return text;
        }
        for (int i = at + NODE.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ofNames = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
            if (!ofNames) {
                return text;
            }
        }
        return text.substring(0, at);
    }

    private static void flush(List<Entry> alike, List<Entry> result) {
        if (alike.size() < GROUP) {
            result.addAll(alike);
        } else {
            Entry first = alike.getFirst();
            String from = first.subject().replace("pod/", "");
            String to = alike.getLast().subject().replace("pod/", "");
            String text = general(first).replaceFirst("^runs", "run") + " (" + from + " .. " + to + ")";
            result.add(new Entry(first.at(), Kind.POD, alike.size() + " pods", text, false));
        }
        alike.clear();
    }

    private void lines(List<Entry> entries) {
        int times = entries.stream()
                .mapToInt(entry -> Times.print(entry.at()).length())
                .max()
                .orElse(0);
        int subjects = Math.min(
                LONGEST_SUBJECT,
                entries.stream()
                        .mapToInt(entry -> entry.subject().length())
                        .max()
                        .orElse(0));
        String last = "";
        for (Entry entry : entries) {
            String time = Times.print(entry.at());
            out.repeat(' ', times - time.length()).append(time.equals(last) ? " ".repeat(time.length()) : time);
            last = time;
            line(entry, times, subjects);
        }
    }

    private void line(Entry entry, int times, int subjects) {
        String subject = entry.subject();
        out.append("  ").append(subject).repeat(' ', Math.max(0, subjects - subject.length()));
        int indent = times + 2 + subjects + 2;
        String text = (entry.kind() == Kind.RULE ? "- " : "") + entry.text();
        int room = Math.max(LEAST_WIDTH / 2, width - indent);
        List<String> parts = wrapped(text, room, Math.max(0, subject.length() - subjects));
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "  " : " ".repeat(indent)).append(parts.get(i)).append('\n');
        }
    }

    /// @param less room that the first line has lost
    private static List<String> wrapped(String text, int room, int less) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int left = room - less;
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > left) {
                lines.add(line.toString());
                line.setLength(0);
                left = room;
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void end(JobEnd job) {
        out.append('\n');
        String because = (job.reason().isEmpty() ? "" : ": " + job.reason())
                + (job.message().isEmpty() ? "" : ": " + job.message());
        paragraph("job/" + job.name() + " ", words(job.outcome()) + " after " + Times.print(job.took()) + because);
        fact("pods", job.podsCreated() + " created, " + job.succeeded() + " succeeded, " + job.failed() + " failed");
        if (job.completedIndexes() != null && !job.completedIndexes().isEmpty()) {
            fact("completed indexes", job.completedIndexes());
        }
        if (job.failedIndexes() != null && !job.failedIndexes().isEmpty()) {
            fact("failed indexes", job.failedIndexes());
        }
        fact("in back-off", Times.print(job.waited()));
        fact("exit code", Integer.toString(job.exitCode()));
        if (job.worst() != null) {
            worst(job.worst());
        }
    }

    private static String words(String outcome) {
        return switch (outcome) {
            case "Complete" -> "complete";
            case "Failed" -> "failed";
            case "Suspended" -> "still suspended";
            case "Deleted" -> "deleted";
            default -> "not finished";
        };
    }

    private void worst(WorstCase worst) {
        fact(
                "worst case",
                worst.longest() == null
                        ? "does not fail in any adverse run"
                        : "Failed after " + Times.print(worst.longest()) + ": " + worst.longestWhen());
        fact("", worst.mostPods() + (worst.mostPods() == 1 ? " pod" : " pods") + " created: " + worst.mostPodsWhen());
        worst.notes().forEach(note -> fact("", note));
    }

    private void fact(String name, String value) {
        paragraph("  " + name + " ".repeat(Math.max(0, "completed indexes".length() - name.length())) + "  ", value);
    }

    private void paragraph(String head, String text) {
        out.append(head);
        String indent = " ".repeat(Math.min(head.length(), LEAST_WIDTH / 2 + 1));
        List<String> parts =
                wrapped(text, Math.max(LEAST_WIDTH / 2, width - indent.length()), head.length() - indent.length());
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "" : indent).append(parts.get(i)).append('\n');
        }
    }
}
