package dev.jobctl.loop;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Status;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Carries out each kind of [Write] on the state of the round.
final class Writes {
    private final EventRecorder events;

    Writes(EventRecorder events) {
        this.events = events;
    }

    Outcome carryOut(Write write, WorkingState state, Instant now) {
        return switch (write) {
            case Write.Create create -> create(create, state, now);
            case Write.Update update -> update(update, state);
            case Write.Delete delete -> delete(delete, state, now);
            case Write.ReportPod report -> report(report, state);
            case Write.RecordEvent event -> {
                @Nullable ObjectVersion recorded = events.record(event.event(), state, now);
                yield recorded == null ? new Outcome.Missing() : new Outcome.Stored(recorded);
            }
        };
    }

    private static Outcome create(Write.Create create, WorkingState state, Instant now) {
        @Nullable Status refused = Refusals.ofCreate(create.key(), create.object(), state, now);
        if (refused != null) {
            return new Outcome.Refused(refused);
        }
        if (state.get(create.key().path()) != null) {
            return new Outcome.Exists();
        }
        return new Outcome.Stored(state.put(create.key().kind(), create.object()));
    }

    /// A version that says what is stored already changes nothing, not even the revision.
    private static Outcome update(Write.Update update, WorkingState state) {
        @Nullable ObjectVersion found = state.get(update.key().path());
        if (found == null) {
            return new Outcome.Missing();
        }
        if (found.revision() != update.expectedRevision()) {
            return new Outcome.Conflict(found);
        }
        ObjectVersion same = ObjectVersion.of(found.kind(), update.object(), found.revision());
        if (Arrays.equals(same.json(), found.json())) {
            return new Outcome.Stored(found);
        }
        @Nullable Status refused = Refusals.ofUpdate(update.key(), update.object(), state);
        return refused == null ? Deletions.settle(state, found, update.object()) : new Outcome.Refused(refused);
    }

    private static Outcome delete(Write.Delete delete, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(delete.key().path());
        if (found == null) {
            return new Outcome.Missing();
        }
        Deletion options = delete.options();
        boolean uidFits = options.uid() == null
                || options.uid().equals(found.object().getMetadata().getUid());
        boolean revisionFits = options.revision() == null || options.revision() == found.revision();
        return uidFits && revisionFits ? Deletions.delete(state, found, options, now) : new Outcome.Conflict(found);
    }

    private static Outcome report(Write.ReportPod report, WorkingState state) {
        ObjectRef ref = report.pod();
        @Nullable ObjectVersion found = state.get(ref);
        if (found == null) {
            return new Outcome.Missing();
        }
        Pod pod = (Pod) found.object();
        PodStatus merged = PodReports.merge(pod.getStatus(), report.status());
        if (merged.equals(pod.getStatus())) {
            return new Outcome.Stored(found);
        }
        Edit<Pod> edit = Edit.ofPod(found);
        edit.object().setStatus(merged);
        return new Outcome.Stored(state.put(found.kind(), edit.object()));
    }
}
