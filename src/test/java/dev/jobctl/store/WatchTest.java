package dev.jobctl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.store.Watch.Batch;
import dev.jobctl.store.Watch.Changes;
import dev.jobctl.store.Watch.Ended;
import dev.jobctl.store.Watch.Fell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a watch promises.
class WatchTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryStore<String> store = new MemoryStore<>(Snapshot.empty(), 5);

    private void put(String... keys) {
        Draft<String> draft = new Draft<>(store.current());
        for (String key : keys) {
            draft.put(key, revision -> key + "@" + revision);
        }
        store.commit(draft, () -> {});
    }

    private void delete(String key) {
        Draft<String> draft = new Draft<>(store.current());
        draft.delete(key);
        store.commit(draft, () -> {});
    }

    private static List<String> keys(Batch<String> batch) {
        return switch (batch) {
            case Changes<String>(List<Change<String>> changes, long upTo) ->
                changes.stream()
                        .map(change -> change.key() + "@" + change.revision())
                        .toList();
            case Fell<String>() -> List.of("fell");
            case Ended<String>() -> List.of("ended");
        };
    }

    private Watch<String> watch(String prefix, long after) {
        Watch<String> watch = store.watch(prefix, after);
        if (watch == null) {
            throw new AssertionError("gone: " + prefix + " after " + after);
        }
        return watch;
    }

    @Test
    void aWatchSeesEveryChangeOfItsPrefixOnceAndInOrder() throws InterruptedException {
        Watch<String> all = watch("", 0);
        Watch<String> pods = watch("pods/", 0);
        put("pods/a", "jobs/x", "pods/b");
        put("pods/a");
        delete("pods/b");

        assertThat(keys(pods.next(NOW))).containsExactly("pods/a@1", "pods/b@3", "pods/a@4", "pods/b@5");
        assertThat(keys(pods.next(NOW))).isEmpty();
        assertThat(keys(all.next(NOW))).hasSize(5);
        put("pods/c");
        assertThat(keys(pods.next(NOW))).containsExactly("pods/c@6");
    }

    @Test
    void aWatchFromTheMiddleGetsOnlyWhatIsLater() throws InterruptedException {
        put("a", "b", "c");
        assertThat(keys(watch("", 1).next(NOW))).containsExactly("b@2", "c@3");
    }

    @Test
    void aWatchFromTheFutureLeavesOlderChangesOut() throws InterruptedException {
        Watch<String> watch = watch("", 2);
        put("a", "b", "c");
        assertThat(keys(watch.next(NOW))).containsExactly("c@3");
    }

    @Test
    void aDeletionCarriesTheLastVersionAndItsOwnRevision() throws InterruptedException {
        put("a");
        delete("a");
        Batch<String> batch = watch("", 1).next(NOW);
        assertThat(batch).isInstanceOfSatisfying(Changes.class, changes -> {
            Change<?> change = (Change<?>) changes.changes().getFirst();
            assertThat(change.current()).isNull();
            assertThat(change.revision()).isEqualTo(2);
            assertThat(change.previous()).isEqualTo(new Entry<>("a", 1, 1, "a@1"));
        });
    }

    @Test
    void anEmptyBatchStillTellsHowFarItLooked() throws InterruptedException {
        Watch<String> pods = watch("pods/", 0);
        put("jobs/x", "jobs/y");
        assertThat(pods.next(NOW)).isEqualTo(new Changes<String>(List.of(), 2));
    }

    @Test
    void aReaderThatMissedAChangeOfItsPrefixHasFallen() throws InterruptedException {
        Watch<String> slow = watch("pods/", 0);
        put("pods/a", "b", "c", "d", "e", "f");
        assertThat(keys(slow.next(NOW))).containsExactly("fell");
        assertThat(store.retainedSince()).isEqualTo(1);
        assertThat(store.watch("pods/", 0))
                .as("a new watch below the retained range")
                .isNull();
        assertThat(keys(watch("", 1).next(NOW))).hasSize(5);
    }

    @Test
    void aReaderWhoseChangesAreAllThereHasNotFallenHoweverMuchElseHappened() throws InterruptedException {
        Watch<String> slow = watch("pods/", 0);
        put("a", "b", "c", "d", "e", "f", "g");
        put("pods/a");
        assertThat(keys(slow.next(NOW))).containsExactly("pods/a@8");
    }

    @Test
    void closingWakesAndEnds() throws Exception {
        Watch<String> watch = watch("", 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Batch<String>> waiting = threads.submit(() -> watch.next(LONG));
            watch.close();
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(new Ended<String>());
        }
        store.close();
        assertThat(keys(watch("", 0).next(LONG))).containsExactly("ended");
    }

    @Test
    void aThousandSleepersWakeForTheirOwnKeyOnly() throws Exception {
        MemoryStore<String> big = new MemoryStore<>();
        int count = 1_000;
        CountDownLatch woken = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Watch<String> watch = big.watch("k/" + i + "/", 0);
                assertThat(watch).isNotNull();
                answers.add(threads.submit(() -> {
                    List<String> seen = keys(watch.next(LONG));
                    woken.countDown();
                    return seen;
                }));
            }
            Draft<String> draft = new Draft<>(big.current());
            for (int i = 0; i < count; i++) {
                draft.put("k/" + i + "/x", revision -> "v");
            }
            big.commit(draft, () -> {});
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < count; i++) {
                assertThat(answers.get(i).get()).containsExactly("k/" + i + "/x@" + (i + 1));
            }
        }
    }

    @Test
    void readersBesideAWriterMissNothing() throws Exception {
        MemoryStore<String> busy = new MemoryStore<>();
        int commits = 2_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> readers = new ArrayList<>();
            for (int r = 0; r < 8; r++) {
                Watch<String> watch = busy.watch(r % 2 == 0 ? "" : "a", 0);
                assertThat(watch).isNotNull();
                readers.add(threads.submit(() -> {
                    List<Long> seen = new ArrayList<>();
                    while (seen.isEmpty() || seen.getLast() < commits) {
                        if (watch.next(LONG) instanceof Changes<String>(List<Change<String>> changes, long upTo)) {
                            changes.forEach(change -> seen.add(change.revision()));
                        } else {
                            return List.of();
                        }
                    }
                    return seen;
                }));
            }
            for (int i = 0; i < commits; i++) {
                Draft<String> draft = new Draft<>(busy.current());
                draft.put("a" + i % 7, revision -> "v");
                busy.commit(draft, () -> {});
            }
            for (Future<List<Long>> reader : readers) {
                List<Long> seen = reader.get(30, TimeUnit.SECONDS);
                assertThat(seen).hasSize(commits).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void groupsLeaveNothingBehind() {
        Watch<String> one = watch("pods/", 0);
        Watch<String> two = watch("pods/", 0);
        one.close();
        one.close();
        put("pods/a");
        two.close();
        put("pods/b");
        assertThat(store.current().revision()).isEqualTo(2);
    }
}
