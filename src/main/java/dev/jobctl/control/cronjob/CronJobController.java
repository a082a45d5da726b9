package dev.jobctl.control.cronjob;

import dev.jobctl.control.Decision;
import java.time.Instant;

/// The CronJob controller: from a CronJob, its Jobs and its memory to what has to be done. Pure.
public final class CronJobController {
    public static final String COMPONENT = "cronjob-controller";

    private CronJobController() {}

    /// Rule CRON-200, "Sync steps": history, bookkeeping of status.active, then the decision to start.
    ///
    /// Where the real controller repeats an event at every look, ours says it once per cause: a look here costs nothing
    /// and happens more often.
    public static Decision decide(CronInput input, Instant now) {
        return new CronStep(input, now).decide();
    }
}
