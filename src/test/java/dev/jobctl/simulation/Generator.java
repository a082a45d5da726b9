package dev.jobctl.simulation;

import dev.jobctl.node.simulated.Act;
import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.simulation.Schedule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Draws a schedule from a seed. Most are small; one in sixteen is bigger.
final class Generator {
    private static final List<Integer> CODES = List.of(1, 1, 2, 3, 42, 137);

    private final SplittableRandom random;
    private final long seed;
    private final boolean big;
    private int jobs;
    private int nodes;

    private Generator(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        big = random.nextInt(16) == 0;
    }

    static Schedule draw(long seed) {
        return new Generator(seed).draw();
    }

    private Schedule draw() {
        jobs = chance(15) ? 2 : 1;
        nodes = random.nextInt(1, 4);
        List<JobPlan> plans = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            plans.add(plan(i));
        }
        List<Act> acts = new ArrayList<>();
        for (int i = random.nextInt(big ? 24 : 8); i > 0; i--) {
            acts.add(act());
        }
        List<Step> steps = new ArrayList<>();
        for (int i = random.nextInt(big ? 18 : 7); i > 0; i--) {
            steps.add(new Step(pause(), move()));
        }
        return new Schedule(seed, nodes, chance(20) ? random.nextInt(1, 4) : 110, plans, acts, steps);
    }

    // --- Jobs

    private JobPlan plan(int number) {
        SortedMap<String, String> words = new TreeMap<>();
        boolean indexed = chance(50);
        int most = big ? 20 : 6;
        if (indexed) {
            words.put("mode", "Indexed");
        }
        int completions = random.nextInt(indexed ? 0 : 1, most);
        if (indexed || chance(60)) {
            words.put("completions", Integer.toString(completions));
        }
        if (!words.containsKey("completions") || chance(80)) {
            words.put("parallelism", Integer.toString(random.nextInt(big ? 12 : 5)));
        }
        if (chance(60)) {
            words.put("backoffLimit", Integer.toString(random.nextInt(5)));
        }
        maybe(15, words, "deadline", random.nextInt(120));
        maybe(20, words, "ttl", random.nextInt(60));
        maybe(15, words, "suspend", 1);
        maybe(30, words, "grace", random.nextInt(40));
        maybe(5, words, "podDeadline", random.nextInt(1, 30));
        maybe(8, words, "twoContainers", 1);
        if (chance(10)) {
            words.put("init", chance(50) ? "sidecar" : "plain");
        }
        if (chance(15)) {
            words.put("manual", chance(50) ? "shared" : "own" + number);
        }
        if (chance(1)) {
            words.put("managedBy", "example.com/other");
        }
        if (chance(12)) {
            words.put("priority", chance(50) ? "high" : "low");
        }
        maybe(8, words, "cpu", random.nextInt(16, 65));
        failures(words, indexed && completions > 0, completions);
        if (indexed && completions > 0 && chance(25)) {
            words.put("success", successes(completions));
        }
        return new JobPlan("job-" + number, words);
    }

    private void failures(SortedMap<String, String> words, boolean indexed, int completions) {
        boolean perIndex = indexed && chance(40);
        if (perIndex) {
            words.put("perIndex", Integer.toString(random.nextInt(3)));
            maybe(50, words, "maxFailed", random.nextInt(completions + 1));
        }
        if (chance(25)) {
            List<String> rules = new ArrayList<>();
            List<String> actions = perIndex
                    ? List.of("FailJob", "Ignore", "Count", "FailIndex")
                    : List.of("FailJob", "Ignore", "Count");
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                String on = chance(40) ? JobPlan.DISRUPTION : Integer.toString(pick(CODES));
                rules.add(pick(actions) + ":" + on);
            }
            words.put("policy", String.join("|", rules));
        } else {
            maybe(20, words, "onFailure", 1);
            if (chance(50)) {
                words.put("replace", chance(60) ? "Failed" : "TerminatingOrFailed");
            }
        }
    }

    private String successes(int completions) {
        List<String> rules = new ArrayList<>();
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            int first = random.nextInt(completions);
            int last = random.nextInt(first, completions);
            String indexes = first == last ? Integer.toString(first) : first + "-" + last;
            switch (random.nextInt(3)) {
                case 0 -> rules.add(indexes + ":");
                case 1 -> rules.add(indexes + ":" + random.nextInt(1, last - first + 2));
                default -> rules.add(":" + random.nextInt(1, completions + 1));
            }
        }
        return String.join("|", rules);
    }

    private void maybe(int percent, SortedMap<String, String> words, String word, int value) {
        if (chance(percent)) {
            words.put(word, Integer.toString(value));
        }
    }

    // --- runs

    private Act act() {
        return switch (random.nextInt(20)) {
            case 0 -> new Act.Stuck();
            case 1 -> new Act.Broken("StartError", "cannot start");
            case 2 -> new Act.Delayed("ErrImagePull", "cannot pull");
            case 3 -> run(null, Act.Result.WELL);
            case 4 -> run(seconds(20), Act.Result.oom());
            case 5, 6, 7, 8, 9, 10 -> run(seconds(20), Act.Result.code(pick(CODES)));
            default -> run(seconds(40), Act.Result.WELL);
        };
    }

    private Act run(@org.jspecify.annotations.Nullable Duration runs, Act.Result result) {
        Duration startsAfter = chance(20) ? seconds(15) : Duration.ZERO;
        Duration stopsAfter = chance(70) ? Duration.ZERO : chance(50) ? seconds(60) : null;
        return new Act.Run(1, startsAfter, runs, result, stopsAfter, List.of());
    }

    // --- moves

    private Move move() {
        int job = random.nextInt(jobs);
        return switch (random.nextInt(51)) {
            case 0, 1, 2 -> new Move.Suspend(job);
            case 3, 4, 5 -> new Move.Resume(job);
            case 6, 7 -> new Move.Parallelism(job, random.nextInt(big ? 12 : 5));
            case 8, 9 -> new Move.Resize(job, random.nextInt(big ? 20 : 6));
            case 10 -> new Move.BackoffLimit(job, random.nextInt(5));
            case 11 -> new Move.Deadline(job, random.nextInt(90));
            case 12 -> new Move.Ttl(job, random.nextInt(60));
            case 13 -> new Move.Annotate(job);
            case 14 -> new Move.DeleteJob(job, pick(List.of(Propagation.values())));
            case 15 -> new Move.CreateAgain(job);
            case 16, 17, 18 -> new Move.DeletePod(some(), chance(60) ? null : random.nextInt(3));
            case 19 -> new Move.Unlabel(some());
            case 20 -> new Move.Label(some(), job);
            case 21 -> new Move.OrphanPod(job);
            case 22 -> new Move.PowerFails(some());
            case 23 -> new Move.CutOff(some());
            case 24 -> new Move.ComesBack(some());
            case 25 -> new Move.Reboot(some());
            case 26 -> new Move.Interrupt(some(), random.nextInt(30));
            case 27 -> new Move.LoseNode(some());
            case 28 -> new Move.AddNode();
            case 29 -> new Move.Crash();
            case 30, 31, 32 -> new Move.CrashAtCommit(random.nextInt(1, 6), chance(50));
            case 33, 34 -> new Move.RefuseCommits(random.nextInt(1, 4));
            case 35 -> new Move.Cordon(some());
            case 36 -> new Move.Uncordon(some());
            case 37, 38 -> new Move.Quota(random.nextInt(5));
            case 39 -> new Move.Unquota();
            case 40, 41 -> cron();
            case 42 -> new Move.DeleteCron(pick(List.of(Propagation.values())));
            case 43 -> new Move.DeleteNamespace();
            case 44, 45 -> new Move.Taint(some(), chance(50) ? "NoSchedule" : "NoExecute");
            case 46 -> new Move.Untaint(some());
            case 47, 48 -> new Move.Hold(some());
            case 49 -> new Move.Release(some());
            default -> new Move.Jump(chance(50) ? seconds(400) : seconds(100).negated());
        };
    }

    private Move cron() {
        SortedMap<String, String> words = new TreeMap<>();
        maybe(50, words, "backoffLimit", random.nextInt(4));
        maybe(30, words, "grace", random.nextInt(40));
        maybe(30, words, "parallelism", random.nextInt(1, 4));
        maybe(20, words, "deadline", random.nextInt(90));
        return new Move.Cron(
                new JobPlan("cron", words), pick(List.of("Allow", "Forbid", "Replace")), random.nextInt(3));
    }

    private int some() {
        return random.nextInt(16);
    }

    // --- luck

    private Duration pause() {
        return chance(25) ? Duration.ZERO : chance(80) ? seconds(25) : seconds(400);
    }

    /// Whole seconds mostly, as the API's times are; the rest shows what is cut off.
    private Duration seconds(int below) {
        Duration whole = Duration.ofSeconds(random.nextInt(below));
        return chance(25) ? whole.plusMillis(100L * random.nextInt(10)) : whole;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
