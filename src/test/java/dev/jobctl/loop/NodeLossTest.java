package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import dev.jobctl.simulate.CrashingStore;
import dev.jobctl.store.MemoryStore;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Nodes that fail in the middle of a Job, through loop, controllers, scheduler and several simulated nodes together.
/// Long because each way in which a node can fail and come back has its story here.
class NodeLossTest {
    private final VirtualPlane plane = VirtualPlane.distant("n1", "n2", "n3");

    private static JobBuilder indexed(int completions) {
        return VirtualPlane.job("ix")
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(completions)
                .withParallelism(completions)
                .endSpec();
    }

    private static void minutes(VirtualPlane plane, int minutes) {
        plane.pass(Duration.ofMinutes(minutes));
    }

    private List<Pod> on(String node) {
        return plane.pods().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .toList();
    }

    private Node node(String name) {
        return (Node) plane.version(Kinds.NODE, name).object();
    }

    private void change(String name, Consumer<Node> edit) {
        change(plane, name, edit);
    }

    private static void change(VirtualPlane plane, String name, Consumer<Node> edit) {
        ObjectVersion version = plane.version(Kinds.NODE, name);
        Node next = dev.jobctl.resource.value.Json.copy((Node) version.object());
        edit.accept(next);
        plane.submit(new Write.Update(version.key(), version.revision(), next));
    }

    private List<String> taints(String name) {
        return node(name).getSpec() == null
                ? List.of()
                : node(name).getSpec().getTaints().stream()
                        .map(taint -> taint.getKey() + ":" + taint.getEffect())
                        .toList();
    }

