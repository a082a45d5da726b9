package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.std.VirtualTime;
import dev.jobctl.store.Entry;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.StoreError;
import dev.jobctl.store.Watch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rounds: what is told when, what a failed commit leaves behind, and what a decider may not do.
/// Long because every row is a promise of the one loop and shares its fixture.
class LoopTest {
    private final VirtualPlane plane = new VirtualPlane();

    private Write configMap(String name) {
        return plane.toCreate(Kinds.CONFIG_MAP, map(name, "default"));
    }

    private static ConfigMap map(String name, String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("k", "v")
                .build();
    }

    @Test
    void nobodyHearsOfARoundBeforeItIsPublishedThenInOrder() throws Exception {
        List<String> told = new ArrayList<>();
        Watch<ObjectVersion> watch = plane.loop()
                .store()
                .watch(Kinds.CONFIG_MAP.keyPrefix(), plane.store().current().revision());
        assertThat(watch).isNotNull();
        try (AutoCloseable handle = plane.loop().listen(changes -> told.add("listener " + changes.size()))) {
            CompletableFuture<Outcome> answer = plane.loop().submit(configMap("a"));
            answer.thenRun(() -> told.add("caller, visible: " + (plane.find(Kinds.CONFIG_MAP, "a") != null)));
            assertThat(handle).isNotNull();
            assertThat(answer).isNotDone();
            assertThat(seen(watch)).isEmpty();
            plane.loop().step(10);
        }
        assertThat(told).containsExactly("caller, visible: true", "listener 1");
        assertThat(seen(watch)).hasSize(1);
        plane.loop().submit(configMap("b"));
        plane.loop().step(10);
        assertThat(told).as("after the listener left").hasSize(2);
    }

    private static List<dev.jobctl.store.Change<ObjectVersion>> seen(Watch<ObjectVersion> watch)
            throws InterruptedException {
        return watch.next(Duration.ZERO) instanceof Watch.Changes<ObjectVersion>(var changes, long upTo)
                ? changes
                : List.of();
    }

    @Test
    void writesHandedInTogetherAreCarriedOutInOrderInOneRound() {
        CompletableFuture<Outcome> answer =
                plane.loop().submit(List.of(configMap("a"), configMap("b"), configMap("a")));
        plane.loop().step(1);
        assertThat(plane.version(Kinds.CONFIG_MAP, "b").revision())
                .isEqualTo(plane.version(Kinds.CONFIG_MAP, "a").revision() + 1);
        assertThat(answer).as("that of the last").isCompletedWithValueMatching(last -> last instanceof Outcome.Exists);
    }

    @Test
    void writesGiveTheOutcomesOfTheApi() {
        Outcome created = plane.submit(configMap("a"));
        assertThat(created).isInstanceOf(Outcome.Stored.class);
        ObjectVersion stored = plane.version(Kinds.CONFIG_MAP, "a");
        assertThat(plane.submit(configMap("a"))).isInstanceOf(Outcome.Exists.class);

        ConfigMap changed = map("a", "default");
        changed.getMetadata().setUid(stored.object().getMetadata().getUid());
        changed.getData().put("k", "new");
        assertThat(plane.submit(new Write.Update(stored.key(), stored.revision() - 1, changed)))
                .isEqualTo(new Outcome.Conflict(stored));
        assertThat(plane.submit(new Write.Update(stored.key(), stored.revision(), changed)))
                .isInstanceOf(Outcome.Stored.class);
        assertThat(plane.submit(new Write.Update(plane.key(Kinds.CONFIG_MAP, "none"), 1, map("none", "default"))))
                .isInstanceOf(Outcome.Missing.class);

        ObjectKey key = plane.key(Kinds.CONFIG_MAP, "a");
        assertThat(plane.submit(new Write.Delete(key, new Deletion(null, null, "another", null))))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(plane.submit(new Write.Delete(key, new Deletion(null, null, null, 1L))))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(plane.delete(Kinds.CONFIG_MAP, "a", null)).isInstanceOf(Outcome.Removed.class);
        assertThat(plane.delete(Kinds.CONFIG_MAP, "a", null)).isInstanceOf(Outcome.Missing.class);
    }

