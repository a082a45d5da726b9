package dev.jobctl.loop;

import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.std.LastUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events are repeats, which are similar enough to be combined, and which are too many. The numbers are
/// client-go's.
final class EventCorrelator {
    /// As many of each.
    private static final int KEPT = 4096;

    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);
    private static final String COMBINED = "(combined from similar events): ";

    private final Map<KindOfEvent, Similar> similar = new LastUsed<>(KEPT);
    private final Map<Source, Bucket> buckets = new LastUsed<>(KEPT);
    private final Map<Whole, Slot> slots = new LastUsed<>(KEPT);
    /// The last one used: a source often says several things in a row.
    private @Nullable Talk talk;

    private record Talk(Source source, Bucket bucket) {}

    /// Who says it about whom.
    private record Source(String component, @Nullable String host, String uid) {
        /// Of the part that tells them apart; its own hash a text keeps.
        @Override
        public int hashCode() {
            return 31 * uid.hashCode() + component.hashCode();
        }
    }

    private record KindOfEvent(Source source, EventDraft.Type type, String reason) {
        @Override
        public int hashCode() {
            return 31 * source.hashCode() + reason.hashCode();
        }
    }

    /// @param message null for the one that combines many
    private record Whole(
            KindOfEvent kind,
            @Nullable String fieldPath,
            @Nullable String message) {
        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + (message == null ? 0 : message.hashCode());
        }
    }

    /// @param message as it is to be stored
    /// @param slot shared by all repeats of this event
    record Verdict(boolean drop, String message, Slot slot) {}

    /// Where the first of equal events is stored.
    static final class Slot {
        @Nullable
        String name;
    }

    /// Whether its source may still say anything about its object; this counts as having been said. All that matters of
    /// an event that is not kept.
    boolean takes(EventDraft draft, Instant now) {
        @Nullable Talk last = talk;
        boolean goesOn = last != null
                && last.source.uid.equals(draft.regarding().uid())
                && last.source.component.equals(draft.component())
                && Objects.equals(last.source.host, draft.host());
        return goesOn && last != null ? last.bucket.take(now) : takes(source(draft), now);
    }

    private boolean takes(Source source, Instant now) {
        Bucket bucket = buckets.computeIfAbsent(source, made -> new Bucket());
        talk = new Talk(source, bucket);
        return bucket.take(now);
    }

    private static Source source(EventDraft draft) {
        return new Source(draft.component(), draft.host(), draft.regarding().uid());
    }

    Verdict judge(EventDraft draft, Instant now) {
        Source source = source(draft);
        KindOfEvent kindOfEvent = new KindOfEvent(source, draft.type(), draft.reason());
        boolean combine =
                similar.computeIfAbsent(kindOfEvent, made -> new Similar()).combines(draft.message(), now);
        String message = combine ? COMBINED + draft.message() : draft.message();
        Whole whole = combine
                ? new Whole(kindOfEvent, null, null)
                : new Whole(kindOfEvent, draft.fieldPath(), draft.message());
        Slot slot = slots.computeIfAbsent(whole, made -> new Slot());
        return new Verdict(!takes(source, now), message, slot);
    }

    /// The distinct messages of one source, object, type and reason.
    private static final class Similar {
        private final Set<String> messages = new HashSet<>();
        private Instant last = Instant.MIN;

        boolean combines(String message, Instant now) {
            if (last.isBefore(now.minus(SIMILAR_WITHIN))) {
                messages.clear();
            }
            last = now;
            if (messages.size() < SIMILAR) {
                messages.add(message);
            }
            return messages.size() >= SIMILAR;
        }
    }

    /// How much one source may still say about one object.
    private static final class Bucket {
        private int tokens = BURST;
        private @Nullable Instant filled;

        boolean take(Instant now) {
            if (filled == null || now.isBefore(filled)) {
                filled = now;
            }
            if (!now.equals(filled)) {
                long refills = Duration.between(filled, now).toSeconds() / REFILL.toSeconds();
                filled = filled.plus(REFILL.multipliedBy(refills));
                tokens = (int) Math.min(BURST, tokens + refills);
            }
            if (tokens == 0) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
