package dev.jobctl.simulate;

import dev.jobctl.report.Timeline.Entry;
import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Check;
import dev.jobctl.store.Change;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns what is published into lines of a timeline. Owned by the thread of its [Narration] until that ends.
final class Observer {
    /// Events that say what another line says.
    static final Set<String> TOLD = Set.of(
            "SuccessfulCreate",
            "SuccessfulDelete",
            "Scheduled",
            "Pulled",
            "Created",
            "Started",
            "Killing",
            "BackOff",
            "Completed",
            "Suspended",
            "Resumed",
            "FailedScheduling",
            "BackoffLimitExceeded",
            "DeadlineExceeded");

    /// A gigabyte of text helps nobody.
    private static final int MAX_ENTRIES = 5_000_000;

    private final Instant start;
    /// That of what is told now, and how long after the start it is: a thousand lines are of one.
    private Instant moment;

    private Duration since = Duration.ZERO;
    private final boolean details;
    private final List<Entry> entries = new ArrayList<>();

    /// Reasons, told after what they led to.
    private final List<Entry> reasons = new ArrayList<>();

    private final JobWatch jobs;
    private final PodWatch pods;

    /// @param details false: only what is worth a line of its own
    Observer(Instant start, boolean details) {
        this.start = start;
        moment = start;
        this.details = details;
        jobs = new JobWatch(this);
        pods = new PodWatch(this, jobs);
    }

    List<Entry> entries() {
        return entries;
    }

    JobWatch jobs() {
        return jobs;
    }

    /// What comes next happened then.
    void at(Instant now) {
        if (!now.equals(moment)) {
            moment = now;
            since = Duration.between(start, now);
        }
    }

    Instant now() {
        return moment;
    }

    void say(Kind kind, String subject, String text) {
        add(new Entry(since, kind, subject, oneLine(text), false));
    }

    private void add(Entry entry) {
        Check.that(entries.size() < MAX_ENTRIES, "a timeline of more than %s lines", MAX_ENTRIES);
        entries.add(entry);
    }

    void detail(Kind kind, String subject, String text) {
        if (details) {
            add(new Entry(since, kind, subject, oneLine(text), true));
        }
    }

    /// Told once the round under way is published.
    void reason(Kind kind, String subject, String text) {
        reasons.add(new Entry(since, kind, subject, oneLine(text), false));
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').strip();
    }

    void published(List<Change<ObjectVersion>> changes) {
        for (Change<ObjectVersion> change : changes) {
            @Nullable
            HasMetadata before =
                    change.previous() == null ? null : change.previous().value().object();
            @Nullable
            HasMetadata after =
                    change.current() == null ? null : change.current().value().object();
            if (concerns(change, Kinds.POD)) {
                pods.changed((Pod) before, (Pod) after);
            } else if (concerns(change, Kinds.JOB)) {
                jobs.changed((Job) before, (Job) after);
            } else if (concerns(change, Kinds.NODE)) {
                node((Node) before, (Node) after);
            } else if (after instanceof Event event) {
                event(event);
            }
        }
        reasons.forEach(this::add);
        reasons.clear();
    }

    /// Whether an object of that kind has changed.
    @SuppressWarnings("ReferenceEquality") // a kind is one object
    static boolean concerns(Change<ObjectVersion> change, dev.jobctl.resource.value.Kind kind) {
        var any = change.current() != null ? change.current() : change.previous();
        return any != null && any.value().kind() == kind;
    }

    private void event(Event event) {
        String subject = Objects.requireNonNullElse(event.getInvolvedObject().getKind(), "object")
                        .toLowerCase(java.util.Locale.ROOT)
                + "/" + event.getInvolvedObject().getName();
        String text = event.getType() + " " + event.getReason() + ": " + event.getMessage();
        if (TOLD.contains(event.getReason())) {
            detail(Kind.EVENT, subject, text);
        } else {
            say(Kind.EVENT, subject, text);
        }
    }

    private void node(@Nullable Node before, @Nullable Node after) {
        if (after == null) {
            say(
                    Kind.NODE,
                    "node/" + Objects.requireNonNull(before).getMetadata().getName(),
                    "removed");
            return;
        }
        String subject = "node/" + after.getMetadata().getName();
        if (before == null) {
            detail(Kind.NODE, subject, "joins");
            return;
        }
        String was = ready(before);
        String is = ready(after);
        if (!was.equals(is)) {
            say(Kind.NODE, subject, is);
        }
        boolean wasClosed = Boolean.TRUE.equals(before.getSpec().getUnschedulable());
        boolean isClosed = Boolean.TRUE.equals(after.getSpec().getUnschedulable());
        if (wasClosed != isClosed) {
            say(Kind.NODE, subject, isClosed ? "takes no new pods" : "takes new pods again");
        }
    }

    private static String ready(Node node) {
        for (NodeCondition condition : node.getStatus().getConditions()) {
            if (condition.getType().equals("Ready")) {
                return condition.getStatus().equals("True") ? "ready" : "not ready: " + condition.getMessage();
            }
        }
        return "not ready";
    }
}
