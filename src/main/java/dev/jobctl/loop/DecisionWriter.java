package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.std.Luck;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Carries out what controllers decide: every kind of [Change], against the newest state of the round.
/// A change whose target is gone, or has another uid, is void.
final class DecisionWriter {
    private static final String JOB_CONTROLLER = "job-controller";
    private static final String SCHEDULER = "default-scheduler";

    private final EventRecorder events;
    private final Luck luck;
    private final PodSeries series = new PodSeries();
    private final CronJobWriter cronJobs;
    private final ServiceWriter services;
    private final BoundStatuses bound = new BoundStatuses();

    DecisionWriter(EventRecorder events, Luck luck) {
        this.events = events;
        this.luck = luck;
        this.cronJobs = new CronJobWriter(events, luck);
        this.services = new ServiceWriter(luck);
    }

    /// The first pod or Job that could not be created: then what followed in the decision was dropped. Null: all is
    /// done.
    ///
    /// Pods are created in batches of 1, 2, 4, ... (slow start): after a batch with a failure no further one is tried.
    @Nullable
    Change carryOut(Decision decision, WorkingState state, Instant now) {
        int batch = 1;
        int inBatch = 0;
        @Nullable Change failed = null;
        for (Change change : decision.changes()) {
            if (failed != null && (inBatch == 0 || !(change instanceof Change.CreatePod))) {
                return failed;
            }
            if (change instanceof Change.CreateJob create) {
                tell(decision, state, now);
                return cronJobs.create(create, state, now) ? null : create;
            }
            if (!carryOut(change, state, now) && failed == null) {
                failed = change;
            }
            if (change instanceof Change.CreatePod && ++inBatch == batch) {
                inBatch = 0;
                batch *= 2;
            }
        }
        if (failed == null) {
            tell(decision, state, now);
        }
        return failed;
    }

    /// Whether what was refused would be done now.
    boolean wouldDo(Change refused, State state, Instant now) {
        if (!(refused instanceof Change.CreatePod create)) {
            return true;
        }
        @Nullable ObjectVersion found = state.get(create.job().key().path());
        if (found == null) {
            return true;
        }
        Job job = (Job) found.object();
        ObjectKey key = new ObjectKey(Kinds.POD, create.job().key().namespace(), base(job, create.index()));
        return Refusals.ofCreate(key, state) == null
                && refusal(key, pod(job, create, key, "", state, now), state, now) == null;
    }

    private void tell(Decision decision, WorkingState state, Instant now) {
        decision.events().forEach(event -> events.record(event, state, now));
    }

    private boolean carryOut(Change change, WorkingState state, Instant now) {
        switch (change) {
            case Change.CreatePod create -> {
                return createPod(create, state, now);
            }
            case Change.CreateJob create -> {
                return cronJobs.create(create, state, now);
            }
            case Change.SetCronJobStatus set -> CronJobWriter.setStatus(set, state);
            case Change.RememberCronJob remember -> CronJobWriter.remember(remember, state);
            case Change.DeletePod delete -> deletePod(delete, state, now);
            case Change.RemoveFinalizer remove -> removeFinalizer(state, remove.object(), remove.finalizer());
            case Change.AddFinalizer add -> addFinalizer(state, add);
            case Change.SetJobStatus set -> setJobStatus(set, state);
            case Change.AdoptPod adopt -> adopt(adopt, state);
            case Change.ReleasePod release -> release(release, state);
            case Change.Remember remember -> remember(remember, state);
            case Change.BindPod bind -> bind(bind, state, now);
            case Change.SetPodCondition set -> setCondition(set, state, now);
            case Change.Delete delete -> {
                @Nullable ObjectVersion found = state.get(delete.object());
                if (found != null) {
                    Deletions.delete(state, found, delete.options(), now);
                }
            }
            case Change.PlanEviction plan -> state.indexes().evictions().carryOut(plan);
            case Change.RemoveOwner remove -> removeOwner(remove, state);
            case Change.UnblockOwners unblock -> unblockOwners(unblock, state);
            case Change.FinalizeNamespace finalize -> NamespaceWriter.finalize(finalize, state);
            case Change.SetNamespaceConditions set -> NamespaceWriter.setConditions(set, state);
            case Change.FailPod fail -> failPod(fail, state);
            case Change.SetNodeConditions set -> NodeWriter.setConditions(set, state);
            case Change.SetTaints set -> NodeWriter.setTaints(set, state);
            case Change.RenewLease renew -> {
                if (state.get(renew.node()) != null) {
                    NodeLeases.renew(renew.node(), state, luck, now);
                }
            }
            case Change.SetQuotaStatus set -> PolicyWriter.setQuotaStatus(set, state);
            case Change.SetBudgetStatus set -> PolicyWriter.setBudgetStatus(set, state);
            case Change.SetEndpoints set -> services.set(set, state, now);
            case Change.CreateDefaultAccount create -> GatheredRules.createAccount(create, state, luck, now);
            case Change.PublishAuthority publish -> GatheredRules.publish(publish, state, luck, now);
            case Change.GatherRules gather -> GatheredRules.gather(gather, state);
            case Change.NominateNode nominate -> nominate(nominate, state);
        }
        return true;
    }

