package dev.jobctl.control.cronjob;

import dev.jobctl.resource.view.CronJobView;
import dev.jobctl.resource.view.JobView;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/// Everything the CronJob controller may look at, taken from one state.
///
/// @param children Jobs of its namespace whose controller it is, by uid
/// @param strangers whether a Job of that name is in its namespace that is no child
/// @param versions which versions of it and its children these are: another text after any change of one of them
/// @param local the controller's own time zone, for CronJobs that name none
/// @param mayCreate false while the last failed creation's back-off lasts
public record CronInput(
        CronJobView cronJob,
        List<JobView> children,
        Predicate<String> strangers,
        String versions,
        CronMemory memory,
        ZoneId local,
        boolean mayCreate) {
    public CronInput {
        children = List.copyOf(children);
    }
}
