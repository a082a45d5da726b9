package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import org.jspecify.annotations.Nullable;

/// A CronJob as its controller sees it.
///
/// @param timeZone null: the controller's own
/// @param startingDeadlineSeconds null: however late
/// @param successfulLimit how many successful Jobs stay, null for all; likewise failedLimit
public record CronJobView(
        MetaView meta,
        String schedule,
        @Nullable String timeZone,
        @Nullable Long startingDeadlineSeconds,
        Concurrency concurrency,
        boolean suspended,
        @Nullable Integer successfulLimit,
        @Nullable Integer failedLimit,
        CronJobStatusView status) {
    /// spec.concurrencyPolicy.
    public enum Concurrency {
        Allow,
        Forbid,
        Replace
    }

    /// From a stored CronJob: name, namespace and uid are set, defaults filled in.
    public static CronJobView of(CronJob cronJob) {
        CronJobSpec spec = cronJob.getSpec() == null ? new CronJobSpec() : cronJob.getSpec();
        MetaView meta = MetaView.of(Kinds.CRON_JOB, cronJob);
        return new CronJobView(
                meta,
                Holes.text(spec.getSchedule()),
                spec.getTimeZone(),
                spec.getStartingDeadlineSeconds(),
                concurrency(Holes.text(spec.getConcurrencyPolicy())),
                Holes.yes(spec.getSuspend()),
                spec.getSuccessfulJobsHistoryLimit(),
                spec.getFailedJobsHistoryLimit(),
                CronJobStatusView.of(meta.namespace(), cronJob.getStatus()));
    }

    private static Concurrency concurrency(String name) {
        return switch (name) {
            case "Forbid" -> Concurrency.Forbid;
            case "Replace" -> Concurrency.Replace;
            default -> Concurrency.Allow;
        };
    }

    public ObjectRef ref() {
        return meta.ref();
    }
}