    private static String ready(Node node) {
        return node.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("Ready"))
                .map(each -> each.getStatus() + "/" + each.getReason())
                .findFirst()
                .orElse("");
    }

    private static String disruption(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals("DisruptionTarget"))
                .map(PodCondition::getReason)
                .findFirst()
                .orElse("none");
    }

    private JobStatus status() {
        return plane.stored("ix").getStatus();
    }

    private void endAll(int exitCode) {
        plane.active().forEach(pod -> plane.ends(pod, exitCode));
    }

    @Test
    void nodesThatReportStayReadyForHours() {
        minutes(plane, 180);

        assertThat(ready(node("n1"))).startsWith("True/");
        assertThat(taints("n1")).isEmpty();
    }

    @Test
    void aSilentNodeIsUnknownAndTaintedAfterItsGraceAndReadyAgainWhenItReports() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        assertThat(status().getReady()).isEqualTo(3);
        plane.lose("n1");

        plane.pass(Duration.ofSeconds(49));
        assertThat(ready(node("n1"))).startsWith("True/");
        plane.pass(Duration.ofSeconds(1));

        assertThat(ready(node("n1"))).isEqualTo("Unknown/NodeStatusUnknown");
        assertThat(taints("n1"))
                .containsExactly(
                        "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute");
        assertThat(plane.events("n1")).contains("NodeNotReady: Node n1 status is now: NodeNotReady x1");
        assertThat(plane.events(on("n1").getFirst().getMetadata().getName()))
                .contains("NodeNotReady: Node is not ready x1");
        assertThat(status().getReady())
                .as("pods of the lost node are not ready")
                .isEqualTo(2);
        assertThat(status().getActive()).as("but count as active").isEqualTo(3);

        plane.comesBack("n1");
        assertThat(taints("n1")).isEmpty();
        assertThat(status().getReady()).isEqualTo(3);

        minutes(plane, 30);
        assertThat(plane.pods()).as("nobody was driven away").hasSize(3);
    }

    @Test
    void aPodThatMayStayAfterAllIsTold() {
        plane.create(indexed(3).build());
        String pod = on("n1").getFirst().getMetadata().getName();
        plane.lose("n1");
        minutes(plane, 1);
        assertThat(plane.events(pod)).noneMatch(event -> event.contains("Cancelling"));

        plane.comesBack("n1");
        minutes(plane, 1);

        assertThat(plane.events(pod))
                .contains("TaintManagerEviction: Cancelling deletion of Pod default/" + pod + " x1");
    }

    @Test
    void soIsOneThatGoesBeforeItMust() {
        plane.create(indexed(3).build());
        String pod = on("n1").getFirst().getMetadata().getName();
        plane.lose("n1");
        minutes(plane, 1);

        plane.submit(new Write.Delete(plane.key(Kinds.POD, pod), new Deletion(0L, null, null, null)));

        assertThat(plane.find(Kinds.POD, pod)).isNull();
        assertThat(plane.events(pod))
                .contains("TaintManagerEviction: Cancelling deletion of Pod default/" + pod + " x1");
    }

    @Test
    void podsOfALostNodeAreReplacedElsewhereWhenTheirTolerationEnds() {
        plane.create(indexed(3).build());
        plane.lose("n1");
        String lost = on("n1").getFirst().getMetadata().getName();

        plane.pass(Duration.ofSeconds(50 + 299));
        assertThat(plane.pods()).hasSize(3);
        plane.pass(Duration.ofSeconds(1));

        assertThat(plane.pods()).hasSize(4);
        Pod old = (Pod) plane.version(Kinds.POD, lost).object();
        assertThat(old.getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(disruption(old)).isEqualTo("DeletionByTaintManager");
        assertThat(plane.events(lost))
                .contains("TaintManagerEviction: Marking for deletion Pod default/" + lost + " x1");
        assertThat(plane.active())
                .hasSize(3)
                .noneMatch(pod -> "n1".equals(pod.getSpec().getNodeName()));
        assertThat(status().getTerminating()).isEqualTo(1);

        endAll(0);
        assertThat(status().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(status().getSucceeded()).isEqualTo(3);
        assertThat(plane.conditions("ix"))
                .as("a Job is not finished before its last pod has ended")
                .last()
                .isEqualTo("SuccessCriteriaMet=True(CompletionsReached)");

        plane.comesBack("n1");
        assertThat(plane.conditions("ix")).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(status().getSucceeded()).isEqualTo(3);
        assertThat(plane.find(Kinds.POD, lost)).as("let go by the node").isNull();
    }

    @Test
    void patienceWithALostNodeGoesOnWhereItIsNotReadyFirstAndThenSilent() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        change("n1", node -> node.getStatus().getConditions().getFirst().setStatus("False"));
        assertThat(taints("n1")).contains("node.kubernetes.io/not-ready:NoExecute");

        plane.pass(Duration.ofSeconds(50));
        assertThat(taints("n1"))
                .containsExactly(
                        "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute");
        plane.pass(Duration.ofSeconds(249));
        assertThat(plane.pods()).hasSize(3);
        plane.pass(Duration.ofSeconds(1));
        assertThat(plane.pods()).as("300 s after it was not ready").hasSize(4);
    }

    @Test
    void aPodThatWasCountedAsFailedIsNotCountedAgainWhenItEndedWellAfterAll() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        Pod lost = on("n1").getFirst();
        plane.node().end(lost.getMetadata().getUid(), 0);
        minutes(plane, 6);
        assertThat(plane.pods()).hasSize(4);
        assertThat(status().getFailed()).isEqualTo(1);

        plane.comesBack("n1");
        assertThat(status().getSucceeded()).isNull();
        endAll(0);

        assertThat(status().getFailed()).isEqualTo(1);

        assertThat(status().getSucceeded()).isEqualTo(3);
        assertThat(status().getCompletedIndexes()).isEqualTo("0-2");
        assertThat(plane.conditions("ix")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void ignoredDisruptionsDoNotCountAgainstTheBackoffLimit() {
        plane.create(indexed(3)
                .editSpec()
                .withBackoffLimit(0)
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .endSpec()
                .build());
        minutes(plane, 1);
        plane.lose("n1");
        minutes(plane, 6);

        // With a podFailurePolicy the replacement waits for the end of the pod.
        assertThat(plane.pods()).hasSize(3);
        assertThat(status().getTerminating()).isEqualTo(1);
        plane.comesBack("n1");

        assertThat(status().getFailed()).isNull();
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active()).hasSize(3);
        endAll(0);
        assertThat(plane.conditions("ix")).last().isEqualTo("Complete=True(CompletionsReached)");
    }

    @Test
    void withoutAPolicyADisruptionIsAFailure() {
        plane.create(indexed(3)
                .editSpec()
                .withBackoffLimit(0)
                .withPodReplacementPolicy("Failed")
                .endSpec()
                .build());
        minutes(plane, 1);
        plane.lose("n1");
        minutes(plane, 6);
        assertThat(plane.active()).hasSize(2);

        plane.comesBack("n1");

        assertThat(plane.conditions("ix")).contains("Failed=True(BackoffLimitExceeded)");
        assertThat(status().getFailed()).isEqualTo(3);
    }

    @Test
    void aDeletedNodesPodsFailAfterTheQuarantineAndAreReplaced() {
        plane.create(indexed(3)
                .editSpec()
                .withPodReplacementPolicy("Failed")
                .endSpec()
                .build());
        minutes(plane, 1);
        plane.lose("n1");
        String lost = on("n1").getFirst().getMetadata().getName();
        plane.delete(Kinds.NODE, "n1", null);

        plane.pass(Duration.ofSeconds(39));
        assertThat(plane.active()).hasSize(3);
        plane.pass(Duration.ofSeconds(1));

        assertThat(plane.find(Kinds.POD, lost))
                .as("deleted by force once counted")
                .isNull();
        assertThat(status().getFailed()).isEqualTo(1);
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active())
                .hasSize(3)
                .noneMatch(pod -> "n1".equals(pod.getSpec().getNodeName()));
        endAll(0);
        assertThat(status().getSucceeded()).isEqualTo(3);
        assertThat(status().getFailed()).isEqualTo(1);
    }

    @Test
    void aDeletedNodesPodsAreForgivenByAPolicyThatIgnoresDisruptions() {
        plane.create(indexed(3)
                .editSpec()
                .withBackoffLimit(0)
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .endSpec()
                .build());
        minutes(plane, 1);
        plane.lose("n1");
        plane.delete(Kinds.NODE, "n1", null);
        minutes(plane, 1);

        assertThat(plane.active()).hasSize(3);
        assertThat(status().getFailed()).isNull();
    }

    @Test
    void aNodeThatComesBackWithinTheQuarantineKeepsItsPods() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        Node before = node("n1");
        plane.delete(Kinds.NODE, "n1", null);
        plane.pass(Duration.ofSeconds(30));
        plane.create(Kinds.NODE, before);
        minutes(plane, 10);

        assertThat(plane.pods()).hasSize(3);
        assertThat(status().getFailed()).isNull();
    }

    @Test
    void aRebootedNodesContainersAreGoneAndTheirPodsReplaced() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        plane.pass(Duration.ofSeconds(20));
        plane.reboots("n1");

        assertThat(ready(node("n1"))).as("back before anybody missed it").startsWith("True/");
        assertThat(status().getFailed()).isEqualTo(1);
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active()).hasSize(3);
        endAll(0);
        assertThat(status().getSucceeded()).isEqualTo(3);
    }

    @Test
    void aNodeThatRebootsAfterItsPodsWereEvictedLetsThemGo() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        minutes(plane, 6);
        plane.reboots("n1");

        assertThat(plane.pods()).hasSize(3);
        assertThat(status().getTerminating()).isEqualTo(0);
        assertThat(status().getFailed()).isEqualTo(1);
    }

    @Test
    void anOutOfServiceNodesTerminatingPodsFailAtOnce() {
        plane.create(indexed(3)
                .editSpec()
                .withPodReplacementPolicy("Failed")
                .endSpec()
                .build());
        minutes(plane, 1);
        plane.lose("n1");
        minutes(plane, 6);
        assertThat(plane.active()).hasSize(2);

        change("n1", node -> {
            List<Taint> taints = new ArrayList<>(node.getSpec().getTaints());
            taints.add(new TaintBuilder()
                    .withKey("node.kubernetes.io/out-of-service")
                    .withValue("nodeshutdown")
                    .withEffect("NoExecute")
                    .build());
            node.getSpec().setTaints(taints);
        });

        assertThat(on("n1")).isEmpty();
        assertThat(status().getFailed()).isEqualTo(1);
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active()).hasSize(3);
    }

    @Test
    void patienceWithATaintBeginsWhenItIsSeenWhateverItsTime() {
        for (String added : new String[] {null, "2025-01-01T00:00:00Z", "2030-01-01T00:00:00Z"}) {
            patience(VirtualPlane.distant("n1"), added);
        }
    }

    private static void patience(VirtualPlane plane, @Nullable String added) {
        plane.create(VirtualPlane.job("bears")
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewToleration("NoExecute", "down", "Exists", 60L, null)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        minutes(plane, 1);
        String first = plane.active().getFirst().getMetadata().getName();
        Taint down = new TaintBuilder()
                .withKey("down")
                .withEffect("NoExecute")
                .withTimeAdded(added)
                .build();
        change(
                plane,
                "n1",
                node -> node.setSpec(new NodeSpecBuilder().withTaints(down).build()));

        plane.pass(Duration.ofSeconds(59));
        change(plane, "n1", node -> node.getMetadata().setLabels(Map.of("looked", "at")));
        change(plane, "n1", node -> node.getSpec().setUnschedulable(false));
        assertThat(plane.active())
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly(first);
        plane.pass(Duration.ofSeconds(1));
        assertThat(plane.events(first))
                .contains("TaintManagerEviction: Marking for deletion Pod default/" + first + " x1");
    }

    @Test
    void drainedPodsRunElsewhereAndCountAsFailedOnlyOnce() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        change(
                "n1",
                node -> node.setSpec(
                        new NodeSpecBuilder().withUnschedulable(true).build()));
        assertThat(taints("n1")).containsExactly("node.kubernetes.io/unschedulable:NoSchedule");
        Pod evicted = on("n1").getFirst();
        plane.submit(new Write.Evict(
                plane.key(Kinds.POD, evicted.getMetadata().getName()), new Deletion(null, null, null, null)));

        assertThat(plane.find(Kinds.POD, evicted.getMetadata().getName())).isNull();
        assertThat(status().getFailed()).isEqualTo(1);
        plane.pass(Duration.ofSeconds(10));
        assertThat(plane.active())
                .hasSize(3)
                .noneMatch(pod -> "n1".equals(pod.getSpec().getNodeName()));
        endAll(0);
        assertThat(status().getSucceeded()).isEqualTo(3);
    }

    @Test
    void whereNoNodeIsLeftNobodyIsDrivenAway() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        List.of("n1", "n2", "n3").forEach(plane::lose);
        minutes(plane, 60);

        assertThat(taints("n1")).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
        assertThat(plane.pods()).hasSize(3).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null);
        List.of("n1", "n2", "n3").forEach(plane::comesBack);
        endAll(0);
        assertThat(status().getSucceeded()).isEqualTo(3);
    }

    @Test
    void whereMostNodesAreLostNobodyIsDrivenAwayUntilOneIsBack() {
        VirtualPlane five = VirtualPlane.distant("n1", "n2", "n3", "n4", "n5");
        five.create(indexed(5).build());
        minutes(five, 1);
        List.of("n1", "n2", "n3").forEach(five::lose);
        minutes(five, 60);

        for (String name : List.of("n1", "n2", "n3")) {
            Node node = (Node) five.version(Kinds.NODE, name).object();
            assertThat(node.getSpec().getTaints()).extracting(Taint::getEffect).containsExactly("NoSchedule");
        }
        assertThat(five.active()).hasSize(5);

        five.comesBack("n3");
        minutes(five, 6);
        assertThat(five.pods())
                .filteredOn(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                .extracting(pod -> pod.getSpec().getNodeName())
                .containsExactlyInAnyOrder("n1", "n2");
    }

    @Test
    void whereMostOfMoreThanFiftyNodesAreLostTheirPodsAreDrivenAway() {
        for (int all : List.of(50, 51)) {
            List<String> names =
                    IntStream.range(10, 10 + all).mapToObj(i -> "n" + i).toList();
            VirtualPlane many = VirtualPlane.distant(names.toArray(String[]::new));
            minutes(many, 1);
            names.subList(0, 30).forEach(many::lose);
            minutes(many, 1);

            Node lost = (Node) many.version(Kinds.NODE, "n10").object();
            assertThat(lost.getSpec().getTaints())
                    .as("of %s nodes", all)
                    .extracting(Taint::getEffect)
                    .containsExactlyElementsOf(all > 50 ? List.of("NoSchedule", "NoExecute") : List.of("NoSchedule"));
        }
    }

    @Test
    void aCrashWhileANodeIsGivenUpLosesAndDoublesNothing() {
        for (int seconds : List.of(49, 349)) {
            for (int n = 1; n <= 6; n++) {
                crashed(seconds, n, false);
                crashed(seconds, n, true);
            }
        }
    }

    /// At the n-th commit from so many seconds after the loss.
    private static void crashed(int seconds, int n, boolean durable) {
        VirtualPlane plane = VirtualPlane.distant("n1", "n2", "n3");
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        plane.pass(Duration.ofSeconds(seconds));
        plane.store().crashAt(n, durable);
        try {
            minutes(plane, 1);
        } catch (CrashingStore.Crash e) {
            plane.recover();
        }
        minutes(plane, 10);
        plane.comesBack("n1");
        plane.active().forEach(pod -> plane.ends(pod, 0));

        String where = "at %s s, commit %s, durable %s".formatted(seconds, n, durable);
        JobStatus status = plane.stored("ix").getStatus();
        assertThat(status.getSucceeded()).as(where).isEqualTo(3);
        assertThat(status.getFailed()).as(where).isEqualTo(1);
        assertThat(status.getCompletedIndexes()).as(where).isEqualTo("0-2");
        assertThat(plane.conditions("ix")).as(where).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(plane.pods())
                .as(where)
                .allSatisfy(pod -> assertThat(pod.getMetadata().getFinalizers()).isEmpty());
    }

    @Test
    void ofTooManyEndedPodsTheOldestGoAndTheirJobKeepsItsCount() {
        VirtualPlane small =
                new VirtualPlane(new MemoryStore<>(), LoopOptions.standard().withEndedPods(3), 7);
        small.create(VirtualPlane.job("many")
                .editSpec()
                .withCompletions(5)
                .withParallelism(1)
                .endSpec()
                .build());
        for (int i = 0; i < 5; i++) {
            small.pass(Duration.ofSeconds(1));
            small.ends(small.active().getFirst(), 0);
        }

        assertThat(small.stored("many").getStatus().getSucceeded()).isEqualTo(5);
        assertThat(small.conditions("many")).last().isEqualTo("Complete=True(CompletionsReached)");
        assertThat(small.pods())
                .extracting(pod -> pod.getMetadata().getCreationTimestamp())
                .containsExactly("2026-01-01T00:00:02Z", "2026-01-01T00:00:03Z", "2026-01-01T00:00:04Z");
    }

    @Test
    void aNewControlPlaneGivesSilentNodesTheirGraceAnew() {
        plane.create(indexed(3).build());
        minutes(plane, 1);
        plane.lose("n1");
        plane.pass(Duration.ofSeconds(49));
        plane.recover();

        plane.pass(Duration.ofSeconds(49));
        assertThat(ready(node("n1"))).startsWith("True/");
        plane.pass(Duration.ofSeconds(1));
        assertThat(ready(node("n1"))).isEqualTo("Unknown/NodeStatusUnknown");

        plane.recover();
        plane.pass(Duration.ofMinutes(5));
        assertThat(plane.pods()).as("the toleration counts from the taint").hasSize(4);
    }
}
