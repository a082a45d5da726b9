package dev.jobctl.simulation;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Store;
import dev.jobctl.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// All changes as one watch from the beginning shows them, and the proof that it and every other watch shows each
/// change once and in order: revisions only grow, a change says truly what was there before, deleted objects do not
/// come back, and watches opened at random revisions of random prefixes show the same.
final class Feed {
    private static final List<String> PREFIXES = List.of("", "core/pods/default/", "batch/jobs/", "core/nodes/");
    private static final int MOST_WATCHES = 4;

    private final Store<ObjectVersion> store;
    private final SplittableRandom random;
    private final Watch<ObjectVersion> main;
    private final List<Change<ObjectVersion>> seen = new ArrayList<>();
    private final Map<String, ObjectVersion> objects = new HashMap<>();
    private final Set<String> goneUids = new HashSet<>();
    private final List<Other> others = new ArrayList<>();
    private long revision;

    private record Other(String prefix, long after, Watch<ObjectVersion> watch) {}

    Feed(Store<ObjectVersion> store, long seed) {
        this.store = store;
        random = new SplittableRandom(seed);
        main = Objects.requireNonNull(store.watch("", 0));
    }

    /// What has happened since the last call, checked.
    List<Change<ObjectVersion>> next() {
        List<Change<ObjectVersion>> fresh = drain(main);
        fresh.forEach(this::follow);
        seen.addAll(fresh);
        if (!fresh.isEmpty() && others.size() < MOST_WATCHES && random.nextInt(8) == 0) {
            open();
        }
        return fresh;
    }

    Map<String, ObjectVersion> objects() {
        return objects;
    }

    private static List<Change<ObjectVersion>> drain(Watch<ObjectVersion> watch) {
        try {
            return switch (watch.next(Duration.ZERO)) {
                case Watch.Changes<ObjectVersion>(List<Change<ObjectVersion>> changes, long _) -> changes;
                case Watch.Fell<ObjectVersion>() -> throw Violation.of("watch", "fell behind");
                case Watch.Ended<ObjectVersion>() -> throw Violation.of("watch", "ended");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Violation.of("watch", "interrupted");
        }
    }

    private void follow(Change<ObjectVersion> change) {
        Violation.unless(
                change.revision() > revision,
                "revisions grow",
                "%s after %s at %s",
                change.revision(),
                revision,
                change.key());
        revision = change.revision();
        @Nullable ObjectVersion before = objects.get(change.key());
        @Nullable
        ObjectVersion told =
                change.previous() == null ? null : change.previous().value();
        Violation.unless(
                before == null ? told == null : told != null && told.revision() == before.revision(),
                "watch in order",
                "%s says that before it was %s",
                change.key(),
                told);
        if (change.current() == null) {
            remove(change, before);
        } else {
            put(change, before, change.current().value());
        }
    }

    private void remove(Change<ObjectVersion> change, @Nullable ObjectVersion before) {
        Violation.unless(before != null, "watch in order", "%s went without ever being there", change.key());
        objects.remove(change.key());
        @Nullable
        String uid = before == null ? null : before.object().getMetadata().getUid();
        if (uid != null) {
            goneUids.add(uid);
        }
    }

    private void put(Change<ObjectVersion> change, @Nullable ObjectVersion before, ObjectVersion now) {
        @Nullable String uid = now.object().getMetadata().getUid();
        Violation.unless(
                Long.toString(change.revision())
                        .equals(now.object().getMetadata().getResourceVersion()),
                "revisions grow",
                "%s has resourceVersion %s at %s",
                change.key(),
                now.object().getMetadata().getResourceVersion(),
                change.revision());
        Violation.unless(uid == null || !goneUids.contains(uid), "the deleted stay away", "%s came back", change.key());
        if (before != null) {
            Violation.unless(
                    Objects.equals(before.object().getMetadata().getUid(), uid),
                    "the deleted stay away",
                    "%s was replaced without a deletion",
                    change.key());
        }
        objects.put(change.key(), now);
    }

    private void open() {
        String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
        long after = random.nextLong(store.retainedSince(), revision + 3);
        @Nullable Watch<ObjectVersion> watch = store.watch(prefix, after);
        Violation.unless(watch != null, "watch opens", "after %s, retained since %s", after, store.retainedSince());
        others.add(new Other(prefix, after, Objects.requireNonNull(watch)));
    }

    /// At the end: what the other watches saw, and that the published state is what the changes add up to.
    void close() {
        for (Other other : others) {
            List<Long> expected = seen.stream()
                    .filter(change -> change.key().startsWith(other.prefix()) && change.revision() > other.after())
                    .map(Change::revision)
                    .toList();
            List<Long> shown =
                    drain(other.watch()).stream().map(Change::revision).toList();
            Violation.unless(
                    shown.equals(expected),
                    "watch in order",
                    "of %s after %s showed %s instead of %s",
                    other.prefix(),
                    other.after(),
                    shown,
                    expected);
        }
        Violation.unless(
                store.current().size() == objects.size(), "watch in order", "the changes do not add up to the state");
        for (var entry : store.current().prefixed("")) {
            @Nullable ObjectVersion known = objects.get(entry.key());
            Violation.unless(
                    known != null && known.revision() == entry.value().revision(),
                    "watch in order",
                    "%s is not what was shown",
                    entry.key());
        }
    }
}
