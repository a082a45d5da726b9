package dev.jobctl.control.cronjob;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Cron;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.TimeZones;
import dev.jobctl.resource.view.CronJobStatusView;
import dev.jobctl.resource.view.CronJobView;
import dev.jobctl.resource.view.CronJobView.Concurrency;
import dev.jobctl.resource.view.JobView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One decision about one CronJob. Owned by one call of `decide`.
final class CronStep {
    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT);
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private static final String IN = " in ";

    private final CronInput input;
    private final CronJobView cron;
    private final Instant now;
    private final List<Change> changes = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final List<ObjectRef> active;
    private @Nullable Instant lastSuccessful;
    private String seen = "";
    private @Nullable Instant notBefore;
    private Change.@Nullable CreateJob creation;
    private @Nullable Instant wakeAt;

    CronStep(CronInput input, Instant now) {
        this.input = input;
        this.cron = input.cronJob();
        this.now = now;
        this.active = new ArrayList<>(cron.status().active());
        this.lastSuccessful = cron.status().lastSuccessful();
    }

    Decision decide() {
        List<JobView> finished =
                input.children().stream().filter(job -> job.status().finished()).toList();
        history(finished, job -> job.status().has("Complete"), cron.successfulLimit());
        history(finished, job -> !job.status().has("Complete"), cron.failedLimit());
        keepBooks();
        if (!cron.meta().deleting()) {
            start();
        }
        CronJobStatusView status = new CronJobStatusView(
                active, cron.status().revisions(), cron.status().lastSchedule(), lastSuccessful);
        if (!status.equals(cron.status())) {
            changes.add(new Change.SetCronJobStatus(cron.ref(), status));
        }
        CronMemory memory = new CronMemory(told, scheduleAndZone(), seen, notBefore);
        if (!memory.equals(input.memory())) {
            changes.add(new Change.RememberCronJob(cron.ref(), memory));
        }
        if (creation != null) {
            changes.add(creation);
        }
        return new Decision(changes, events, wakeAt);
    }

    /// Rule CRON-201, "status.active bookkeeping". What is listed stays as long as there is a Job of its name,
    /// whosoever it is.
    private void keepBooks() {
        for (JobView job : input.children()) {
            boolean listed = active.contains(job.ref());
            if (!job.status().finished() && !listed) {
                warnOnce(
                        "UnexpectedJob",
                        job.meta().uid(),
                        "Saw a job that the controller did not create or forgot: "
                                + job.meta().name());
            }
            if (job.status().finished()) {
                if (listed) {
                    active.remove(job.ref());
                    String condition = job.status().has("Complete") ? "Complete" : "Failed";
                    say("SawCompletedJob", "Saw completed job: " + job.meta().name() + ", condition: " + condition);
                }
                @Nullable Instant completion = job.status().completionTime();
                boolean later = completion != null && (lastSuccessful == null || completion.isAfter(lastSuccessful));
                lastSuccessful = later && job.status().has("Complete") ? completion : lastSuccessful;
            }
        }
        for (ObjectRef job : List.copyOf(active)) {
            if (!exists(job.key().name())) {
                active.remove(job);
                say("MissingJob", "Active job went missing: " + job.key().name());
            }
        }
    }

    private boolean exists(String name) {
        return input.strangers().test(name)
                || input.children().stream()
                        .anyMatch(child -> child.meta().name().equals(name));
    }

    /// Rule CRON-202, "History cleanup": the oldest beyond the limit go, by start time, those without one last.
    private void history(List<JobView> finished, Predicate<JobView> kind, @Nullable Integer limit) {
        if (limit == null) {
            return;
        }
        List<JobView> jobs = finished.stream()
                .filter(kind)
                .sorted(Comparator.<JobView, Instant>comparing(CronStep::started)
                        .thenComparing(job -> job.meta().name()))
                .toList();
        for (JobView job : jobs.subList(0, Math.max(0, jobs.size() - limit))) {
            if (!job.meta().deleting()) {
                delete(job.ref());
            }
        }
    }

    private static Instant started(JobView job) {
        return job.status().startTime() == null ? Instant.MAX : job.status().startTime();
    }

    private void delete(ObjectRef job) {
        active.remove(job);
        changes.add(new Change.Delete(job, new Deletion(null, Propagation.Background, job.uid(), null)));
        say("SuccessfulDelete", "Deleted job " + job.key().name());
    }

    /// Rule CRON-203, "Start decision, in order".
    private void start() {
        @Nullable ZoneId zone = zone();
        if (zone == null || cron.suspended()) {
            return;
        }
        if (waitsForNewSchedule(zone)) {
            return;
        }
        if (cron.schedule().contains("TZ")) {
            warnOnce(
                    "UnsupportedSchedule",
                    cron.schedule(),
                    "CRON_TZ or TZ used in schedule \"" + cron.schedule() + "\" is not officially supported, see"
                            + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
        switch (Cron.parse(cron.schedule())) {
            case Parsed.Bad<Cron>(String message) ->
                warnOnce(
                        "UnparseableSchedule",
                        cron.schedule(),
                        "unparseable schedule: \"" + cron.schedule() + "\" : " + message);
            case Parsed.Good<Cron>(Cron schedule) -> start(schedule, zone);
        }
    }

    /// Rule CRON-220, "What triggers a sync": a schedule or zone that was changed is looked at when its next time has
    /// come, together with what it would have wanted before then; or sooner, when anything else happens to the CronJob
    /// or a Job of its, or a time of the old schedule comes, for which it is still in the queue.
    private boolean waitsForNewSchedule(ZoneId zone) {
        CronMemory memory = input.memory();
        if (memory.schedule().isEmpty() || memory.schedule().equals(scheduleAndZone())) {
            if (memory.waits(input.versions(), now)) {
                waitUntil(memory.notBefore());
            }
        } else {
            @Nullable Instant queued = memory.seen().isEmpty() ? oldTime(memory.schedule()) : memory.notBefore();
            switch (Cron.parse(cron.schedule())) {
                case Parsed.Bad<Cron> _ -> {
                    String message = "unparseable schedule for cronjob: " + cron.schedule();
                    events.add(EventDraft.warning(
                            cron.ref(), "UnParseableCronJobSchedule", message, CronJobController.COMPONENT));
                    waitUntil(queued);
                }
                case Parsed.Good<Cron>(Cron schedule) ->
                    next(schedule, zone)
                            .ifPresent(next -> waitUntil(queued == null || next.isBefore(queued) ? next : queued));
            }
        }
        return !seen.isEmpty();
    }

    private void waitUntil(@Nullable Instant time) {
        seen = input.versions();
        notBefore = time;
        wakeAt = time;
    }

    private @Nullable Instant oldTime(String scheduleAndZone) {
        List<String> parts = List.of(scheduleAndZone.split(IN, 2));
        if (!(Cron.parse(parts.getFirst()) instanceof Parsed.Good<Cron>(Cron schedule))) {
            return null;
        }
        ZoneId zone = parts.size() == 2 && TimeZones.find(parts.getLast()) instanceof Parsed.Good<ZoneId>(ZoneId named)
                ? named
                : input.local();
        return next(schedule, zone).orElse(null);
    }

    private String scheduleAndZone() {
        return cron.schedule() + (cron.timeZone() == null ? "" : IN + cron.timeZone());
    }

    private @Nullable ZoneId zone() {
        @Nullable String name = cron.timeZone();
        if (name == null) {
            return input.local();
        }
        return switch (TimeZones.find(name)) {
            case Parsed.Good<ZoneId>(ZoneId zone) -> zone;
            case Parsed.Bad<ZoneId>(String message) -> {
                warnOnce("UnknownTimeZone", name, "invalid timeZone: \"" + name + "\": " + message);
                yield null;
            }
        };
    }

    private void start(Cron schedule, ZoneId zone) {
        MissedRuns missed = MissedRuns.between(schedule, windowStart(true), now, zone);
        if (missed.invalid()) {
            warnOnce(
                    "InvalidSchedule",
                    cron.schedule(),
                    "invalid schedule: " + cron.schedule()
                            + " : time difference between two schedules is less than 1 second");
            return;
        }
        wakeAt = next(schedule, zone).orElse(null);
        if (missed.latest() != null && missed.many()) {
            warnOnce(
                    "TooManyMissedTimes",
                    String.valueOf(cron.status().lastSchedule()),
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        }
        if (missed.latest() != null) {
            run(missed.latest(), cron.timeZone() == null ? ZoneOffset.UTC : zone);
        }
    }

    /// The last run, or the CronJob's birth; moved later to now - startingDeadlineSeconds.
    private Instant windowStart(boolean withDeadline) {
        @Nullable Instant last = cron.status().lastSchedule();
        Instant from = last == null ? cron.meta().creation() : last;
        if (!withDeadline || cron.startingDeadlineSeconds() == null) {
            return from;
        }
        Instant earliest = now.minusSeconds(cron.startingDeadlineSeconds());
        return earliest.isAfter(from) ? earliest : from;
    }

    private Optional<Instant> next(Cron schedule, ZoneId zone) {
        return schedule.next(lastBefore(schedule, zone), zone);
    }

    private Instant lastBefore(Cron schedule, ZoneId zone) {
        Instant from = windowStart(false);
        MissedRuns missed = MissedRuns.between(schedule, from, now, zone);
        if (missed.latest() != null) {
            return missed.latest();
        }
        return missed.some() ? now : from;
    }

    /// @param written the zone in which its time is written on the Job: UTC where the CronJob names none, whatever
    ///     local zone its schedule is read in
    private void run(Instant scheduled, ZoneId written) {
        @Nullable Long deadline = cron.startingDeadlineSeconds();
        if (deadline != null && scheduled.plusSeconds(deadline).isBefore(now)) {
            warnOnce(
                    "MissSchedule",
                    scheduled.toString(),
                    "Missed scheduled time to start a job: " + RFC_1123.format(scheduled.atOffset(ZoneOffset.UTC)));
            return;
        }
        String name = cron.meta().name() + "-" + Math.floorDiv(scheduled.getEpochSecond(), 60);
        boolean started = active.stream().anyMatch(job -> job.key().name().equals(name));
        if (started || scheduled.equals(cron.status().lastSchedule())) {
            return;
        }
        if (cron.concurrency() == Concurrency.Forbid && !active.isEmpty()) {
            tellOnce(
                    EventDraft.Type.Normal,
                    "JobAlreadyActive",
                    scheduled.toString(),
                    "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }
        if (cron.concurrency() == Concurrency.Replace) {
            List.copyOf(active).forEach(this::delete);
        }
        if (input.mayCreate() && !input.strangers().test(name)) {
            creation = new Change.CreateJob(cron.ref(), name, scheduled, RFC_3339.format(scheduled.atZone(written)));
        }
    }

    private void say(String reason, String message) {
        events.add(EventDraft.normal(cron.ref(), reason, message, CronJobController.COMPONENT));
    }

    private void warnOnce(String reason, String about, String message) {
        tellOnce(EventDraft.Type.Warning, reason, about, message);
    }

    private void tellOnce(EventDraft.Type type, String reason, String about, String message) {
        String entry = reason + " " + about;
        told.add(entry);
        if (!input.memory().told().contains(entry)) {
            events.add(new EventDraft(cron.ref(), type, reason, message, CronJobController.COMPONENT, null, null));
        }
    }
}
