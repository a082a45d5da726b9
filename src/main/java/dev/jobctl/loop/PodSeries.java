package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.resource.defaults.PodAdmission;
import dev.jobctl.resource.defaults.PodFromTemplate;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.view.ConditionViews;
import dev.jobctl.resource.view.PodView;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the pods of a Job as [PodFromTemplate] does, but goes through the template only for the first of a row: the
/// next ones share everything with it but name, uid, time and, in an Indexed Job, what tells the index.
/// A thousand pods in one round then cost a thousand small copies. Owned by the loop's thread.
final class PodSeries {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final ConditionViews conditions = new ConditionViews();
    private @Nullable Row row;

    /// @param pod the first of the row
    private record Row(
            JobSpec spec,
            String jobUid,
            Change.CreatePod first,
            PodRules rules,
            Pod pod,
            PodRules.@Nullable Refusal refusal,
            PodView view) {
        /// A new spec is a new object: stored ones never change. So are new rules.
        @SuppressWarnings("ReferenceEquality")
        boolean fits(Job job, Change.CreatePod wanted, PodRules newRules) {
            return spec == job.getSpec()
                    && rules == newRules
                    && jobUid.equals(job.getMetadata().getUid())
                    && (first.index() == null) == (wanted.index() == null)
                    && Objects.equals(first.failureCount(), wanted.failureCount())
                    && Objects.equals(first.ignoredFailureCount(), wanted.ignoredFailureCount());
        }
    }

    Pod pod(Job job, Change.CreatePod wanted, String name, String uid, Instant now, PodRules rules) {
        @Nullable Row known = row;
        if (known != null && known.fits(job, wanted, rules)) {
            return like(known.pod(), job, wanted.index(), name, uid, now);
        }
        Pod made = PodFromTemplate.pod(
                job, wanted.index(), wanted.failureCount(), wanted.ignoredFailureCount(), name, uid, now, rules);
        PodRules.@Nullable Refusal refusal = PodAdmission.refusal(made, rules);
        row = new Row(job.getSpec(), job.getMetadata().getUid(), wanted, rules, made, refusal, PodView.of(made));
        return made;
    }

    /// Why the pod that was made last may not be created; its row shares all that matters for this.
    PodRules.@Nullable Refusal refusal() {
        return row == null ? null : row.refusal();
    }

    /// Makes the view of the pod that was stored last, from that of the first of its row.
    void carry(ObjectVersion stored) {
        @Nullable Row known = row;
        if (known != null) {
            stored.<Pod, PodView>view(PodView.class, pod -> PodView.of(pod, known.pod(), known.view(), conditions));
        }
    }

    private static Pod like(Pod first, Job job, @Nullable Integer index, String name, String uid, Instant now) {
        Pod next = Copies.shallow(first);
        ObjectMeta meta = Copies.shallow(first.getMetadata());
        next.setMetadata(meta);
        meta.setName(name);
        meta.setUid(uid);
        meta.setCreationTimestamp(Timestamps.print(now));
        meta.setResourceVersion(null);
        if (index != null) {
            String jobName = job.getMetadata().getName();
            meta.setGenerateName(Names.podBase(jobName, index));
            meta.setLabels(with(meta.getLabels(), index));
            meta.setAnnotations(with(meta.getAnnotations(), index));
            PodSpec spec = Copies.shallow(first.getSpec());
            spec.setHostname(jobName + "-" + index);
            next.setSpec(spec);
        }
        return next;
    }

    private static Map<String, String> with(Map<String, String> old, int index) {
        Map<String, String> next = new LinkedHashMap<>(old);
        next.put(INDEX, Integer.toString(index));
        return next;
    }
}