    @Test
    void anUpdateThatSaysNothingNewIsNoNewVersion() {
        plane.submit(configMap("a"));
        ObjectVersion stored = plane.version(Kinds.CONFIG_MAP, "a");
        ConfigMap same = dev.jobctl.resource.value.Json.copy((ConfigMap) stored.object());
        assertThat(plane.submit(new Write.Update(stored.key(), stored.revision(), same)))
                .isEqualTo(new Outcome.Stored(stored));
        assertThat(plane.store().current().revision()).isEqualTo(stored.revision());
    }

    @Test
    void aMissingNamespaceRefusesWithTheApisWords() {
        Write write = plane.toCreate(Kinds.CONFIG_MAP, map("a", "nowhere"));
        assertThat(plane.submit(write)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.status().getCode()).isEqualTo(404);
            assertThat(refused.status().getMessage()).isEqualTo("namespaces \"nowhere\" not found");
        });
    }

    @Test
    void aTerminatingNamespaceRefusesWithTheApisWords() {
        plane.submit(plane.toCreate(
                Kinds.CONFIG_MAP,
                new ConfigMapBuilder(map("held", "default"))
                        .editMetadata()
                        .addToFinalizers("example.com/hold")
                        .endMetadata()
                        .build()));
        plane.delete(Kinds.NAMESPACE, "default", null);

        Outcome outcome = plane.create(VirtualPlane.job("pi").build());

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            Status status = refused.status();
            assertThat(status.getCode()).isEqualTo(403);
            assertThat(status.getMessage())
                    .isEqualTo("jobs.batch \"pi\" is forbidden: unable to create new content in namespace default"
                            + " because it is being terminated");
            assertThat(status.getDetails().getCauses().getFirst().getReason()).isEqualTo("NamespaceTerminating");
        });
        ConfigMap held = (ConfigMap) plane.version(Kinds.CONFIG_MAP, "held").object();
        assertThat(held.getMetadata().getDeletionTimestamp()).isNotNull();
        ConfigMap free = dev.jobctl.resource.value.Json.copy(held);
        free.getMetadata().setFinalizers(List.of());
        ObjectVersion version = plane.version(Kinds.CONFIG_MAP, "held");
        assertThat(plane.submit(new Write.Update(version.key(), version.revision(), free)))
                .isInstanceOf(Outcome.Removed.class);
        assertThat(plane.find(Kinds.NAMESPACE, "default")).isNull();
    }

    @Test
    void aCommitThatFailsIsAsIfTheRoundHadNotBeenAndControllersTryAgain() {
        long revision = plane.store().current().revision();
        plane.store().refuse(1);
        CompletableFuture<Outcome> answer = plane.loop()
                .submit(plane.toCreate(Kinds.JOB, VirtualPlane.job("pi").build()));
        assertThat(plane.loop().step(100)).isFalse();

        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow()).isInstanceOf(StoreError.class);
        assertThat(plane.complaints()).singleElement().asString().contains("commit failed");
        assertThat(plane.store().current().revision()).isEqualTo(revision);
        assertThat(plane.pods()).isEmpty();

        plane.create(VirtualPlane.job("pi").build());
        plane.store().refuse(2);
        plane.node().end(plane.active().getFirst().getMetadata().getUid(), 0);
        plane.loop().submit(report());
        plane.loop().step(100);
        plane.time().advance(Duration.ofSeconds(1));
        plane.loop().submit(report());
        plane.loop().step(100);
        assertThat(plane.complaints()).hasSize(2);
        plane.pass(Duration.ofSeconds(4));
        assertThat(plane.complaints()).isEmpty();
        assertThat(plane.conditions("pi")).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(plane.stored("pi").getStatus().getSucceeded()).isEqualTo(1);
    }

    private Write report() {
        return plane.node().look(plane.store().current(), plane.now()).getFirst();
    }

    /// Deletes and makes a condition over and over.
    private record Restless() implements Decider {
        @Override
        public String name() {
            return "restless";
        }

        @Override
        public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
            if (change.key().startsWith(Kinds.POD.keyPrefix())) {
                ask.accept(change.key());
            }
        }

        @Override
        public Decision decide(Ask ask, State state) {
            ObjectVersion pod = state.get(ask.key());
            if (pod == null) {
                return Decision.quiet();
            }
            var condition = new ConditionView("Mood", "True", "", "at " + pod.revision(), ask.now());
            return new Decision(List.of(new Change.SetPodCondition(pod.ref(), condition)), List.of(), null);
        }
    }

    @Test
    void aDeciderThatNeverGetsQuietIsStoppedAndReported() {
        List<String> lines = new ArrayList<>();
        List<Decider> deciders = new ArrayList<>(LoopOptions.standard().deciders());
        deciders.add(new Restless());
        Loop loop = new Loop(
                new MemoryStore<>(),
                Time.system(),
                Luck.seeded(1),
                new Log(lines::add, Log.Level.ERROR, Time.system(), "test"),
                LoopOptions.standard().withDeciders(deciders).withAnswersInARow(20));
        loop.submit(plane.toCreate(Kinds.NAMESPACE, VirtualPlane.namespace("default")));
        CompletableFuture<Outcome> job =
                loop.submit(plane.toCreate(Kinds.JOB, VirtualPlane.job("pi").build()));
        assertThat(loop.step(500)).isFalse();

        assertThat(job).isCompleted();
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("never gets quiet")
                .contains("decider=restless");
        assertThat(loop.nextWake()).isPresent();
    }

    /// Deletes every ConfigMap; trips over those called `trap` as soon as it sees them, and lacks a class for those
    /// called `gap`.
    private record Sweeper() implements Decider {
        @Override
        public String name() {
            return "sweeper";
        }

        @Override
        public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
            if (change.current() != null && change.key().startsWith(Kinds.CONFIG_MAP.keyPrefix())) {
                if (change.key().endsWith("gap")) {
                    throw new NoClassDefFoundError("trapped");
                }
                if (change.key().endsWith("trap")) {
                    throw new IllegalStateException("trapped");
                }
                ask.accept(change.key());
            }
        }

        @Override
        public Decision decide(Ask ask, State state) {
            ObjectVersion found = state.get(ask.key());
            return found == null
                    ? Decision.quiet()
                    : new Decision(
                            List.of(new Change.Delete(
                                    found.ref(), Deletion.now(found.ref().uid()))),
                            List.of(),
                            null);
        }
    }

    /// Trips once over each ConfigMap.
    private static final class Tripping implements Decider {
        private int asked;

        @Override
        public String name() {
            return "tripping";
        }

        @Override
        public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
            if (change.key().startsWith(Kinds.CONFIG_MAP.keyPrefix())) {
                ask.accept(change.key());
            }
        }

        @Override
        public Decision decide(Ask ask, State state) {
            asked += ask.held() ? 0 : 1;
            if (asked == 1 && !ask.held()) {
                throw new IllegalStateException("trapped");
            }
            return Decision.quiet();
        }
    }

    @Test
    void whoIsHeldWaitsNoLongerWhenTheClockIsSetBack() {
        VirtualTime time = new VirtualTime(VirtualPlane.START);
        Tripping tripping = new Tripping();
        LoopOptions options = LoopOptions.standard().withDeciders(List.of(tripping));
        Loop loop = new Loop(new MemoryStore<>(), time, Luck.seeded(1), Log.none(), options);
        loop.submit(plane.toCreate(Kinds.NAMESPACE, VirtualPlane.namespace("default")));
        loop.submit(configMap("a"));
        loop.step(10);
        assertThat(tripping.asked).isEqualTo(1);
        Duration wait = Duration.between(time.now(), loop.nextWake().orElseThrow());

        time.advance(Duration.ofHours(-1));
        loop.step(10);
        assertThat(tripping.asked).isEqualTo(1);
        assertThat(Duration.between(time.now(), loop.nextWake().orElseThrow())).isEqualTo(wait);

        time.advance(wait);
        loop.step(10);
        assertThat(tripping.asked).isEqualTo(2);
    }

    private Loop sweeping(List<String> lines) {
        Loop loop = new Loop(
                new MemoryStore<>(),
                Time.system(),
                Luck.seeded(1),
                new Log(lines::add, Log.Level.ERROR, Time.system(), "test"),
                LoopOptions.standard().withDeciders(List.of(new Sweeper())).withAnswersInARow(3));
        loop.submit(plane.toCreate(Kinds.NAMESPACE, VirtualPlane.namespace("default")));
        loop.step(10);
        return loop;
    }

    @Test
    void anAnswerThatEndsItsOwnKeyIsNotCountedAgainstTheNextObjectOfThatName() {
        List<String> lines = new ArrayList<>();
        Loop loop = sweeping(lines);
        for (int i = 0; i < 10; i++) {
            loop.submit(configMap("a"));
            loop.step(10);
            assertThat(loop.store()
                            .current()
                            .get(plane.key(Kinds.CONFIG_MAP, "a").path()))
                    .isNull();
        }
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trap", "gap"})
    void aDeciderThatFailsOnAChangeStopsNeitherTheRoundNorTheOthers(String name) {
        List<String> lines = new ArrayList<>();
        Loop loop = sweeping(lines);
        CompletableFuture<Outcome> trap = loop.submit(configMap(name));
        CompletableFuture<Outcome> other = loop.submit(configMap("a"));
        loop.step(10);
        assertThat(trap).isCompletedWithValueMatching(Outcome.Stored.class::isInstance);
        assertThat(other).isCompletedWithValueMatching(Outcome.Stored.class::isInstance);
        assertThat(loop.store().current().get(plane.key(Kinds.CONFIG_MAP, "a").path()))
                .isNull();
        assertThat(lines).singleElement().asString().contains("decider failed").contains("trapped");
    }

    @Test
    void aListenerWithoutOneOfItsClassesStopsNeitherTheLoopNorTheOthers() throws Exception {
        List<String> lines = new ArrayList<>();
        Loop loop = sweeping(lines);
        try (AutoCloseable first = loop.listen(changes -> {
            throw new NoClassDefFoundError("deaf");
        })) {
            loop.submit(configMap("a"));
            loop.step(10);
            assertThat(first).isNotNull();
        }
        assertThat(lines).singleElement().asString().contains("listener failed").contains("deaf");
    }

    @Test
    void aListenerThatFailsStopsNeitherTheLoopNorTheOthers() throws Exception {
        List<String> lines = new ArrayList<>();
        Loop loop = sweeping(lines);
        List<Integer> told = new ArrayList<>();
        try (AutoCloseable first = loop.listen(changes -> {
                    throw new IllegalStateException("deaf");
                });
                AutoCloseable second = loop.listen(changes -> told.add(changes.size()))) {
            loop.submit(configMap("a"));
            loop.step(10);
            assertThat(first).isNotSameAs(second);
        }
        assertThat(told).containsExactly(2);
        assertThat(lines).singleElement().asString().contains("listener failed").contains("deaf");
    }

    @Test
    void aListenerHearsOfChangesBeforeTheyAreStoredAndWhetherTheyAre() throws Exception {
        List<String> told = new ArrayList<>();
        var listener = new Loop.Listener() {
            @Override
            public void drafted(List<dev.jobctl.store.Change<ObjectVersion>> changes) {
                boolean stored = plane.store().current().get(changes.getFirst().key()) != null;
                told.add("drafted " + changes.size() + " stored " + stored);
            }

            @Override
            public void published(List<dev.jobctl.store.Change<ObjectVersion>> changes) {
                told.add("published " + changes.size());
            }

            @Override
            public void dropped() {
                told.add("dropped");
            }
        };
        try (AutoCloseable handle = plane.loop().listen(listener)) {
            plane.submit(configMap("a"));
            plane.store().refuse(1);
            plane.loop().submit(configMap("b"));
            plane.loop().step(10);
            assertThat(handle).isNotNull();
        }
        assertThat(told).containsExactly("drafted 1 stored false", "published 1", "drafted 1 stored false", "dropped");
    }

    @Test
    void anEventWhoseRemovalCouldNotBeStoredIsRemovedLater() {
        plane.submit(configMap("a"));
        EventDraft draft =
                EventDraft.normal(plane.version(Kinds.CONFIG_MAP, "a").ref(), "Seen", "hello", "test");
        plane.submit(new Write.RecordEvent(draft));
        plane.time().advance(Duration.ofHours(1));
        plane.store().refuse(1);
        plane.loop().step(10);
        assertThat(plane.complaints()).hasSize(1);
        assertThat(plane.events("a")).hasSize(1);
        plane.pass(Duration.ofSeconds(2));
        assertThat(plane.events("a")).isEmpty();
    }

    @Test
    void tooManyWaitingWritesAreRefusedAndAClosedLoopRefusesAll() {
        Loop loop = new Loop(
                new MemoryStore<>(),
                Time.system(),
                Luck.seeded(1),
                Log.none(),
                LoopOptions.standard().withWaitingWrites(2));
        CompletableFuture<Outcome> first = loop.submit(configMap("a"));
        loop.submit(configMap("b"));
        assertThat(loop.submit(configMap("c")).exceptionNow()).isInstanceOf(Overloaded.class);
        loop.close();
        assertThat(first.exceptionNow()).isInstanceOf(LoopClosed.class);
        assertThat(loop.submit(configMap("d")).exceptionNow()).isInstanceOf(LoopClosed.class);
    }

    @Test
    void eventsAreForgottenAnHourAfterTheirLastRepeat() {
        plane.submit(configMap("a"));
        EventDraft draft =
                EventDraft.normal(plane.version(Kinds.CONFIG_MAP, "a").ref(), "Seen", "hello", "test");
        plane.submit(new Write.RecordEvent(draft));
        plane.pass(Duration.ofMinutes(30));
        plane.submit(new Write.RecordEvent(draft));
        assertThat(plane.events("a")).containsExactly("Seen: hello x2");
        plane.pass(Duration.ofMinutes(59));
        assertThat(plane.events("a")).hasSize(1);
        plane.pass(Duration.ofMinutes(1));
        assertThat(plane.events("a")).isEmpty();
        plane.recover();
        plane.submit(new Write.RecordEvent(draft));
        assertThat(plane.events("a")).containsExactly("Seen: hello x1");
    }

    @Test
    void aThreadStepsTheLoopWhenWritesArriveAndWhenTimersAreDue() throws Exception {
        Loop loop = new Loop(
                new MemoryStore<>(),
                Time.system(),
                Luck.secure(),
                Log.none(),
                LoopOptions.standard().withEventTtl(Duration.ofSeconds(1)));
        CompletableFuture<Instant> expired = new CompletableFuture<>();
        loop.listen(changes -> changes.stream()
                .filter(change -> change.key().startsWith(Kinds.EVENT.keyPrefix()) && change.current() == null)
                .forEach(change -> expired.complete(Instant.MIN)));
        try (LoopThread thread = LoopThread.start(loop)) {
            assertThat(loop.submit(plane.toCreate(Kinds.NAMESPACE, VirtualPlane.namespace("default")))
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(Outcome.Stored.class);
            Entry<ObjectVersion> entry = loop.store().current().get("core/namespaces/default");
            assertThat(entry).isNotNull();
            ObjectVersion namespace = entry.value();
            loop.submit(new Write.RecordEvent(EventDraft.normal(namespace.ref(), "Seen", "hello", "test")))
                    .get(20, TimeUnit.SECONDS);
            assertThat(expired.get(20, TimeUnit.SECONDS)).isEqualTo(Instant.MIN);
            assertThat(thread).isNotNull();
        }
        assertThat(loop.submit(configMap("a")).exceptionNow()).isInstanceOf(LoopClosed.class);
    }
}
