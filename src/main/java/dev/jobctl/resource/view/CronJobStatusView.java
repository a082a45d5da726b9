package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A CronJob's status.
///
/// @param active Jobs that it started and that have not finished
/// @param revisions uid of a Job in `active` -> its resourceVersion when it was listed, where that is known
/// @param lastSchedule the scheduled moment of the last run, null before the first
/// @param lastSuccessful when the last successful Job completed, null for none
public record CronJobStatusView(
        List<ObjectRef> active,
        Map<String, String> revisions,
        @Nullable Instant lastSchedule,
        @Nullable Instant lastSuccessful) {
    public static final CronJobStatusView UNTOUCHED = new CronJobStatusView(List.of(), Map.of(), null, null);

    public CronJobStatusView {
        active = List.copyOf(active);
        Map<String, String> kept = new TreeMap<>(revisions);
        kept.keySet().retainAll(active.stream().map(ObjectRef::uid).toList());
        revisions = Collections.unmodifiableMap(kept);
        lastSchedule = Times.stored(lastSchedule);
        lastSuccessful = Times.stored(lastSuccessful);
    }

    static CronJobStatusView of(String namespace, @Nullable CronJobStatus status) {
        if (status == null) {
            return UNTOUCHED;
        }
        Map<String, String> revisions = new TreeMap<>();
        for (ObjectReference reference : Holes.list(status.getActive())) {
            String revision = Holes.text(reference.getResourceVersion());
            if (!revision.isEmpty()) {
                revisions.put(Holes.text(reference.getUid()), revision);
            }
        }
        return new CronJobStatusView(
                Holes.list(status.getActive()).stream()
                        .map(reference -> new ObjectRef(
                                new ObjectKey(Kinds.JOB, namespace, Holes.text(reference.getName())),
                                Holes.text(reference.getUid())))
                        .toList(),
                revisions,
                Times.read(status.getLastScheduleTime()),
                Times.read(status.getLastSuccessfulTime()));
    }

    /// As the API shows it.
    public CronJobStatus toStatus() {
        CronJobStatus status = new CronJobStatus();
        status.setActive(active.stream().map(this::reference).toList());
        status.setLastScheduleTime(Times.write(lastSchedule));
        status.setLastSuccessfulTime(Times.write(lastSuccessful));
        return status;
    }

    private ObjectReference reference(ObjectRef job) {
        ObjectReference reference = new ObjectReference();
        reference.setApiVersion(job.key().kind().apiVersion());
        reference.setKind(job.key().kind().kind());
        reference.setNamespace(job.key().namespace());
        reference.setName(job.key().name());
        reference.setUid(job.uid());
        reference.setResourceVersion(revisions.get(job.uid()));
        return reference;
    }
}
