package dev.jobctl.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.simulated.Act;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Loop, controllers and simulated nodes together.
class WorldTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private static World world(Behaviour behaviour) {
        return new World(WorldOptions.of(7, 3, behaviour));
    }

    @Test
    void aPodRunsAsOnARealNode() {
        World world = world(Behaviour.always(Act.ends(TWO_SECONDS, 0)));
        world.create(Kinds.JOB, Jobs.job("pi").build());
        Pod running = Jobs.pods(world).getFirst();
        assertThat(running.getStatus().getPhase()).isEqualTo("Running");
        assertThat(running.getStatus().getHostIP()).isEqualTo("10.0.0.1");

        world.pass(TWO_SECONDS);

        Pod ended = Jobs.pods(world).getFirst();
        assertThat(ended.getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(ended.getStatus().getConditions())
                .extracting(c -> c.getType() + "=" + c.getStatus())
                .containsExactly(
                        "PodReadyToStartContainers=False",
                        "Initialized=True",
                        "Ready=False",
                        "ContainersReady=False",
                        "PodScheduled=True");
        assertThat(Jobs.events(world, ended.getMetadata().getName()))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("Scheduled", "Pulled", "Created", "Started");
        assertThat(Jobs.conditions(world, "pi"))
                .containsExactly("SuccessCriteriaMet=True(CompletionsReached)", "Complete=True(CompletionsReached)");
        assertThat(world.complaints()).isEmpty();
    }

    @Test
    void aContainerThatFailsIsRestartedInPlaceWithBackoff() {
        World world = world(Behaviour.always(Act.ends(Duration.ofSeconds(1), 3)));
        world.create(
                Kinds.JOB,
                Jobs.job("pi")
                        .editSpec()
                        .withBackoffLimit(3)
                        .editTemplate()
                        .editSpec()
                        .withRestartPolicy("OnFailure")
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());

        // Runs at 0, 1, 12, 33 s: at once, after 10 s, after 20 s.
        world.pass(Duration.ofSeconds(32));
        assertThat(Jobs.pods(world)
                        .getFirst()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getRestartCount())
                .isEqualTo(2);
        world.pass(Duration.ofSeconds(30));

        assertThat(Jobs.conditions(world, "pi")).last().isEqualTo("Failed=True(BackoffLimitExceeded)");
    }

    @Test
    void onePodPerIndexOverSeveralNodes() {
        World world = new World(WorldOptions.of(7, 3, Behaviour.always(Act.ends(TWO_SECONDS, 0)))
                .withPodsPerNode(2));
        world.create(Kinds.JOB, Jobs.indexed("ix", 6, 6).build());
        assertThat(Jobs.pods(world))
                .extracting(pod -> pod.getSpec().getNodeName())
                .hasSize(6)
                .containsOnly("node-1", "node-2", "node-3");

        world.pass(TWO_SECONDS);

        assertThat(Jobs.stored(world, "ix").getStatus().getCompletedIndexes()).isEqualTo("0-5");
        assertThat(world.nodes())
                .allSatisfy(node -> assertThat(node.everStarted()).isEqualTo(2));
    }

    @Test
    void aPodThatIgnoresSigtermIsKilledWhenItsGraceEnds() {
        Act stubborn = new Act.Run(1, Duration.ZERO, null, Act.Result.WELL, null, List.of());
        World world = world(Behaviour.always(stubborn));
        world.create(Kinds.JOB, Jobs.job("pi").build());

        world.change(World.key(Kinds.JOB, "pi"), Job.class, job -> job.getSpec().setSuspend(true));
        world.pass(Duration.ofSeconds(29));
        assertThat(Jobs.pods(world)).hasSize(1);
        world.pass(Duration.ofSeconds(1));

        assertThat(Jobs.pods(world)).isEmpty();
        assertThat(Jobs.conditions(world, "pi")).containsExactly("Suspended=True(JobSuspended)");
    }

    @Test
    void aRebootFailsThePodsOfTheNodeAndTheJobReplacesThem() {
        World world = world(Behaviour.always(Act.ends(Duration.ofMinutes(1), 0)));
        world.create(Kinds.JOB, Jobs.job("pi").build());
        world.pass(Duration.ofSeconds(10));

        world.reboot(Jobs.pods(world).getFirst().getSpec().getNodeName());

        assertThat(Jobs.pods(world)
                        .getFirst()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getReason())
                .isEqualTo("ContainerStatusUnknown");
        world.pass(Duration.ofSeconds(70));
        assertThat(Jobs.conditions(world, "pi")).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(Jobs.stored(world, "pi").getStatus().getFailed()).isEqualTo(1);
    }

    @Test
    void aLostNodesPodIsGivenUpAfterFiveMinutesAndItsNodeSaysSoWhenItIsBack() {
        World world = world(Behaviour.always(Act.ends(Duration.ofMinutes(30), 0)));
        world.create(Kinds.JOB, Jobs.indexed("ix", 1, 1).build());
        String lost = Jobs.pods(world).getFirst().getSpec().getNodeName();
        world.pass(Duration.ofMinutes(1));

        world.powerFails(lost);
        world.pass(Duration.ofSeconds(349));
        assertThat(Jobs.pods(world)).hasSize(1);
        world.pass(Duration.ofSeconds(1));

        assertThat(Jobs.pods(world)).hasSize(2);
        assertThat(Jobs.stored(world, "ix").getStatus().getTerminating()).isEqualTo(1);
        world.comesBack(lost);
        assertThat(Jobs.pods(world)).hasSize(1);
        assertThat(Jobs.pods(world).getFirst().getSpec().getNodeName()).isNotEqualTo(lost);
        assertThat(Jobs.stored(world, "ix").getStatus().getFailed()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasOnlyCutOffReportsWhatItsPodsDidMeanwhile() {
        World world = world(Behaviour.always(Act.ends(Duration.ofMinutes(3), 0)));
        world.create(Kinds.JOB, Jobs.job("pi").build());
        String node = Jobs.pods(world).getFirst().getSpec().getNodeName();

        world.cutOff(node);
        world.pass(Duration.ofMinutes(4));
        assertThat(Jobs.pods(world).getFirst().getStatus().getPhase()).isEqualTo("Running");
        world.comesBack(node);

        assertThat(Jobs.conditions(world, "pi")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void aPodIsReadyAgainWhenItsNodeIsBack() {
        World world = world(Behaviour.always(Act.forever()));
        world.create(Kinds.JOB, Jobs.job("pi").build());
        String node = Jobs.pods(world).getFirst().getSpec().getNodeName();

        world.cutOff(node);
        world.pass(Duration.ofMinutes(2));
        assertThat(Jobs.stored(world, "pi").getStatus().getReady()).isZero();
        world.comesBack(node);

        assertThat(Jobs.stored(world, "pi").getStatus().getReady()).isEqualTo(1);
    }

    @Test
    void aPodEndsWhenATestSaysSo() {
        World world = world(Behaviour.always(Act.forever()));
        world.create(Kinds.JOB, Jobs.job("pi").build());

        world.endPod(Jobs.pods(world).getFirst(), 0);

        assertThat(Jobs.conditions(world, "pi")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void aCrashAtAnyCommitLosesAndDoublesNothing() {
        int n = 1;
        while (crashedAt(n, false)) {
            assertThat(crashedAt(n, true)).isTrue();
            n++;
        }
        assertThat(n).as("commits of an undisturbed life").isGreaterThan(5);
    }

    /// Whether the Job lived long enough for an n-th commit.
    private static boolean crashedAt(int n, boolean afterItIsDurable) {
        Set<String> failedOnce = new HashSet<>();
        Behaviour behaviour = start -> {
            String index = start.pod().getMetadata().getLabels().get("batch.kubernetes.io/job-completion-index");
            return Act.ends(TWO_SECONDS, "1".equals(index) && failedOnce.add(index) ? 1 : 0);
        };
        World world = new World(WorldOptions.of(n, 2, behaviour));
        world.crashAt(n, afterItIsDurable);
        Job job = Jobs.indexed("ix", 3, 2)
                .editSpec()
                .withBackoffLimit(3)
                .endSpec()
                .build();
        if (world.create(Kinds.JOB, job).isEmpty() && world.find(World.key(Kinds.JOB, "ix")) == null) {
            world.create(Kinds.JOB, job); // its caller never heard that it was stored
        }
        world.pass(Duration.ofMinutes(10));

        ObjectVersion stored = world.find(World.key(Kinds.JOB, "ix"));
        assertThat(stored).as("n=%s", n).isNotNull();
        Job end = Jobs.stored(world, "ix");
        assertThat(end.getStatus().getSucceeded()).as("n=%s", n).isEqualTo(3);
        assertThat(end.getStatus().getFailed()).as("n=%s", n).isEqualTo(1);
        assertThat(world.nodes().stream().mapToInt(node -> node.everStarted()).sum())
                .as("n=%s", n)
                .isEqualTo(4);
        assertThat(Jobs.pods(world))
                .allSatisfy(pod -> assertThat(pod.getMetadata().getFinalizers()).isEmpty());
        return world.crashes() > 0;
    }
}
