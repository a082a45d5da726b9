package dev.jobctl.simulation;

import dev.jobctl.loop.Decider;
import dev.jobctl.loop.LoopOptions;
import dev.jobctl.node.life.ContainerRole;
import dev.jobctl.node.simulated.Act;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.simulate.World;
import dev.jobctl.simulate.WorldOptions;
import dev.jobctl.simulation.Schedule.Step;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Runs one schedule: the Jobs, the steps, then everything heals and each Job must come to its end. Throws [Violation]
/// when an invariant does not hold on the way.
final class Player {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MAX_HEALING = 40;

    /// After a refused commit the loop asks again within this.
    private static final Duration MAX_RETRY = Duration.ofSeconds(61);

    private final Schedule schedule;
    private final LoopOptions options;
    private final World world;
    private final Books books;
    private final Hands hands;
    private final SplittableRandom random;
    private int started;

    private Player(Schedule schedule, List<Decider> deciders) {
        this.schedule = schedule;
        options = LoopOptions.standard().withDeciders(deciders);
        random = new SplittableRandom(schedule.seed() + 1);
        world = new World(WorldOptions.of(schedule.seed(), schedule.nodes(), this::act)
                .withPodsPerNode(schedule.podsPerNode())
                .withLoop(options)
                .withoutPodEvents());
        hands = new Hands(world, schedule.jobs());
        books = new Books(world.store(), schedule.seed(), world.now(), hands::deleted, hands::holds);
        world.listen(changes -> look());
    }

    static Tally play(Schedule schedule, List<Decider> deciders) {
        Player player = new Player(schedule, deciders);
        try {
            player.play();
            return player.tally();
        } catch (Violation e) {
            throw e.with(player.scene());
        } catch (RuntimeException e) {
            throw Violation.met(e).with(player.scene());
        } finally {
            player.world.close();
        }
    }

    private Tally tally() {
        return new Tally(1, schedule.steps().size(), world.commits(), books.changes(), books.pods());
    }

    private Act act(Behaviour.Start start) {
        if (start.container().role() == ContainerRole.SIDECAR) {
            return Act.forever();
        }
        int number = started++;
        return number < schedule.acts().size() ? schedule.acts().get(number) : Schedule.LATER;
    }

    private void play() {
        hands.priorities();
        for (int i = 0; i < schedule.jobs().size(); i++) {
            hands.create(i);
            settled();
        }
        for (Step step : schedule.steps()) {
            pass(step.after());
            hands.make(step.move());
            settled();
        }
        heal();
        finish();
    }

    private void pass(Duration duration) {
        Instant target = world.now().plus(duration);
        while (world.advance(target)) {
            settled();
        }
        world.passUntil(target);
        settled();
    }

    /// After each round.
    private void look() {
        books.round(world.now(), prompt(), roomy());
    }

    private boolean prompt() {
        return longAgo(hands.lastRefusal());
    }

    private boolean roomy() {
        return longAgo(hands.lastQuota());
    }

    private boolean longAgo(@Nullable Instant last) {
        return last == null || world.now().isAfter(last.plus(MAX_RETRY));
    }

    /// When nothing more happens at this instant.
    private void settled() {
        look();
        for (String complaint : world.complaints()) {
            Violation.unless(!complaint.contains(" ERROR "), "no bug is met", "%s", complaint);
        }
        if (prompt()) {
            books.settled(world.now());
        }
        if (prompt() && roomy() && random.nextInt(16) == 0) {
            Stillness.check(world.snapshot(), world.now(), options);
        }
    }

    // --- the end

    /// Whatever was broken works again, whoever waits is helped, until each Job has ended.
    private void heal() {
        for (int i = 0; i < MAX_HEALING; i++) {
            hands.heal(i > 0);
            settled();
            Instant limit = world.now().plus(PATIENCE);
            while (!allEnded() && world.advance(limit)) {
                settled();
            }
            if (allEnded()) {
                return;
            }
            world.passUntil(limit);
            settled();
        }
        throw Violation.of("it ends", "not within " + PATIENCE.multipliedBy(MAX_HEALING));
    }

    private boolean allEnded() {
        return hands.homely()
                && books.jobs().stream().allMatch(job -> JobFacts.finished(job) || JobFacts.managedElsewhere(job));
    }

    /// What is to go after the end goes.
    private void finish() {
        for (Job job : jobs()) {
            @Nullable Integer ttl = job.getSpec().getTtlSecondsAfterFinished();
            if (ttl != null && JobFacts.finished(job)) {
                pass(Duration.ofSeconds(ttl + 1L));
                if (world.find(World.key(Kinds.JOB, job.getMetadata().getName())) != null) {
                    pass(PATIENCE);
                }
                boolean there = jobs().stream()
                        .anyMatch(left -> left.getMetadata()
                                .getUid()
                                .equals(job.getMetadata().getUid()));
                Violation.unless(
                        !there,
                        "ttl deletes",
                        "%s is still there",
                        job.getMetadata().getName());
            }
        }
        for (Pod pod : pods()) {
            @Nullable String owner = PodFacts.owner(pod);
            boolean known = owner == null
                    || PodFacts.deleting(pod)
                    || jobs().stream()
                            .anyMatch(job -> job.getMetadata().getUid().equals(owner));
            Violation.unless(known, "dependants go with their owner", "%s", PodFacts.name(pod));
        }
        Stillness.check(world.snapshot(), world.now(), options);
        books.close();
    }

    /// For people: where it stood.
    private String scene() {
        List<String> lines = new ArrayList<>();
        lines.add("  at " + world.now() + ", " + world.commits() + " commits, " + world.crashes() + " crashes");
        for (Job job : jobs()) {
            lines.add("  " + job.getMetadata().getName() + " " + Json.tree(job.getStatus()));
        }
        for (Pod pod : pods()) {
            lines.add("  " + PodFacts.line(pod));
        }
        return String.join("\n", lines);
    }

    private List<Job> jobs() {
        return List.copyOf(books.jobs());
    }

    private List<Pod> pods() {
        return hands.pods();
    }
}
