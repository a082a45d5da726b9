package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.cronjob.CronJobController;
import dev.jobctl.resource.defaults.JobFromTemplate;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.CronJobStatusView;
import dev.jobctl.std.Luck;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries out what the CronJob controller decides.
final class CronJobWriter {
    private final EventRecorder events;
    private final Luck luck;

    CronJobWriter(EventRecorder events, Luck luck) {
        this.events = events;
        this.luck = luck;
    }

    /// False when the Job could not be created.
    boolean create(Change.CreateJob create, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(create.cronJob());
        if (found == null) {
            return true;
        }
        ObjectKey key = new ObjectKey(Kinds.JOB, create.cronJob().key().namespace(), create.name());
        @Nullable ObjectVersion there = state.get(key.path());
        if (there != null) {
            if (create.cronJob().uid().equals(Pods.controllerUid(there.object().getMetadata()))) {
                list(create, there, state);
            }
            return true;
        }
        String uid = luck.uuid().toString();
        Job job = JobFromTemplate.job((CronJob) found.object(), create.name(), create.annotation(), uid, now);
        List<FieldError> errors = Validation.create(Kinds.JOB, job);
        if (!errors.isEmpty()) {
            complain(create.cronJob(), invalid(key, errors), state, now);
            return false;
        }
        @Nullable Status refused = Refusals.ofCreate(key, job, state, now);
        if (refused != null) {
            if (!Refusals.isTerminating(refused)) {
                complain(create.cronJob(), refused.getMessage(), state, now);
            }
            return false;
        }
        list(create, state.put(Kinds.JOB, job), state);
        events.record(
                EventDraft.normal(
                        create.cronJob(),
                        "SuccessfulCreate",
                        "Created job " + create.name(),
                        CronJobController.COMPONENT),
                state,
                now);
        return true;
    }

    private void complain(ObjectRef cronJob, String message, WorkingState state, Instant now) {
        events.record(
                EventDraft.warning(
                        cronJob, "FailedCreate", "Error creating job: " + message, CronJobController.COMPONENT),
                state,
                now);
    }

    private static String invalid(ObjectKey key, List<FieldError> errors) {
        String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
        return key.kind().qualifiedKind() + " \"" + key.name() + "\" is invalid: "
                + (errors.size() == 1 ? all : "[" + all + "]");
    }

    private static void list(Change.CreateJob create, ObjectVersion job, WorkingState state) {
        @Nullable ObjectVersion found = state.get(create.cronJob());
        if (found == null) {
            return;
        }
        CronJobStatusView old = Views.cronJob(found).status();
        String uid = job.object().getMetadata().getUid();
        List<ObjectRef> active = new ArrayList<>(old.active());
        active.add(new ObjectRef(job.key(), uid));
        Map<String, String> revisions = new HashMap<>(old.revisions());
        revisions.put(uid, Long.toString(job.revision()));
        setStatus(
                new Change.SetCronJobStatus(
                        create.cronJob(),
                        new CronJobStatusView(active, revisions, create.scheduled(), old.lastSuccessful())),
                state);
    }

    static void setStatus(Change.SetCronJobStatus set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.cronJob());
        if (found == null || Views.cronJob(found).status().equals(set.status())) {
            return;
        }
        Edit<CronJob> edit = Edit.ofCronJob(found);
        edit.object().setStatus(set.status().toStatus());
        state.put(Kinds.CRON_JOB, edit.object());
    }

    static void remember(Change.RememberCronJob remember, WorkingState state) {
        ObjectRef cronJob = remember.cronJob();
        if (state.get(cronJob) != null && !remember.memory().equals(HiddenKinds.cronMemory(state, cronJob))) {
            state.put(HiddenKinds.CRON_MEMORY, HiddenKinds.cronMemory(cronJob, remember.memory()));
        }
    }
}