    private boolean createPod(Change.CreatePod create, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(create.job());
        if (found == null) {
            return true;
        }
        Job job = (Job) found.object();
        ObjectKey key = freeKey(job, create.index(), state);
        @Nullable Status refused = Refusals.ofCreate(key, state);
        if (refused != null) {
            return refuse(create, refused, state, now);
        }
        Pod pod = pod(job, create, key, luck.uuid().toString(), state, now);
        refused = refusal(key, pod, state, now);
        if (refused != null) {
            return refuse(create, refused, state, now);
        }
        series.carry(state.put(key, pod));
        say(create.job(), "SuccessfulCreate", "Created pod: " + key.name(), state, now);
        return true;
    }

    private Pod pod(Job job, Change.CreatePod create, ObjectKey key, String uid, State state, Instant now) {
        PodRules rules = state.indexes().podRules(key.namespace());
        return series.pod(job, create, key.name(), uid, now, rules);
    }

    /// What admission says to the pod that was made last.
    private @Nullable Status refusal(ObjectKey key, Pod pod, State state, Instant now) {
        PodRules.@Nullable Refusal refusal = series.refusal();
        if (refusal == null) {
            return Refusals.ofCreate(key, pod, state, now);
        }
        String name = refusal.unnamed() ? pod.getMetadata().getGenerateName() : key.name();
        return Refusals.forbidden(Kinds.POD, name, refusal.why());
    }

    /// False, as [#createPod] answers.
    private boolean refuse(Change.CreatePod create, Status refused, WorkingState state, Instant now) {
        if (!Refusals.isTerminating(refused)) {
            events.record(
                    EventDraft.warning(
                            create.job(), "FailedCreate", "Error creating: " + refused.getMessage(), JOB_CONTROLLER),
                    state,
                    now);
        }
        return false;
    }

    private ObjectKey freeKey(Job job, @Nullable Integer index, State state) {
        String base = base(job, index);
        while (true) {
            var key = new ObjectKey(Kinds.POD, job.getMetadata().getNamespace(), Names.generate(base, luck.nextLong()));
            if (state.get(key.path()) == null) {
                return key;
            }
        }
    }

    private static String base(Job job, @Nullable Integer index) {
        String name = job.getMetadata().getName();
        return index == null ? Names.podBase(name) : Names.podBase(name, index);
    }

    private void say(ObjectRef job, String reason, String message, WorkingState state, Instant now) {
        events.record(EventDraft.normal(job, reason, message, JOB_CONTROLLER), state, now);
    }

    private void deletePod(Change.DeletePod delete, WorkingState state, Instant now) {
        if (delete.uncounted()) {
            removeFinalizer(state, delete.pod(), Pods.TRACKING_FINALIZER);
        }
        @Nullable ObjectVersion pod = state.get(delete.pod());
        if (pod != null) {
            Deletions.delete(state, pod, Deletion.gentle(delete.pod().uid()), now);
            say(
                    delete.job(),
                    "SuccessfulDelete",
                    "Deleted pod: " + delete.pod().key().name(),
                    state,
                    now);
        }
    }

    private static void removeFinalizer(WorkingState state, ObjectRef ref, String finalizer) {
        @Nullable ObjectVersion found = state.get(ref);
        if (found != null && found.object().getMetadata().getFinalizers().contains(finalizer)) {
            Deletions.settle(
                    state, found, Edit.of(found).withoutFinalizer(finalizer).object());
        }
    }

