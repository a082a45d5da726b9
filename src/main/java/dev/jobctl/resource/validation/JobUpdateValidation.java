package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which fields of a stored Job may change.
final class JobUpdateValidation {
    private JobUpdateValidation() {}

    static void check(Job old, Job changed, Complaints to) {
        JobSpec before = old.getSpec();
        @Nullable JobSpec after = changed.getSpec();
        if (after == null) {
            return;
        }
        completions(before, after, to);
        to.immutable("spec.selector", "v1.LabelSelector", before.getSelector(), after.getSelector());
        template(old, before, after, to);
        to.immutable("spec.completionMode", "", before.getCompletionMode(), after.getCompletionMode());
        to.immutable(
                "spec.podFailurePolicy",
                "batch.PodFailurePolicy",
                before.getPodFailurePolicy(),
                after.getPodFailurePolicy());
        to.immutable(
                "spec.backoffLimitPerIndex", "", before.getBackoffLimitPerIndex(), after.getBackoffLimitPerIndex());
        to.immutable("spec.managedBy", "", before.getManagedBy(), after.getManagedBy());
        to.immutable("spec.successPolicy", "batch.SuccessPolicy", before.getSuccessPolicy(), after.getSuccessPolicy());
    }

    /// An Indexed Job may be resized by changing completions and parallelism to one number. That it needs completions
    /// at all is said elsewhere.
    private static void completions(JobSpec before, JobSpec after, Complaints to) {
        if (!JobValidation.indexed(after)) {
            to.immutable("spec.completions", "", before.getCompletions(), after.getCompletions());
        } else if (after.getCompletions() != null
                && !Objects.equals(before.getCompletions(), after.getCompletions())
                && !Objects.equals(after.getCompletions(), after.getParallelism())) {
            to.invalid(
                    "spec.completions", after.getCompletions(), "can only be modified in tandem with spec.parallelism");
        }
    }

    private static void template(Job old, JobSpec before, JobSpec after, Complaints to) {
        PodTemplateSpec allowed = JobValidation.template(before);
        PodTemplateSpec wanted = JobValidation.template(after);
        if (Beans.same(allowed, wanted)) {
            return;
        }
        if (schedulingMayChange(old) && allowed.getSpec() != null && wanted.getSpec() != null) {
            allowed = Json.copy(allowed);
            takeScheduling(allowed, wanted);
        }
        to.immutable("spec.template", "core.PodTemplateSpec", allowed, wanted);
    }

    /// Suspended and never started (Jobs page, "Mutable Scheduling Directives"). Judged on the stored Job, so that one
    /// update may change directives and resume.
    private static boolean schedulingMayChange(Job old) {
        return Settled.isTrue(old.getSpec().getSuspend())
                && (old.getStatus() == null || old.getStatus().getStartTime() == null);
    }

    private static void takeScheduling(PodTemplateSpec allowed, PodTemplateSpec wanted) {
        PodSpec into = allowed.getSpec();
        PodSpec from = wanted.getSpec();
        into.setAffinity(affinity(into.getAffinity(), from.getAffinity()));
        into.setNodeSelector(from.getNodeSelector());
        into.setTolerations(from.getTolerations());
        into.setSchedulingGates(from.getSchedulingGates());
        ObjectMeta meta = allowed.getMetadata() == null ? new ObjectMeta() : allowed.getMetadata();
        ObjectMeta wantedMeta = wanted.getMetadata() == null ? new ObjectMeta() : wanted.getMetadata();
        meta.setLabels(wantedMeta.getLabels());
        meta.setAnnotations(wantedMeta.getAnnotations());
        allowed.setMetadata(wanted.getMetadata() == null ? null : meta);
    }

    /// Only nodeAffinity is free; an affinity may come or go when there is nothing else in it.
    private static @Nullable Affinity affinity(@Nullable Affinity old, @Nullable Affinity wanted) {
        Affinity made = old == null ? new Affinity() : old;
        made.setNodeAffinity(wanted == null ? null : wanted.getNodeAffinity());
        boolean hollow = made.equals(new Affinity());
        return hollow && wanted == null ? null : made;
    }
}
