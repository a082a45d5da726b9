package dev.jobctl.node.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Conditions of other writers, who may leave out the type or the status.
final class ForeignConditionsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final String GATE = "example.com/gate";
    private static final PodCondition NAMELESS =
            new PodConditionBuilder().withStatus("True").build();
    private static final PodCondition STATELESS =
            new PodConditionBuilder().withType(GATE).build();
    private static final PodCondition UNSAID =
            new PodConditionBuilder().withType("Ready").build();

    private static PodStatus stored(PodCondition... conditions) {
        return new PodStatusBuilder().withConditions(conditions).build();
    }

    /// With a container that runs.
    private static PodLife life() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("p")
                .withUid("u")
                .endMetadata()
                .withNewSpec()
                .addNewReadinessGate(GATE)
                .addNewContainer()
                .withName("main")
                .endContainer()
                .endSpec()
                .build();
        PodLife begun = LifeStep.step(PodLife.begin(PodPlan.of(pod), NOW), new LifeEvent.Woken(), NOW, "node")
                .life();
        return LifeStep.step(begun, new LifeEvent.Started("main", "id://1", NOW), NOW, "node")
                .life();
    }

    private static PodStatus told(PodStatus before) {
        return PodStatuses.of(life(), before, new PodStatuses.Frame("10.0.0.1", "10.0.0.0", null), NOW);
    }

    @Test
    void theyStayInTheNodesReport() {
        assertThat(told(stored(NAMELESS, UNSAID)).getConditions())
                .contains(NAMELESS)
                .filteredOn(condition -> "Ready".equals(condition.getType()))
                .singleElement()
                .satisfies(ready -> assertThat(ready.getStatus()).isEqualTo("False"));
    }

    @Test
    void aReadinessGateWithoutAStatusIsClosed() {
        assertThat(told(stored(NAMELESS, STATELESS)).getConditions())
                .filteredOn(condition -> "Ready".equals(condition.getType()))
                .singleElement()
                .satisfies(ready -> assertThat(ready.getMessage())
                        .isEqualTo("corresponding condition of pod readiness gate \"example.com/gate\" does not"
                                + " exist."));
    }

    @Test
    void whatIsStoredOfOthersCountsOnce() {
        PodStatus ours = stored(
                NAMELESS, new PodConditionBuilder(UNSAID).withStatus("True").build());
        PodStatus both = PodStatuses.withForeignConditions(ours, stored(STATELESS, NAMELESS, NAMELESS));
        assertThat(both.getConditions()).extracting(PodCondition::getType).containsExactly("Ready", GATE, null);
    }
}
