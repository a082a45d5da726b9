package dev.jobctl.resource.defaults;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;

/// Defaults of a CronJob. Those of a Job are not applied inside its template: each Job gets them when it is made; only
/// the pod's are.
final class CronJobDefaults {
    private static final int SUCCESSFUL_LIMIT = 3;
    private static final int FAILED_LIMIT = 1;

    private CronJobDefaults() {}

    static void apply(CronJob cronJob) {
        if (cronJob.getSpec() == null) {
            cronJob.setSpec(new CronJobSpec());
        }
        CronJobSpec spec = cronJob.getSpec();
        if (Settled.blank(spec.getConcurrencyPolicy())) {
            spec.setConcurrencyPolicy("Allow");
        }
        if (spec.getSuspend() == null) {
            spec.setSuspend(false);
        }
        if (spec.getSuccessfulJobsHistoryLimit() == null) {
            spec.setSuccessfulJobsHistoryLimit(SUCCESSFUL_LIMIT);
        }
        if (spec.getFailedJobsHistoryLimit() == null) {
            spec.setFailedJobsHistoryLimit(FAILED_LIMIT);
        }
        template(spec);
    }

    private static void template(CronJobSpec spec) {
        if (spec.getJobTemplate() == null) {
            spec.setJobTemplate(new JobTemplateSpec());
        }
        JobTemplateSpec template = spec.getJobTemplate();
        if (template.getMetadata() == null) {
            template.setMetadata(new ObjectMeta());
        }
        if (template.getSpec() == null) {
            template.setSpec(new JobSpec());
        }
        JobSpec job = template.getSpec();
        if (job.getTemplate() == null) {
            job.setTemplate(new PodTemplateSpec());
        }
        if (job.getTemplate().getMetadata() == null) {
            job.getTemplate().setMetadata(new ObjectMeta());
        }
        JobDefaults.failurePolicy(job);
        if (job.getTemplate().getSpec() != null) {
            PodDefaults.template(job.getTemplate().getSpec());
        }
    }
}
