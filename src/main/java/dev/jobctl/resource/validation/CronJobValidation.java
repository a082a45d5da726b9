package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Cron;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.TimeZones;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A CronJob's spec, in the order of the API server. All of it may change.
final class CronJobValidation {
    /// A Job's name is the CronJob's, a hyphen and up to ten digits, and must be a label of at most 63 characters.
    private static final int MAX_NAME = 52;

    private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");

    private CronJobValidation() {}

    /// Rule CRON-110, Job API, "CronJobSpec": the name is looked at only here, so that older ones can still be changed.
    static void create(CronJob cronJob, Complaints to) {
        check(cronJob.getSpec(), null, to);
        String name = Settled.orEmpty(cronJob.getMetadata().getName());
        if (name.length() > MAX_NAME) {
            to.invalid("metadata.name", name, "must be no more than " + MAX_NAME + " characters");
        }
    }

    static void update(CronJob old, CronJob changed, Complaints to) {
        check(changed.getSpec(), old.getSpec(), to);
    }

    private static void check(@Nullable CronJobSpec spec, @Nullable CronJobSpec before, Complaints to) {
        if (spec == null) {
            to.required("spec", "");
            return;
        }
        schedule(spec, before, to);
        to.nonNegative("spec.startingDeadlineSeconds", spec.getStartingDeadlineSeconds());
        if (before == null || !Objects.equals(before.getTimeZone(), spec.getTimeZone())) {
            timeZone(spec.getTimeZone(), to);
        }
        List<String> policies = List.of("Allow", "Forbid", "Replace");
        String policy = Settled.orEmpty(spec.getConcurrencyPolicy());
        if (policy.isEmpty()) {
            to.required("spec.concurrencyPolicy", "");
        } else if (!policies.contains(policy)) {
            to.notSupported("spec.concurrencyPolicy", policy, policies);
        }
        template(spec, to);
        to.nonNegative("spec.successfulJobsHistoryLimit", spec.getSuccessfulJobsHistoryLimit());
        to.nonNegative("spec.failedJobsHistoryLimit", spec.getFailedJobsHistoryLimit());
    }

    /// Rule CRON-111: a zone in the schedule is for CronJobs that had one before it was forbidden.
    private static void schedule(CronJobSpec spec, @Nullable CronJobSpec before, Complaints to) {
        String schedule = Settled.orEmpty(spec.getSchedule());
        if (schedule.isEmpty()) {
            to.required("spec.schedule", "");
            return;
        }
        if (Cron.parse(schedule) instanceof Parsed.Bad<Cron>(String message)) {
            to.invalid("spec.schedule", schedule, message);
        }
        boolean mayNameZone =
                before != null && Settled.orEmpty(before.getSchedule()).contains("TZ");
        if (!schedule.contains("TZ")) {
            return;
        }
        if (!mayNameZone) {
            to.invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (spec.getTimeZone() != null) {
            to.invalid("spec.schedule", schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    /// Rule CRON-112: a name of the time zone database, by its own spelling.
    private static void timeZone(@Nullable String zone, Complaints to) {
        String path = "spec.timeZone";
        if (zone == null) {
            return;
        }
        if (zone.isEmpty()) {
            to.invalid(path, zone, "timeZone must be nil or non-empty string");
            return;
        }
        for (String part : zone.split("/", -1)) {
            boolean plain = ZONE_PART.matcher(part).matches() && !part.startsWith("-");
            if (!plain || part.equals(".") || part.equals("..")) {
                to.invalid(path, zone, "unknown time zone " + zone);
                return;
            }
        }
        if (zone.equalsIgnoreCase("Local")) {
            to.invalid(
                    path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        if (!zone.equals("Local") && TimeZones.find(zone) instanceof Parsed.Bad<ZoneId>(String message)) {
            to.invalid(path, zone, message);
        }
    }

    /// Rule CRON-113: as a Job's spec, but for the selector, which each Job gets its own.
    private static void template(CronJobSpec spec, Complaints to) {
        String prefix = "spec.jobTemplate.";
        @Nullable
        JobSpec job =
                spec.getJobTemplate() == null ? null : spec.getJobTemplate().getSpec();
        if (job == null) {
            to.required(prefix + "spec", "");
            return;
        }
        Complaints part = new Complaints();
        JobValidation.spec(job, part);
        to.addAll(prefix, part);
        if (job.getSelector() != null) {
            to.invalidStruct(
                    prefix + "spec.selector",
                    GoText.struct("v1.LabelSelector", job.getSelector()),
                    "`selector` will be auto-generated");
        }
        if (Settled.isTrue(job.getManualSelector())) {
            to.notSupported(prefix + "spec.manualSelector", true, List.of("nil", "false"));
        }
    }
}
