package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.or;
import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A CronJob.
final class CronJobPage {
    private CronJobPage() {}

    static void write(Page page, JsonNode cronJob) {
        JsonNode spec = cronJob.path("spec");
        Parts.head(page, cronJob);
        page.line(0, "Schedule:", text(spec.path("schedule")));
        page.line(0, "Concurrency Policy:", text(spec.path("concurrencyPolicy")));
        page.line(0, "Suspend:", spec.hasNonNull("suspend") ? Parts.trueOrFalse(spec.path("suspend")) : Parts.UNSET);
        page.line(0, "Successful Job History Limit:", or(spec.path("successfulJobsHistoryLimit"), Parts.UNSET));
        page.line(0, "Failed Job History Limit:", or(spec.path("failedJobsHistoryLimit"), Parts.UNSET));
        JsonNode deadline = spec.path("startingDeadlineSeconds");
        page.line(0, "Starting Deadline Seconds:", text(deadline).isEmpty() ? Parts.UNSET : text(deadline) + "s");
        template(page, spec.path("jobTemplate").path("spec"));
        JsonNode last = cronJob.at("/status/lastScheduleTime");
        page.line(0, "Last Schedule Time:", text(last).isEmpty() ? Parts.UNSET : Parts.date(last));
        List<String> active = new ArrayList<>();
        cronJob.at("/status/active").forEach(job -> active.add(text(job.path("name"))));
        page.line(0, "Active Jobs:", active.isEmpty() ? Parts.NONE : String.join(", ", active));
    }

    private static void template(Page page, JsonNode job) {
        String selector = JobPage.selector(job.path("selector"));
        page.line(0, "Selector:", job.hasNonNull("selector") ? selector : Parts.UNSET);
        page.line(0, "Parallelism:", or(job.path("parallelism"), Parts.UNSET));
        page.line(0, "Completions:", or(job.path("completions"), Parts.UNSET));
        Parts.optional(page, 0, "Active Deadline Seconds", job.path("activeDeadlineSeconds"), "s");
        TemplatePage.write(page, job.path("template"));
    }
}
