package dev.jobctl.simulation;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Store;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All invariants, told after each round by [#round]. Owned by the thread of its schedule.
final class Books {
    private final Feed feed;
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new HashMap<>();
    private final Predicate<Pod> deletedByHand;
    private final PlaceRules places = new PlaceRules();
    private final QuotaRules quotas = new QuotaRules();
    private final CronRules crons = new CronRules();
    private final NamespaceRules namespaces = new NamespaceRules();
    private final Predicate<String> held;
    private Instant last;
    private int changes;
    private int pods;

    /// @param deletedByHand whether a user deleted it, or is about to
    /// @param held whether the pod of that uid has somebody's finalizer
    Books(Store<ObjectVersion> store, long seed, Instant start, Predicate<Pod> deletedByHand, Predicate<String> held) {
        this.deletedByHand = deletedByHand;
        this.held = held;
        feed = new Feed(store, seed);
        last = start;
    }

    /// Takes in what has changed and checks it.
    ///
    /// @param prompt no commit was refused lately, so the controllers have no reason to be late
    /// @param roomy nor was there a quota
    void round(Instant clock, boolean prompt, boolean roomy) {
        ledgers.values().forEach(Ledger::begin);
        boolean any = false;
        for (Change<ObjectVersion> change : feed.next()) {
            any = true;
            if (!change.key().startsWith(Kinds.EVENT.keyPrefix())) {
                changes++;
            }
            surroundings(change, clock);
            if (change.key().startsWith(Kinds.POD.keyPrefix())) {
                pods += change.previous() == null ? 1 : 0;
                pod(object(change.previous(), Pod.class), object(change.current(), Pod.class), clock);
            } else if (change.key().startsWith(Kinds.JOB.keyPrefix())) {
                job(object(change.previous(), Job.class), object(change.current(), Job.class), clock);
            }
        }
        if (any) {
            ledgers.values().forEach(ledger -> {
                boolean open = !namespaces.goes(ledger.job().getMetadata().getNamespace());
                RoundRules.check(ledger, clock, prompt, roomy && open);
            });
            orphans();
        }
        last = clock;
    }

    private void surroundings(Change<ObjectVersion> change, Instant clock) {
        @Nullable
        ObjectVersion before =
                change.previous() == null ? null : change.previous().value();
        @Nullable
        ObjectVersion now = change.current() == null ? null : change.current().value();
        namespaces.changed(change.key(), before, now);
        ObjectVersion any = Objects.requireNonNull(now == null ? before : now);
        switch (any.object()) {
            case Node node -> places.node(node.getMetadata().getName(), now == null ? null : node);
            case Pod pod -> {
                @Nullable Pod old = object(change.previous(), Pod.class);
                @Nullable Pod next = object(change.current(), Pod.class);
                places.pod(old, next);
                quotas.pod(old, next, clock);
                Violation.unless(
                        next != null || !held.test(PodFacts.uid(pod)),
                        "a finalizer keeps its object",
                        "%s went",
                        PodFacts.name(pod));
            }
            case ResourceQuota quota -> quotas.quota(now == null ? null : quota);
            case CronJob _ ->
                crons.cronJob(object(change.previous(), CronJob.class), object(change.current(), CronJob.class));
            case Job _ -> crons.job(object(change.previous(), Job.class), object(change.current(), Job.class), clock);
            default -> {}
        }
    }

    /// When nobody wants anything more at this instant, and nobody has a reason to be late.
    void settled(Instant clock) {
        places.settled();
        quotas.settled(clock);
        crons.settled();
    }

    private static <T> @Nullable T object(dev.jobctl.store.@Nullable Entry<ObjectVersion> entry, Class<T> type) {
        return entry == null ? null : type.cast(entry.value().object());
    }

    private void pod(@Nullable Pod before, @Nullable Pod now, Instant clock) {
        @Nullable Ledger old = before == null ? null : ledger(before);
        @Nullable Ledger owner = now == null ? null : ledger(now);
        if (before == null && owner != null) {
            owner.checkWait(Objects.requireNonNull(now), clock);
        }
        if (old != null) {
            old.podChanged(before, now);
        }
        if (owner != null && owner != old) {
            owner.podChanged(before, now);
        }
    }

    private @Nullable Ledger ledger(Pod pod) {
        @Nullable String uid = PodFacts.owner(pod);
        return uid == null ? null : ledgers.get(uid);
    }

    private void job(@Nullable Job before, @Nullable Job now, Instant clock) {
        if (now == null) {
            String uid = Objects.requireNonNull(before).getMetadata().getUid();
            ledgers.remove(uid);
            jobs.remove(uid);
            return;
        }
        String uid = now.getMetadata().getUid();
        if (before == null) {
            Ledger ledger = new Ledger(now, this::deletedByOthers);
            ledgers.put(uid, ledger);
        } else {
            if (!Objects.equals(before.getStatus(), now.getStatus())) {
                StatusRules.check(before, now, last, clock);
            }
            Objects.requireNonNull(ledgers.get(uid)).jobChanged(now);
        }
        jobs.put(uid, now);
    }

    /// A pod that no Job will ever count keeps no finalizer.
    private void orphans() {
        for (ObjectVersion version : feed.objects().values()) {
            if (version.object() instanceof Pod pod && PodFacts.tracked(pod)) {
                Violation.unless(ledger(pod) != null, "no finalizer on an orphan", "%s", PodFacts.name(pod));
            }
        }
    }

    private boolean deletedByOthers(Pod pod) {
        return deletedByHand.test(pod) || PodFacts.disrupted(pod);
    }

    /// Seen so far, without events.
    int changes() {
        return changes;
    }

    /// Created so far.
    int pods() {
        return pods;
    }

    Collection<Job> jobs() {
        return jobs.values();
    }

    Map<String, ObjectVersion> objects() {
        return feed.objects();
    }

    void close() {
        feed.close();
    }
}
