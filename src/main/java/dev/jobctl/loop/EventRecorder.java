package dev.jobctl.loop;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.std.Luck;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns drafts into Event objects as client-go's recorder does: a repeat raises `count` of the first; many similar
/// ones become one "combined" event; a source that talks too much about one object is cut short.
///
/// What it remembers for that is lost at a restart, as in a real controller. Owned by the loop's thread.
final class EventRecorder {
    private final EventCorrelator correlator = new EventCorrelator();
    /// Its own: what is drawn here must not depend on which events are kept, and need not be unpredictable.
    private final Luck luck;
    private final Set<String> unkept;
    private @Nullable Instant lastUnkept;

    EventRecorder(Luck luck, LoopOptions options) {
        this.luck = Luck.seeded(luck.nextLong());
        this.unkept = options.unkept();
    }

    /// When the last of those that are not stored was told, in whole seconds; null for never.
    @Nullable
    Instant lastUnkept() {
        return lastUnkept;
    }

    /// Null when the event was dropped: too many of them, no namespace to put it in, or of a reason not kept.
    @Nullable
    ObjectVersion record(EventDraft draft, WorkingState state, Instant now) {
        if (unkept.contains(draft.reason())) {
            if (correlator.takes(draft, now)) {
                lastUnkept = now.truncatedTo(ChronoUnit.SECONDS);
            }
            return null;
        }
        EventCorrelator.Verdict verdict = correlator.judge(draft, now);
        if (verdict.drop()) {
            return null;
        }
        @Nullable String knownAs = verdict.slot().name;
        @Nullable
        ObjectVersion known =
                knownAs == null ? null : state.get(place(draft, knownAs).path());
        if (known != null) {
            return again(known, verdict, state, now);
        }
        ObjectKey key = freePlace(draft, state, now);
        if (Refusals.ofCreate(key, state) != null) {
            return null;
        }
        verdict.slot().name = key.name();
        return state.put(key, first(key, draft, verdict, state, now));
    }

    private static ObjectVersion again(
            ObjectVersion known, EventCorrelator.Verdict verdict, WorkingState state, Instant now) {
        Event event = Copies.shallow((Event) known.object());
        event.setMetadata(Copies.shallow(event.getMetadata()));
        event.setCount((event.getCount() == null ? 1 : event.getCount()) + 1);
        event.setLastTimestamp(Timestamps.print(now));
        event.setMessage(verdict.message());
        return state.put(Kinds.EVENT, event);
    }

    private Event first(ObjectKey key, EventDraft draft, EventCorrelator.Verdict verdict, State state, Instant now) {
        ObjectKey about = draft.regarding().key();
        ObjectMeta meta = new ObjectMeta();
        meta.setName(key.name());
        meta.setNamespace(key.namespace());
        meta.setUid(luck.uuid().toString());
        String time = Timestamps.print(now);
        meta.setCreationTimestamp(time);

        ObjectReference involved = new ObjectReference();
        involved.setApiVersion(about.kind().apiVersion());
        involved.setKind(about.kind().kind());
        involved.setNamespace(about.namespace().isEmpty() ? null : about.namespace());
        involved.setName(about.name());
        involved.setUid(draft.regarding().uid());
        involved.setFieldPath(draft.fieldPath());
        @Nullable ObjectVersion regarding = state.get(about.path());
        if (regarding != null) {
            involved.setResourceVersion(Long.toString(regarding.revision()));
        }

        Event event = new Event();
        event.setMetadata(meta);
        event.setInvolvedObject(involved);
        event.setType(draft.type().name());
        event.setReason(draft.reason());
        event.setMessage(verdict.message());
        event.setSource(new EventSource(draft.component(), draft.host()));
        event.setCount(1);
        event.setFirstTimestamp(time);
        event.setLastTimestamp(time);
        event.setReportingComponent(draft.component());
        event.setReportingInstance(draft.host() == null ? "" : draft.host());
        return event;
    }

    /// `OBJECT.HEX`, hex of the nanoseconds since 1970; one nanosecond later while that is taken.
    private static ObjectKey freePlace(EventDraft draft, State state, Instant now) {
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        while (true) {
            ObjectKey place = place(draft, draft.regarding().key().name() + "." + Long.toHexString(nanos));
            if (state.get(place.path()) == null) {
                return place;
            }
            nanos++;
        }
    }

    private static ObjectKey place(EventDraft draft, String name) {
        return new ObjectKey(Kinds.EVENT, namespace(draft), name);
    }

    private static String namespace(EventDraft draft) {
        String namespace = draft.regarding().key().namespace();
        return namespace.isEmpty() ? "default" : namespace;
    }
}
