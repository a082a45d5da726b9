package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of `get cronjobs`.
final class CronJobRows {
    static final List<Column> COLUMNS = List.of(
            Column.name("cron job"),
            Column.text("Schedule", "When jobs are started, in cron form."),
            Column.text("Timezone", "Time zone of the schedule."),
            new Column("Suspend", "boolean", "", "Whether new starts are held back.", 0),
            Column.number("Active", "Jobs that run now."),
            Column.text("Last Schedule", "Time since the last start."),
            Column.age(),
            Column.text("Containers", "Names of the pod template's containers.").wide(),
            Column.text("Images", "Images of the pod template's containers.").wide(),
            Column.text("Selector", "Labels by which the jobs find their pods.").wide());

    private CronJobRows() {}

    static List<Object> cells(CronJob cronJob, Instant now) {
        CronJobSpec spec = cronJob.getSpec() == null ? new CronJobSpec() : cronJob.getSpec();
        CronJobStatus status = cronJob.getStatus() == null ? new CronJobStatus() : cronJob.getStatus();
        @Nullable
        JobSpec job =
                spec.getJobTemplate() == null ? null : spec.getJobTemplate().getSpec();
        @Nullable PodTemplateSpec template = job == null ? null : job.getTemplate();
        @Nullable LabelSelector selector = job == null ? null : job.getSelector();
        @Nullable String last = status.getLastScheduleTime();
        return List.of(
                Cells.name(cronJob),
                Cells.text(spec.getSchedule()),
                Cells.orElse(spec.getTimeZone(), Cells.NONE),
                spec.getSuspend() == null ? "<unset>" : spec.getSuspend() ? "True" : "False",
                (long) Cells.list(status.getActive()).size(),
                last == null ? Cells.NONE : Cells.since(last, now),
                Cells.age(cronJob, now),
                Cells.containers(template, Container::getName),
                Cells.containers(template, Container::getImage),
                Cells.selector(selector));
    }
}
