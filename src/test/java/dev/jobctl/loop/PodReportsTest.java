package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Conditions of which a client has left out the type, or the status.
final class PodReportsTest {
    private static final PodCondition NAMELESS =
            new PodConditionBuilder().withStatus("True").build();
    private static final PodCondition STATELESS =
            new PodConditionBuilder().withType("example.com/gate").build();
    private static final PodCondition READY =
            new PodConditionBuilder().withType("Ready").withStatus("True").build();

    private static PodStatus status(PodCondition... conditions) {
        return new PodStatusBuilder()
                .withPhase("Running")
                .withConditions(conditions)
                .build();
    }

    @Test
    void whatIsStoredStays() {
        PodStatus merged = new PodReports().merge(status(NAMELESS, STATELESS), status(READY));
        assertThat(merged.getConditions()).containsExactly(READY, NAMELESS, STATELESS);
    }

    @Test
    void whatTheNodeTellsAgainIsThereOnce() {
        PodStatus merged = new PodReports().merge(status(NAMELESS, READY), status(READY, NAMELESS));
        assertThat(merged.getConditions()).containsExactly(READY, NAMELESS);
    }

    @Test
    void aConditionIsPutBesideThem() {
        PodStatus status = status(NAMELESS, STATELESS);
        Edit.put(status, READY);
        assertThat(status.getConditions()).containsExactly(NAMELESS, STATELESS, READY);
    }

    /// Whoever writes a pod's conditions finds it: node, taint eviction, Job.
    @Test
    void aPodThatHasOneLivesAndEnds() {
        var plane = new VirtualPlane();
        plane.create(VirtualPlane.job("pi").build());
        give(plane, NAMELESS, STATELESS);
        ObjectVersion node = plane.version(Kinds.NODE, "local");
        Node tainted = Json.copy((Node) node.object());
        tainted.setSpec(
                new NodeSpecBuilder().addNewTaint("NoExecute", "k", null, "v").build());
        plane.submit(new Write.Update(node.key(), node.revision(), tainted));
        plane.pass(Duration.ofMinutes(10));
        assertThat(plane.complaints()).isEmpty();
        assertThat(plane.stored("pi").getStatus().getFailed()).isEqualTo(1);
    }

    private static void give(VirtualPlane plane, PodCondition... more) {
        ObjectVersion pod =
                plane.version(Kinds.POD, plane.pods().getFirst().getMetadata().getName());
        Pod next = Json.copy((Pod) pod.object());
        next.getStatus().getConditions().addAll(List.of(more));
        plane.submit(new Write.Update(pod.key(), pod.revision(), next));
    }
}
