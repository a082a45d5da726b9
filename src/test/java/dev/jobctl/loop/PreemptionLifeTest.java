package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Jobs that compete for nodes, through loop, admission, scheduler and a simulated node together.
class PreemptionLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    PreemptionLifeTest() {
        plane.delete(Kinds.NODE, "local", null);
        priority("low", 1);
        priority("high", 1000);
    }

    private void priority(String name, int value) {
        plane.create(
                Kinds.PRIORITY_CLASS,
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(value)
                        .build());
    }

    private void node(String name, String cpu) {
        Node node = (Node) VirtualPlane.readyNode(name);
        plane.create(
                Kinds.NODE,
                new NodeBuilder(node)
                        .editStatus()
                        .addToAllocatable("cpu", new Quantity(cpu))
                        .endStatus()
                        .build());
    }

    private static Job job(String name, String priority, int parallelism, String cpu) {
        return VirtualPlane.job(name)
                .editSpec()
                .withParallelism(parallelism)
                .withCompletions(parallelism)
                .editTemplate()
                .editSpec()
                .withPriorityClassName(priority)
                .editFirstContainer()
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private List<Pod> pods(String job) {
        return plane.pods().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith(job + "-"))
                .toList();
    }

    private static List<String> nodes(List<Pod> pods) {
        return pods.stream()
                .map(pod -> String.valueOf(pod.getSpec().getNodeName()))
                .sorted()
                .toList();
    }

    @Test
    void aPodOfHigherPriorityTakesThePlaceOfALowerOne() {
        node("n1", "1");
        plane.create(job("low", "low", 1, "1"));
        Pod victim = pods("low").getFirst();
        assertThat(victim.getSpec().getNodeName()).isEqualTo("n1");

        plane.create(job("high", "high", 1, "1"));

        Pod winner = pods("high").getFirst();
        assertThat(winner.getSpec().getNodeName()).isEqualTo("n1");
        assertThat(winner.getStatus().getPhase()).isEqualTo("Running");
        assertThat(plane.events(winner.getMetadata().getName()))
                .containsExactly(
                        "FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu. x1",
                        "Scheduled: Successfully assigned default/"
                                + winner.getMetadata().getName() + " to n1 x1");
        assertThat(plane.events(victim.getMetadata().getName()))
                .contains("Preempted: Preempted by pod " + winner.getMetadata().getUid() + " on node n1 x1");
        assertThat(plane.stored("low").getStatus().getFailed()).isEqualTo(1);

        plane.pass(Duration.ofSeconds(10));
        Pod replacement = pods("low").getLast();
        assertThat(replacement.getMetadata().getUid())
                .isNotEqualTo(victim.getMetadata().getUid());
        assertThat(replacement.getSpec().getNodeName()).isNull();
        PodCondition why = replacement.getStatus().getConditions().getFirst();
        assertThat(why.getReason()).isEqualTo("Unschedulable");
        assertThat(why.getMessage())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available:"
                        + " 1 No preemption victims found for incoming pod.");

        plane.ends(winner, 0);
        assertThat(plane.conditions("high")).contains("Complete=True(CompletionsReached)");
        assertThat(nodes(plane.active())).containsExactly("n1");
    }

    /// Rule SCH-025: the condition is there while the victim ends.
    @Test
    void theVictimOfAJobThatIgnoresDisruptionIsNotAFailure() {
        node("n1", "1");
        Job low = job("low", "low", 1, "1");
        low.getSpec()
                .setPodFailurePolicy(new io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder()
                        .addNewRule()
                        .withAction("Ignore")
                        .addNewOnPodCondition()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .endOnPodCondition()
                        .endRule()
                        .build());
        plane.create(low);
        plane.create(job("high", "high", 1, "1"));
        assertThat(nodes(pods("high"))).containsExactly("n1");
        assertThat(plane.stored("low").getStatus().getFailed()).isNull();
    }

    @Test
    void podsAreSpreadOverTheNodesAndTheRestWaits() {
        node("n1", "2");
        node("n2", "2");
        node("n3", "1");
        plane.create(job("pi", "low", 7, "1"));
        Map<String, Long> places =
                nodes(plane.active()).stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(places).isEqualTo(Map.of("n1", 2L, "n2", 2L, "n3", 1L, "null", 2L));
        plane.ends(plane.active().getFirst(), 0);
        assertThat(nodes(plane.active())).filteredOn("null"::equals).hasSize(1);
    }

    @Test
    void whatTheIndexKnowsOfANodeIsWhatACountGives() {
        node("n1", "4");
        plane.create(job("a", "low", 4, "1"));
        plane.ends(plane.active().getFirst(), 1);
        plane.ends(plane.active().getFirst(), 0);
        plane.create(job("b", "high", 3, "1"));
        plane.pass(Duration.ofMinutes(1));
        plane.recover();
        // After a restart everything is counted anew: nothing more fits, nothing that fits waits.
        assertThat(nodes(plane.active())).filteredOn("n1"::equals).hasSize(4);
    }
}
