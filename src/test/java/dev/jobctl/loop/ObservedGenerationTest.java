package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which generation of a pod its status and each of its conditions are about, whoever writes them.
class ObservedGenerationTest {
    private final VirtualPlane plane = new VirtualPlane();

    private Pod create() {
        plane.create(VirtualPlane.job("j").build());
        return plane.pods().getFirst();
    }

    /// One that stays whatever happens.
    private Pod held() {
        Pod pod = VirtualPlane.pod("held")
                .editMetadata()
                .withFinalizers("example.com/hold")
                .endMetadata()
                .build();
        plane.create(Kinds.POD, pod);
        return plane.pods().getFirst();
    }

    private LivingPod live() {
        plane.node().silence("local");
        return LivingPod.begin(plane, create());
    }

    private static String print(Pod pod) {
        return pod.getStatus().getObservedGeneration()
                + pod.getStatus().getConditions().stream()
                        .map(each -> " " + each.getType() + "=" + each.getObservedGeneration())
                        .collect(Collectors.joining());
    }

    private static PodCondition condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBindingSaysNoneAndTheNodeTheOneItHasSeen() {
        plane.node().silence("local");
        assertThat(print(create())).isEqualTo("null PodScheduled=null");

        LivingPod pod = LivingPod.begin(plane, plane.pods().getFirst());
        assertThat(print(pod.stored()))
                .isEqualTo("1 PodReadyToStartContainers=1 Initialized=1 Ready=1 ContainersReady=1 PodScheduled=1");
        assertThat(condition(pod.stored(), "PodScheduled").getLastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void aDeletionIsAnotherGeneration() {
        plane.node().silence("local");
        LivingPod pod = LivingPod.begin(plane, held());
        plane.delete(Kinds.POD, "held", null);
        assertThat(pod.stored().getMetadata().getGeneration()).isEqualTo(2);
        assertThat(print(pod.stored())).startsWith("1 ");

        pod.follow();

        assertThat(print(pod.stored()))
                .isEqualTo("2 PodReadyToStartContainers=2 Initialized=2 Ready=2 ContainersReady=2 PodScheduled=2");
    }

    @Test
    void theSchedulerSaysWhichOneHasNoPlace() {
        plane.delete(Kinds.NODE, "local", null);
        assertThat(print(create())).isEqualTo("null PodScheduled=1");
    }

    @Test
    void anEvictionSaysNone() {
        LivingPod pod = live();
        ObjectVersion stored =
                plane.version(Kinds.POD, pod.stored().getMetadata().getName());
        plane.submit(new Write.Evict(stored.key(), Deletion.gentle(stored.ref().uid())));
        assertThat(print(pod.stored())).startsWith("1 ").endsWith("PodScheduled=1 DisruptionTarget=null");
    }

    @Test
    void aTaintThatDrivesItAwaySaysWhich() {
        LivingPod pod = live();
        ObjectVersion version = plane.version(Kinds.NODE, "local");
        Node node = Json.copy((Node) version.object());
        node.setSpec(new NodeSpecBuilder()
                .withTaints(new TaintBuilder()
                        .withKey("gone")
                        .withEffect("NoExecute")
                        .build())
                .build());
        plane.submit(new Write.Update(version.key(), version.revision(), node));
        assertThat(print(pod.stored())).endsWith("DisruptionTarget=1");
    }

    @Test
    void whatIsMadeToFailHasBeenSeen() {
        plane.node().silence("local");
        held();
        plane.delete(Kinds.NODE, "local", null);
        plane.pass(Duration.ofMinutes(5));
        Pod failed = plane.pods().getFirst();
        assertThat(print(failed)).isEqualTo("1 PodScheduled=null DisruptionTarget=1");
    }

    @Test
    void whoLeavesItOutDoesNotTakeItAway() {
        Pod old = live().stored();
        Pod changed = Json.copy(old);
        PodStatus status = changed.getStatus();
        status.setObservedGeneration(null);
        status.getConditions().forEach(each -> each.setObservedGeneration(null));
        condition(changed, "Ready").setObservedGeneration(7L);
        Preparation.forUpdate(Kinds.POD, old, changed, "status");
        assertThat(print(changed))
                .isEqualTo("1 PodReadyToStartContainers=1 Initialized=1 Ready=7 ContainersReady=1 PodScheduled=1");
    }
}