    private static void addFinalizer(WorkingState state, Change.AddFinalizer add) {
        @Nullable ObjectVersion found = state.get(add.object());
        if (found == null || found.object().getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        if (!found.object().getMetadata().getFinalizers().contains(add.finalizer())) {
            state.put(found, Edit.of(found).withFinalizer(add.finalizer()).object());
        }
    }

    private static void setJobStatus(Change.SetJobStatus set, WorkingState state) {
        @Nullable ObjectVersion found = state.get(set.job());
        if (found == null || Views.job(found).status().equals(set.status())) {
            return;
        }
        Edit<Job> edit = Edit.ofJob(found);
        edit.object().setStatus(set.status().toStatus());
        JobView before = Views.job(found);
        state.put(found, edit.object()).<Job, JobView>view(JobView.class, job -> before.next(job, set.status()));
    }

    private static void adopt(Change.AdoptPod adopt, WorkingState state) {
        @Nullable ObjectVersion pod = state.get(adopt.pod());
        if (pod == null || Pods.controllerUid(pod.object().getMetadata()) != null) {
            return;
        }
        ObjectKey job = adopt.job().key();
        OwnerReference owner = new OwnerReference(
                job.kind().apiVersion(),
                true,
                true,
                job.kind().kind(),
                job.name(),
                adopt.job().uid());
        state.put(
                Kinds.POD,
                Edit.ofPod(pod)
                        .withOwner(owner)
                        .withFinalizer(Pods.TRACKING_FINALIZER)
                        .object());
    }

    private static void release(Change.ReleasePod release, WorkingState state) {
        @Nullable ObjectVersion pod = state.get(release.pod());
        if (pod != null) {
            Edit<Pod> edit = Edit.ofPod(pod).withoutOwner(release.job().uid());
            Deletions.settle(
                    state, pod, edit.withoutFinalizer(Pods.TRACKING_FINALIZER).object());
        }
    }

    private static void remember(Change.Remember remember, WorkingState state) {
        ObjectKey job = remember.job().key();
        if (state.get(remember.job()) == null) {
            return;
        }
        if (remember.memory() == null) {
            state.forget(job);
        } else if (!remember.memory()
                .equals(HiddenKinds.memory(state, job, remember.job().uid()))) {
            state.put(
                    HiddenKinds.JOB_MEMORY,
                    HiddenKinds.memory(job, remember.job().uid(), remember.memory()));
        }
    }

    private void bind(Change.BindPod bind, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(bind.pod());
        if (found == null || Views.pod(found).node() != null) {
            return;
        }
        Pod pod = Edit.ofPod(found).object();
        Edit.spec(pod).setNodeName(bind.node());
        bound.bind(pod, now);
        state.put(found, pod);
        ObjectKey key = bind.pod().key();
        events.record(
                EventDraft.normal(
                        bind.pod(),
                        "Scheduled",
                        "Successfully assigned " + key.namespace() + "/" + key.name() + " to " + bind.node(),
                        SCHEDULER),
                state,
                now);
    }

    /// The time of the last transition moves only when the status does.
    private static void setCondition(Change.SetPodCondition set, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(set.pod());
        if (found == null) {
            return;
        }
        Pod pod = Edit.ofPod(found).object();
        PodStatus status = Edit.status(pod);
        ConditionView wanted = set.condition();
        PodCondition next = wanted.lastTransition() == null
                ? new ConditionView(wanted.type(), wanted.status(), wanted.reason(), wanted.message(), now)
                        .toPodCondition()
                : wanted.toPodCondition();
        for (PodCondition old : status.getConditions()) {
            if (next.getType().equals(old.getType())) {
                next.setObservedGeneration(old.getObservedGeneration());
                if (next.getStatus().equals(old.getStatus())) {
                    next.setLastTransitionTime(old.getLastTransitionTime());
                    if (old.equals(next)) {
                        return;
                    }
                }
            }
        }
        if (tellsGeneration(next)) {
            next.setObservedGeneration(pod.getMetadata().getGeneration());
        }
        Edit.put(status, next);
        state.put(Kinds.POD, pod);
    }

    /// Not the node controller, which changes a status alone, nor the API of a new pod that is gated.
    private static boolean tellsGeneration(PodCondition condition) {
        return !condition.getType().equals("Ready") && !"SchedulingGated".equals(condition.getReason());
    }

    private static void removeOwner(Change.RemoveOwner remove, WorkingState state) {
        @Nullable ObjectVersion found = state.get(remove.object());
        if (found != null) {
            state.put(
                    found.kind(), Edit.of(found).withoutOwner(remove.ownerUid()).object());
        }
    }

    private static void unblockOwners(Change.UnblockOwners unblock, WorkingState state) {
        @Nullable ObjectVersion found = state.get(unblock.object());
        if (found != null) {
            state.put(found.kind(), Edit.of(found).withoutBlocking().object());
        }
    }

    private static void failPod(Change.FailPod fail, WorkingState state) {
        @Nullable ObjectVersion found = state.get(fail.pod());
        if (found == null || Views.pod(found).terminal()) {
            return;
        }
        Pod pod = Edit.ofPod(found).object();
        PodStatus status = Edit.status(pod);
        status.setPhase("Failed");
        status.setObservedGeneration(pod.getMetadata().getGeneration());
        if (fail.condition() != null) {
            PodCondition condition = fail.condition().toPodCondition();
            condition.setObservedGeneration(pod.getMetadata().getGeneration());
            Edit.put(status, condition);
        }
        state.put(Kinds.POD, pod);
    }

    private static void nominate(Change.NominateNode nominate, WorkingState state) {
        @Nullable ObjectVersion found = state.get(nominate.pod());
        if (found != null) {
            Pod pod = Edit.ofPod(found).object();
            Edit.status(pod).setNominatedNodeName(nominate.node());
            state.put(Kinds.POD, pod);
        }
    }
}
