package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.cronjob.CronInput;
import dev.jobctl.control.cronjob.CronJobController;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.CronJobView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The CronJob controller's place in the loop. Keys: CronJobs.
///
/// @param local the zone of schedules that name none
record CronJobDecider(ZoneId local) implements Decider {
    @Override
    public String name() {
        return "cronjob";
    }

    @Override
    public boolean watches(Kind kind) {
        return Views.is(kind, Kinds.CRON_JOB) || Views.is(kind, Kinds.JOB);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable Entry<ObjectVersion> current = change.current();
        @Nullable Entry<ObjectVersion> previous = change.previous();
        if (current != null && Views.is(current.value(), Kinds.CRON_JOB)) {
            ask.accept(change.key());
        }
        if (current != null && Views.is(current.value(), Kinds.JOB)) {
            askController(current.value(), state, ask);
        }
        if (previous != null && Views.is(previous.value(), Kinds.JOB)) {
            askController(previous.value(), state, ask);
        }
    }

    private static void askController(ObjectVersion job, State state, Consumer<String> ask) {
        @Nullable String uid = Pods.controllerUid(job.object().getMetadata());
        @Nullable String key = uid == null ? null : state.indexes().place(uid);
        if (key != null && key.startsWith(Kinds.CRON_JOB.keyPrefix())) {
            ask.accept(key);
        }
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion stored = state.get(ask.key());
        if (stored == null) {
            return Decision.quiet();
        }
        CronJobView cronJob = Views.cronJob(stored);
        String uid = cronJob.meta().uid();
        String jobs = Kinds.JOB.keyPrefix() + cronJob.meta().namespace() + "/";
        List<JobView> children = new ArrayList<>();
        long newest = stored.revision();
        for (String key : state.indexes().dependants(uid)) {
            @Nullable ObjectVersion found = key.startsWith(jobs) ? state.get(key) : null;
            if (found != null && controls(uid, found)) {
                children.add(Views.job(found));
                newest = Math.max(newest, found.revision());
            }
        }
        CronInput input = new CronInput(
                cronJob,
                children,
                name -> isStranger(state.get(jobs + name), uid),
                newest + "/" + children.size(),
                HiddenKinds.cronMemory(state, cronJob.ref()),
                local,
                !ask.held());
        return CronJobController.decide(input, ask.now());
    }

    private static boolean controls(String uid, ObjectVersion job) {
        return uid.equals(Pods.controllerUid(job.object().getMetadata()));
    }

    private static boolean isStranger(@Nullable ObjectVersion job, String uid) {
        return job != null && !controls(uid, job);
    }
}
