package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/// A Job as controllers see it.
public record JobView(MetaView meta, JobSpecView spec, JobStatusView status) {
    /// Kubernetes' own controller under its reserved name; any other name in spec.managedBy keeps ours away.
    public static final String OUR_CONTROLLER = "kubernetes.io/job-controller";

    /// From a stored Job: name, namespace and uid are set.
    public static JobView of(Job job) {
        return new JobView(
                MetaView.of(Kinds.JOB, job), JobSpecView.of(job.getSpec()), JobStatusView.of(job.getStatus()));
    }

    /// The same, when all that has changed since `before` are metadata and status, and the status is known.
    public JobView next(Job job, JobStatusView nextStatus) {
        return new JobView(MetaView.of(Kinds.JOB, job), spec, nextStatus);
    }

    public ObjectRef ref() {
        return meta.ref();
    }

    /// Whether somebody else's controller looks after it.
    public boolean managedElsewhere() {
        return spec.managedBy() != null && !spec.managedBy().equals(OUR_CONTROLLER);
    }
}
