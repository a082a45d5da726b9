package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random Jobs, pods and users against the Job controller alone: after every settling the status must be one that the
/// API would take, and the pods must be those that the Job may have.
class JobChaosTest {
    private static final int JOBS_PER_SEED = 30;
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noOrderOfEventsBreaksAnInvariant(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int job = 0; job < JOBS_PER_SEED; job++) {
            new Life(random.split(), "seed " + seed + " job " + job).live();
        }
    }

    /// One Job's life. Owned by one test.
    private static final class Life {
        private final SplittableRandom random;
        private final JobWorld world = new JobWorld();
        private final List<String> story = new ArrayList<>();
        private final boolean indexed;
        private JobStatusView before = JobStatusView.UNTOUCHED;

        Life(SplittableRandom random, String name) {
            this.random = random;
            this.indexed = random.nextBoolean();
            story.add(name);
            drawSpec();
        }

        private void drawSpec() {
            Map<String, String> words = world.jobWords;
            words.put("parallelism", Integer.toString(random.nextInt(5)));
            words.put("completions", !indexed && chance(25) ? "none" : Integer.toString(random.nextInt(1, 7)));
            words.put("backoffLimit", Integer.toString(random.nextInt(8)));
            words.put("mode", indexed ? "Indexed" : "NonIndexed");
            if (chance(20)) {
                words.put("suspend", "true");
            }
            if (chance(20)) {
                words.put("deadline", random.nextInt(300) + "s");
            }
            if (chance(25)) {
                words.put("replace", "Failed");
            }
            if (chance(25)) {
                words.put("policy", "FailJob:in:42|Ignore:cond:DisruptionTarget|Count:in:3");
            } else if (chance(20)) {
                words.put("restart", "OnFailure");
            }
            if (indexed && chance(40)) {
                words.put("perIndex", Integer.toString(random.nextInt(3)));
                words.put("maxFailedIndexes", chance(50) ? "none" : Integer.toString(random.nextInt(3)));
            }
            if (indexed && chance(25)) {
                words.put("success", chance(50) ? "0:1" : ":2");
            }
            story.add("job " + words);
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                happen();
                settle();
            }
            heal();
        }

        private void happen() {
            switch (random.nextInt(10)) {
                case 0 -> user();
                case 1 -> advance(random.nextInt(400));
                default -> pod();
            }
        }

        private void user() {
            switch (random.nextInt(4)) {
                case 0 -> set("suspend", chance(50) ? "true" : "false");
                case 1 -> set("parallelism", Integer.toString(random.nextInt(6)));
                case 2 -> set("backoffLimit", Integer.toString(random.nextInt(9)));
                default -> resize();
            }
        }

        private void resize() {
            if (indexed && !world.status.finished()) {
                String size = Integer.toString(random.nextInt(7));
                set("completions", size);
                set("parallelism", size);
            }
        }

        private void set(String key, String value) {
            story.add(key + "=" + value);
            world.jobWords.put(key, value);
        }

        private void advance(int seconds) {
            story.add("later " + seconds);
            world.now = world.now.plus(Duration.ofSeconds(seconds));
        }

        private void pod() {
            List<PodView> live =
                    world.podViews().stream().filter(pod -> !pod.terminal()).toList();
            if (live.isEmpty()) {
                advance(random.nextInt(60));
                return;
            }
            PodView pod = live.get(random.nextInt(live.size()));
            Map<String, String> words = world.pods.getOrDefault(pod.meta().name(), new HashMap<>());
            switch (random.nextInt(7)) {
                case 0, 1 -> words.put("state", "ready");
                case 2 -> words.putAll(Map.of("state", "succeeded", "at", Clock.print(world.now)));
                case 3 -> words.putAll(Map.of("state", "failed", "at", Clock.print(world.now)));
                case 4 -> words.putAll(Map.of("state", "failed", "exit", "42", "at", Clock.print(world.now)));
                case 5 ->
                    words.putAll(Map.of("state", "failed", "cond", "DisruptionTarget", "at", Clock.print(world.now)));
                default -> words.put("deleting", "true");
            }
            story.add(pod.meta().name() + " " + words);
            world.removeEnded();
        }

        private void settle() {
            try {
                world.settle();
            } catch (RuntimeException e) {
                throw new AssertionError(String.join("\n", story), e);
            }
            for (JobStatusView version : world.versions) {
                check(version, before);
                before = version;
            }
            checkPods();
        }

        /// Ends every pod well, lifts every suspension and waits: the Job must end, unless it wants no pods.
        private void heal() {
            set("suspend", "false");
            set("parallelism", "3");
            if (indexed && world.jobWords.getOrDefault("completions", "").equals("0")) {
                set("completions", "3");
            }
            for (int round = 0; round < 60 && !world.status.finished(); round++) {
                advance(400);
                for (PodView pod : world.podViews()) {
                    if (!pod.terminal()) {
                        world.pods
                                .getOrDefault(pod.meta().name(), new HashMap<>())
                                .putAll(Map.of("state", "succeeded", "at", Clock.print(world.now)));
                    }
                }
                world.removeEnded();
                settle();
            }
            fact(world.status.finished(), "it ends");
            fact(world.podViews().stream().noneMatch(PodView::tracked), "no finalizer is left");
        }

        private void check(JobStatusView now, JobStatusView old) {
            fact(!(now.has("Complete") && now.has("Failed")), "not complete and failed");
            fact(!(now.has("Complete") && now.has("FailureTarget")), "not complete with FailureTarget");
            fact(!(now.has("SuccessCriteriaMet") && now.has("FailureTarget")), "one interim condition");
            fact(!now.has("Complete") || old.has("SuccessCriteriaMet"), "SuccessCriteriaMet comes before Complete");
            fact(!now.has("Failed") || old.has("FailureTarget"), "FailureTarget comes before Failed");
            fact(!old.finished(), "a finished Job has no further version");
            fact(now.has("Complete") == (now.completionTime() != null), "completionTime for complete Jobs only");
            fact(number(now.ready()) <= now.active(), "no more ready than active");
            fact(now.failed() >= old.failed(), "failed never falls");
            fact(indexed || now.succeeded() >= old.succeeded(), "succeeded never falls");
            fact(!indexed || now.succeeded() == now.completedIndexes().size(), "succeeded counts indexes");
            if (now.finished()) {
                fact(now.active() == 0 && number(now.terminating()) == 0, "nothing runs when it is finished");
                boolean neverStarts =
                        "true".equals(world.jobWords.get("suspend")) && "0".equals(world.jobWords.get("completions"));
                fact(now.startTime() != null || neverStarts, "a finished Job had started");
                fact(now.uncounted() != null && now.uncounted().isEmpty(), "everything is counted in the end");
            }
            @Nullable IndexSet failedIndexes = now.failedIndexes();
            fact(
                    failedIndexes == null
                            || failedIndexes.intersect(now.completedIndexes()).isEmpty(),
                    "no index has both failed and succeeded");
        }

        private void checkPods() {
            JobView job = world.job();
            List<PodView> active =
                    world.podViews().stream().filter(PodView::active).toList();
            if (job.status().finished() || job.spec().suspended()) {
                fact(active.isEmpty(), "no active pods when finished or suspended");
                return;
            }
            @Nullable Integer completions = job.spec().completions();
            int most = completions == null
                    ? job.spec().parallelism()
                    : Math.min(
                            job.spec().parallelism(),
                            Math.max(0, completions - job.status().succeeded()));
            boolean queueWithSuccess = completions == null && job.status().succeeded() > 0;
            fact(queueWithSuccess || active.size() <= most, "no more active pods than wanted");
            fact(active.size() == job.status().active(), "status.active is the number of active pods");
            if (indexed) {
                IndexSet running =
                        IndexSet.of(active.stream().mapToInt(PodView::index).toArray());
                fact(running.size() == active.size(), "one active pod for an index");
                fact(running.intersect(job.status().completedIndexes()).isEmpty(), "no pod for a completed index");
            }
        }

        private void fact(boolean holds, String what) {
            if (!holds) {
                assertThat(holds)
                        .as(what + "\n" + String.join("\n", story) + "\n" + world.status)
                        .isTrue();
            }
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private static int number(@Nullable Integer count) {
            return count == null ? 0 : count;
        }
    }
}
