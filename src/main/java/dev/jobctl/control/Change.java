package dev.jobctl.control;

import dev.jobctl.control.cronjob.CronMemory;
import dev.jobctl.control.job.JobMemory;
import dev.jobctl.control.services.Backends;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.CronJobStatusView;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.TaintView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change that a controller wants. The loop carries it out against the newest state; a target that is gone or has
/// another uid makes it void.
public sealed interface Change {
    /// A pod from the Job's template. The loop names it, and records `SuccessfulCreate` or `FailedCreate` on the Job.
    /// After a failure everything that follows in the same decision is dropped, the Job is asked again at once with
    /// creation held (`JobInput.creation`), and once more, with creation, when the failure's back-off ends.
    ///
    /// @param index completion index, null for NonIndexed Jobs
    /// @param failureCount for the annotation job-index-failure-count, null without backoffLimitPerIndex
    /// @param ignoredFailureCount for job-index-ignored-failure-count, null or 0 for none
    record CreatePod(
            ObjectRef job,
            @Nullable Integer index,
            @Nullable Integer failureCount,
            @Nullable Integer ignoredFailureCount)
            implements Change {}

    /// Deletes with the pod's own grace. `uncounted`: the tracking finalizer goes first, so that the pod is never
    /// counted. The loop records `SuccessfulDelete` on the Job.
    record DeletePod(ObjectRef job, ObjectRef pod, boolean uncounted) implements Change {}

    record RemoveFinalizer(ObjectRef object, String finalizer) implements Change {}

    /// No effect on an object that has it, or that is being deleted.
    record AddFinalizer(ObjectRef object, String finalizer) implements Change {}

    /// The whole status of a Job; no effect when it equals the stored one.
    record SetJobStatus(ObjectRef job, JobStatusView status) implements Change {}

    /// Adds controllerRef and tracking finalizer.
    record AdoptPod(ObjectRef job, ObjectRef pod) implements Change {}

    /// Takes controllerRef and tracking finalizer away.
    record ReleasePod(ObjectRef job, ObjectRef pod) implements Change {}

    /// What the Job controller keeps beside the API: stored durably, forgotten with the Job or when null.
    record Remember(ObjectRef job, @Nullable JobMemory memory) implements Change {}

    /// A Job from a CronJob's template, owned by it; the last change of its decision, whose events are told before. The
    /// loop records `SuccessfulCreate` or `FailedCreate` on the CronJob and, in the same transaction, lists the Job in
    /// status.active and sets status.lastScheduleTime. A Job of that name that the CronJob controls already is listed
    /// instead. After a failure the CronJob is asked again at once with creation held (`CronInput.mayCreate` false),
    /// and once more when the failure's back-off ends.
    ///
    /// @param annotation of batch.kubernetes.io/cronjob-scheduled-timestamp
    record CreateJob(ObjectRef cronJob, String name, Instant scheduled, String annotation) implements Change {}

    /// The whole status of a CronJob; no effect when it equals the stored one.
    record SetCronJobStatus(ObjectRef cronJob, CronJobStatusView status) implements Change {}

    /// What the CronJob controller keeps beside the API: stored durably, forgotten with the CronJob.
    record RememberCronJob(ObjectRef cronJob, CronMemory memory) implements Change {}

    /// Sets spec.nodeName and PodScheduled; records `Scheduled`.
    record BindPod(ObjectRef pod, String node) implements Change {}

    /// Adds or replaces one condition of a pod.
    record SetPodCondition(ObjectRef pod, ConditionView condition) implements Change {}

    record Delete(ObjectRef object, Deletion options) implements Change {}

    /// Notes that a pod is to be evicted later, or no more; until it is told to whoever decides. Not stored.
    record PlanEviction(ObjectRef pod, boolean planned) implements Change {}

    /// Takes the owner reference with this uid away.
    record RemoveOwner(ObjectRef object, String ownerUid) implements Change {}

    /// All owner references of the object that block their owner's deletion block it no more.
    record UnblockOwners(ObjectRef object) implements Change {}

    /// All conditions of a namespace.
    record SetNamespaceConditions(ObjectRef namespace, List<ConditionView> conditions) implements Change {
        public SetNamespaceConditions {
            conditions = List.copyOf(conditions);
        }
    }

    /// Empties spec.finalizers of a namespace that is being deleted and has become empty.
    record FinalizeNamespace(ObjectRef namespace) implements Change {}

    /// Sets a pod's phase to Failed without its node's doing, adding the condition if there is one. Void for a pod that
    /// has ended.
    record FailPod(ObjectRef pod, @Nullable ConditionView condition) implements Change {}

    /// Adds or replaces conditions of a node, all in one version; the time of its last heartbeat stays.
    record SetNodeConditions(ObjectRef node, List<ConditionView> conditions) implements Change {
        public SetNodeConditions {
            conditions = List.copyOf(conditions);
        }
    }

    /// All taints of a node.
    record SetTaints(ObjectRef node, List<TaintView> taints) implements Change {
        public SetTaints {
            taints = List.copyOf(taints);
        }
    }

    /// The Lease by which a node says that it lives, made or renewed.
    record RenewLease(ObjectRef node) implements Change {}

    /// The whole status of a ResourceQuota, both by resource name as written.
    record SetQuotaStatus(ObjectRef quota, Map<String, String> hard, Map<String, String> used) implements Change {
        public SetQuotaStatus {
            hard = Map.copyOf(hard);
            used = Map.copyOf(used);
        }
    }

    /// The whole status of a PodDisruptionBudget.
    record SetBudgetStatus(ObjectRef budget, BudgetView.Status status) implements Change {}

    /// What a Service leads to: its Endpoints and EndpointSlices; no effect on those that say so already.
    record SetEndpoints(ObjectRef service, List<Backends> backends) implements Change {
        public SetEndpoints {
            backends = List.copyOf(backends);
        }
    }

    /// The ServiceAccount `default` of a namespace.
    record CreateDefaultAccount(ObjectRef namespace) implements Change {}

    /// The ConfigMap of a namespace with the certificate, as PEM, by which pods trust the API server.
    record PublishAuthority(ObjectRef namespace, String authority) implements Change {}

    /// Gives a ClusterRole with an aggregationRule the rules of the roles that it selects.
    record GatherRules(ObjectRef role) implements Change {}

    /// Sets status.nominatedNodeName of a pod, or takes it away.
    record NominateNode(ObjectRef pod, @Nullable String node) implements Change {}
}
