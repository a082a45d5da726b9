package dev.jobctl.simulate;

import dev.jobctl.node.simulated.Rules;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.std.Backoff;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a plain Job ends when everything goes as badly as it can, reckoned and not played: where all runs last equally
/// long its pods go in waves, so that a hundred thousand of them cost as much as ten. A test holds it to what playing
/// gives.
///
/// Plain: one Job alone in a world where it finds room at once and nobody does anything, one app container, no policy
/// for failures or success, not suspended. Of others nothing is said.
///
/// @param runs how long each run lasts
/// @param deadline activeDeadlineSeconds, null for none
/// @param perIndex backoffLimitPerIndex, null for none
/// @param maxFailedIndexes null for no bound
record Adversity(
        Duration runs,
        int completions,
        int parallelism,
        int backoffLimit,
        @Nullable Duration deadline,
        @Nullable Integer perIndex,
        @Nullable Integer maxFailedIndexes,
        boolean inPlace,
        Backoff podBackoff) {
    /// As the node restarts containers: at once, then so.
    private static final Backoff RESTART = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    /// A container that ran as long begins its restarts afresh.
    private static final Duration LONG_RUN = Duration.ofMinutes(10);

    /// What came of it.
    ///
    /// @param took until it had failed; null when it had not within the time there was
    record End(@Nullable Duration took, int pods) {}

    /// Empty for a Job that is not plain.
    static Optional<Adversity> of(Job job, Scenario scenario) {
        JobSpec spec = job.getSpec();
        int parallelism = or(spec.getParallelism(), 1);
        @Nullable Integer completions = spec.getCompletions();
        boolean plain = alone(scenario, parallelism)
                && parallelism > 0
                && (completions == null || completions > 0)
                && spec.getPodFailurePolicy() == null
                && spec.getSuccessPolicy() == null
                && spec.getManagedBy() == null
                && !Settled.isTrue(spec.getSuspend())
                && !Settled.isTrue(spec.getManualSelector())
                && plain(spec.getTemplate().getMetadata(), spec.getTemplate().getSpec());
        if (!plain) {
            return Optional.empty();
        }
        @Nullable Long seconds = spec.getActiveDeadlineSeconds();
        @Nullable Integer perIndex = spec.getBackoffLimitPerIndex();
        boolean inPlace = "OnFailure".equals(spec.getTemplate().getSpec().getRestartPolicy());
        Duration runs = WorstCases.latest(scenario).most();
        int all = completions != null ? completions : spec.getParallelism() == null ? 1 : Integer.MAX_VALUE;
        Adversity found = new Adversity(
                runs,
                all,
                Math.min(parallelism, all),
                or(spec.getBackoffLimit(), perIndex == null ? 6 : Integer.MAX_VALUE),
                seconds == null ? null : Duration.ofSeconds(Math.min(seconds, 1L << 40)),
                perIndex,
                spec.getMaxFailedIndexes(),
                inPlace,
                scenario.jobs().podBackoff());
        return runs.isPositive() && found.restartsAreKnown() ? Optional.of(found) : Optional.empty();
    }

    private static boolean alone(Scenario scenario, int parallelism) {
        return scenario.objects().size() == 1
                && scenario.actions().isEmpty()
                && parallelism <= (long) scenario.nodes() * scenario.capacity().pods();
    }

    private static boolean plain(@Nullable ObjectMeta meta, PodSpec spec) {
        boolean ruled = meta != null && Settled.map(meta.getAnnotations()).containsKey(Rules.ANNOTATION);
        return !ruled
                && spec.getContainers().size() == 1
                && Settled.list(spec.getInitContainers()).isEmpty()
                && isFree(spec.getContainers().getFirst().getResources())
                && isFree(spec.getResources())
                && Settled.list(spec.getContainers().getFirst().getPorts()).isEmpty()
                && spec.getAffinity() == null
                && spec.getActiveDeadlineSeconds() == null
                && spec.getSchedulerName() == null
                && spec.getPriorityClassName() == null
                && spec.getServiceAccountName() == null
                && spec.getRuntimeClassName() == null
                && Settled.map(spec.getNodeSelector()).isEmpty()
                && Settled.list(spec.getVolumes()).isEmpty()
                && Settled.list(spec.getSchedulingGates()).isEmpty()
                && Settled.list(spec.getTopologySpreadConstraints()).isEmpty();
    }

    private static boolean isFree(@Nullable ResourceRequirements resources) {
        return resources == null
                || Settled.map(resources.getRequests()).isEmpty()
                        && Settled.map(resources.getLimits()).isEmpty();
    }

    private static int or(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    /// In place, one container's restarts are reckoned here, and those of a wave that is too many at its first.
    private boolean restartsAreKnown() {
        return !inPlace || perIndex == null && runs.compareTo(LONG_RUN) < 0 && parallelism >= Math.max(1, backoffLimit);
    }

    /// Every run fails.
    End everyRunFails(Duration until) {
        if (inPlace) {
            return new Clock(until).passes(runs).failed(parallelism);
        }
        return perIndex == null ? wavesFail(until) : indexesFail(perIndex, until);
    }

    private End wavesFail(Duration until) {
        Clock clock = new Clock(until);
        int pods = 0;
        while (clock.goesOn()) {
            pods += parallelism;
            clock.passes(runs);
            if (pods > backoffLimit) {
                break;
            }
            clock.waits(podBackoff.after(pods));
        }
        return clock.failed(pods);
    }

    /// The lowest indexes come first and wait for themselves; while they do, no others take their places.
    private End indexesFail(int limit, Duration until) {
        Clock clock = new Clock(until);
        int pods = 0;
        int failedIndexes = 0;
        while (failedIndexes < completions && clock.goesOn()) {
            int wave = Math.min(parallelism, completions - failedIndexes);
            for (int failures = 1; clock.goesOn(); failures++) {
                pods += wave;
                clock.passes(runs);
                if (pods > backoffLimit) {
                    return clock.failed(pods);
                }
                if (failures > limit) {
                    break;
                }
                clock.waits(podBackoff.after(failures));
            }
            failedIndexes += wave;
            if (maxFailedIndexes != null && failedIndexes > maxFailedIndexes) {
                break;
            }
        }
        return clock.failed(pods);
    }

    /// All completions but the last are there, for which every run fails. Needs at least two.
    End theLastFails(Duration until) {
        Clock clock = new Clock(until);
        int waves = (completions - 1) / parallelism + 1;
        for (int i = 1; i < waves && clock.goesOn(); i++) {
            clock.passes(runs);
        }
        if (!clock.goesOn()) {
            return clock.failed((int) Math.min(completions, clock.begun(runs) * parallelism));
        }
        if (inPlace) {
            return clock.restarts();
        }
        // A failure that ends together with a success is not held against what comes after it.
        boolean alone = (completions - 1) % parallelism == 0;
        int before = alone || perIndex != null ? 0 : 1;
        int bears = perIndex == null ? backoffLimit : Math.min(perIndex, backoffLimit);
        int failures = 0;
        while (clock.goesOn()) {
            clock.passes(runs);
            failures++;
            if (failures > bears) {
                break;
            }
            clock.waits(podBackoff.after(failures - before));
        }
        return clock.failed(completions - 1 + failures);
    }

    /// No run ever ends; the deadline does it.
    End noRunEnds(Duration until) {
        Clock clock = new Clock(until);
        clock.passes(until.plusDays(1));
        return clock.failed(parallelism);
    }

    /// The time since the Job began, cut off by its deadline and by the time there is. Used by one reckoning.
    private final class Clock {
        private final Duration until;
        private Duration now = Duration.ZERO;
        private boolean over;

        Clock(Duration until) {
            this.until = until;
        }

        boolean goesOn() {
            return !over;
        }

        /// The last pod's container fails and is restarted until that was too often.
        End restarts() {
            for (int restarts = 1; goesOn(); restarts++) {
                passes(runs).passes(RESTART.after(restarts - 1));
                if (restarts >= backoffLimit) {
                    break;
                }
            }
            return failed(completions);
        }

        /// How many runs have begun, one after the other.
        long begun(Duration run) {
            return now.plus(run).minusNanos(1).dividedBy(run);
        }

        Clock passes(Duration time) {
            return to(now.plus(time));
        }

        /// From the end of a pod, which is told in whole seconds.
        void waits(Duration time) {
            Duration next = Duration.ofSeconds(now.toSeconds()).plus(time);
            if (next.compareTo(now) > 0) {
                to(next);
            }
        }

        private Clock to(Duration next) {
            Duration end = deadline != null && deadline.compareTo(until) < 0 ? deadline : until;
            over = over || next.compareTo(end) > 0 || (deadline != null && next.compareTo(end) >= 0);
            now = next.compareTo(end) > 0 ? end : next;
            return this;
        }

        /// Past the end of the time there is nothing has failed, unless the deadline lies before it.
        End failed(int pods) {
            boolean late = over && (deadline == null || deadline.compareTo(until) > 0);
            return new End(late ? null : now, pods);
        }
    }
}
