package dev.jobctl.loop;

import dev.jobctl.control.budget.Eviction;
import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.PodView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Carries out each kind of [Write] on the state of the round.
final class Writes {
    private final EventRecorder events;
    private final PodReports reports = new PodReports();

    Writes(EventRecorder events) {
        this.events = events;
    }

    Outcome carryOut(Write write, WorkingState state, Instant now) {
        return switch (write) {
            case Write.Create(ObjectKey key, HasMetadata object) -> {
                @Nullable Outcome refused = refusal(key, object, state, now);
                yield refused == null ? new Outcome.Stored(state.put(key.kind(), object)) : refused;
            }
            case Write.TryCreate(ObjectKey key, HasMetadata object) -> {
                @Nullable Outcome refused = refusal(key, object, state, now);
                yield refused == null
                        ? new Outcome.Stored(ObjectVersion.read(key.kind(), 0, Json.write(object)))
                        : refused;
            }
            case Write.Update update -> update(update, state, now);
            case Write.Delete delete -> delete(delete, state, now);
            case Write.Evict evict -> evict(evict, state, now);
            case Write.TryEvict(ObjectKey pod, Deletion options) -> tryEvict(pod, options, state, now);
            case Write.ReportPod report -> report(report, state);
            case Write.RecordEvent event -> {
                @Nullable ObjectVersion recorded = events.record(event.event(), state, now);
                yield recorded == null ? new Outcome.Missing() : new Outcome.Stored(recorded);
            }
        };
    }

    /// Why it cannot be created; null: it can.
    private static @Nullable Outcome refusal(ObjectKey key, HasMetadata object, State state, Instant now) {
        @Nullable Status refused = Refusals.ofCreate(key, object, state, now);
        if (refused != null) {
            return new Outcome.Refused(refused);
        }
        return state.get(key.path()) == null ? null : new Outcome.Exists();
    }

    /// A version that says what is stored already changes nothing, not even the revision.
    private static Outcome update(Write.Update update, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(update.key().path());
        if (found == null) {
            return new Outcome.Missing();
        }
        if (found.revision() != update.expectedRevision()) {
            return new Outcome.Conflict(found);
        }
        update.object().getMetadata().setResourceVersion(Long.toString(found.revision()));
        if (Beans.same(update.object(), found.object())) {
            return new Outcome.Stored(found);
        }
        @Nullable Status refused = Refusals.ofUpdate(found, update.object(), state, now);
        return refused == null ? Deletions.settle(state, found, update.object()) : new Outcome.Refused(refused);
    }

    private static Outcome delete(Write.Delete delete, WorkingState state, Instant now) {
        @Nullable ObjectVersion found = state.get(delete.key().path());
        if (found == null) {
            return new Outcome.Missing();
        }
        return fits(found, delete.options())
                ? Deletions.delete(state, found, delete.options(), now)
                : new Outcome.Conflict(found);
    }

    /// Rule EVI-001, "Voluntary disruption": a pod that is evicted says so in its condition DisruptionTarget before it
    /// is marked. Rule EVI-002: one that has ended or is being deleted already is only deleted.
    private static Outcome evict(Write.Evict evict, WorkingState state, Instant now) {
        Write.Delete delete = new Write.Delete(evict.pod(), evict.options());
        @Nullable ObjectVersion found = state.get(evict.pod().path());
        if (found == null || !fits(found, evict.options())) {
            return delete(delete, state, now);
        }
        @Nullable Outcome refused = protection(found, state, now);
        if (refused != null) {
            return refused;
        }
        PodView pod = Views.pod(found);
        if (!pod.terminal() && !pod.deleting()) {
            Edit<Pod> edit = Edit.ofPod(found);
            Edit.put(
                    Edit.status(edit.object()),
                    new ConditionView(
                                    "DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting", now)
                            .toPodCondition());
            found = state.put(found.kind(), edit.object());
        }
        return Deletions.delete(state, found, evict.options(), now);
    }

    private static Outcome tryEvict(ObjectKey pod, Deletion options, State state, Instant now) {
        @Nullable ObjectVersion found = state.get(pod.path());
        if (found == null) {
            return new Outcome.Missing();
        }
        if (!fits(found, options)) {
            return new Outcome.Conflict(found);
        }
        @Nullable Outcome refused = protection(found, state, now);
        return refused == null ? new Outcome.Removed(found) : refused;
    }

    /// Why it may not be evicted; null: it may.
    private static @Nullable Outcome protection(ObjectVersion pod, State state, Instant now) {
        return switch (BudgetDecider.judge(pod, state, now)) {
            case Eviction.Verdict.Allowed() -> null;
            case Eviction.Verdict.NotNow notNow -> new Outcome.Refused(Refusals.tooManyDisruptions(notNow));
            case Eviction.Verdict.Never(String message) -> new Outcome.Refused(Refusals.internal(message));
        };
    }

    private static boolean fits(ObjectVersion found, Deletion options) {
        boolean uidFits = options.uid() == null
                || options.uid().equals(found.object().getMetadata().getUid());
        boolean revisionFits = options.revision() == null || options.revision() == found.revision();
        return uidFits && revisionFits;
    }

    private Outcome report(Write.ReportPod report, WorkingState state) {
        ObjectRef ref = report.pod();
        @Nullable ObjectVersion found = state.get(ref);
        if (found == null) {
            return new Outcome.Missing();
        }
        Pod pod = (Pod) found.object();
        PodStatus merged = reports.merge(pod.getStatus(), report.status());
        if (merged.equals(pod.getStatus())) {
            return new Outcome.Stored(found);
        }
        Edit<Pod> edit = Edit.ofPod(found);
        edit.object().setStatus(merged);
        return new Outcome.Stored(state.put(found, edit.object()));
    }
}
