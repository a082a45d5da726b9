package dev.jobctl.resource.defaults;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A CronJob's Job as the API stores it: made from the template, defaulted and prepared.
public final class JobFromTemplate {
    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    private JobFromTemplate() {}

    /// Rule CRON-230, controllers around Jobs, "The created Job": labels, annotations and spec are the template's, the
    /// owner is the CronJob. The CronJob is stored: it has a uid and a template.
    ///
    /// @param scheduled the moment it is made for, as its annotation says it
    public static Job job(CronJob cronJob, String name, String scheduled, String uid, Instant now) {
        JobTemplateSpec template = cronJob.getSpec().getJobTemplate();
        ObjectMeta from = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        ObjectMeta meta = new ObjectMeta();
        meta.setName(name);
        meta.setNamespace(cronJob.getMetadata().getNamespace());
        meta.setLabels(new LinkedHashMap<>(Settled.map(from.getLabels())));
        Map<String, String> annotations = new LinkedHashMap<>(Settled.map(from.getAnnotations()));
        annotations.put(SCHEDULED, scheduled);
        meta.setAnnotations(annotations);
        meta.setOwnerReferences(List.of(new OwnerReference(
                Kinds.CRON_JOB.apiVersion(),
                true,
                true,
                Kinds.CRON_JOB.kind(),
                cronJob.getMetadata().getName(),
                cronJob.getMetadata().getUid())));
        Job job = new Job();
        job.setMetadata(meta);
        job.setSpec(Json.copy(template.getSpec()));
        return Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, job), uid, now);
    }
}
