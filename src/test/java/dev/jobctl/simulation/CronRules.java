package dev.jobctl.simulation;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What CronJobs start, and when. Told in the order in which it happened.
final class CronRules {
    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    /// By uid.
    private final Map<String, CronJob> crons = new HashMap<>();
    /// By uid; only those of CronJobs.
    private final Map<String, Job> jobs = new HashMap<>();
    private final Set<List<String>> runs = new HashSet<>();

    void cronJob(@Nullable CronJob before, @Nullable CronJob now) {
        if (now != null) {
            crons.put(now.getMetadata().getUid(), now);
        } else if (before != null) {
            crons.remove(before.getMetadata().getUid());
        }
    }

    void job(@Nullable Job before, @Nullable Job now, Instant clock) {
        @Nullable Job any = now == null ? before : now;
        @Nullable String cron = any == null ? null : owner(any);
        if (any == null || cron == null) {
            return;
        }
        if (before == null) {
            started(cron, any, clock);
        }
        if (now == null) {
            jobs.remove(any.getMetadata().getUid());
        } else {
            jobs.put(now.getMetadata().getUid(), now);
        }
    }

    private static @Nullable String owner(Job job) {
        for (OwnerReference owner : job.getMetadata().getOwnerReferences()) {
            if (owner.getKind().equals("CronJob")) {
                return owner.getUid();
            }
        }
        return null;
    }

    private void started(String uid, Job job, Instant clock) {
        String name = job.getMetadata().getName();
        @Nullable CronJob cron = crons.get(uid);
        Violation.unless(cron != null, "a CronJob starts Jobs while it is there", "%s", name);
        String scheduled =
                Objects.requireNonNull(job.getMetadata().getAnnotations().get(SCHEDULED));
        Violation.unless(runs.add(List.of(uid, scheduled)), "each run once", "%s at %s", name, scheduled);
        Instant time = PodFacts.time(scheduled);
        Violation.unless(
                time.getEpochSecond() % 60 == 0 && !time.isAfter(clock),
                "runs are on time",
                "%s for %s at %s",
                name,
                time,
                clock);
        if (cron == null) {
            return;
        }
        Violation.unless(
                !Boolean.TRUE.equals(cron.getSpec().getSuspend())
                        && cron.getMetadata().getDeletionTimestamp() == null,
                "a suspended CronJob starts nothing",
                "%s",
                name);
        boolean alone = children(uid)
                .noneMatch(each -> !JobFacts.finished(each)
                        && !(cron.getSpec().getConcurrencyPolicy().equals("Replace") && JobFacts.deleting(each)));
        Violation.unless(
                alone || cron.getSpec().getConcurrencyPolicy().equals("Allow"),
                "concurrencyPolicy holds",
                "%s beside another, %s",
                name,
                cron.getSpec().getConcurrencyPolicy());
    }

    private Stream<Job> children(String cron) {
        return jobs.values().stream().filter(job -> cron.equals(owner(job)));
    }

    /// When nobody wants anything more at this instant.
    void settled() {
        crons.forEach((uid, cron) -> {
            if (cron.getMetadata().getDeletionTimestamp() == null) {
                settled(uid, cron);
            }
        });
    }

    private void settled(String uid, CronJob cron) {
        List<String> listed = cron.getStatus().getActive().stream()
                .map(ObjectReference::getUid)
                .toList();
        for (String each : listed) {
            @Nullable Job job = jobs.get(each);
            Violation.unless(
                    job != null && !JobFacts.finished(job), "status.active is exact", "%s is not active", each);
        }
        children(uid)
                .filter(job -> !JobFacts.finished(job) && !JobFacts.deleting(job))
                .forEach(job -> Violation.unless(
                        listed.contains(job.getMetadata().getUid()),
                        "status.active is exact",
                        "%s is missing",
                        job.getMetadata().getName()));
        kept(uid, "Complete", cron.getSpec().getSuccessfulJobsHistoryLimit());
        kept(uid, "Failed", cron.getSpec().getFailedJobsHistoryLimit());
    }

    private void kept(String uid, String end, int limit) {
        long kept = children(uid)
                .filter(job -> JobFacts.has(job, end) && !JobFacts.deleting(job))
                .count();
        Violation.unless(kept <= limit, "history is bounded", "%s Jobs are %s, not %s", kept, end, limit);
    }
}
