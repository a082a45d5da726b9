package dev.jobctl.node.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlikePartsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PodStatuses.Frame FRAME = new PodStatuses.Frame("10.0.0.1", "10.0.0.0", 1L);

    private final AlikeParts parts = new AlikeParts();
    private final PodStatus unknown = new PodStatus();

    private static PodLife started(String pod, Instant at) {
        ObjectRef ref = new ObjectRef(new ObjectKey(Kinds.POD, "default", pod), "uid-" + pod);
        PodPlan.Member main = new PodPlan.Member("main", ContainerRole.APP, "image");
        PodLife life =
                PodLife.begin(new PodPlan(ref, RestartPolicy.Never, List.of(main), null, Duration.ofSeconds(30)), at);
        life = LifeStep.step(life, new LifeEvent.Woken(), at, "n").life();
        return LifeStep.step(life, new LifeEvent.Started("main", "id://" + pod, at), at, "n")
                .life();
    }

    private PodStatus status(PodLife life, Instant now) {
        return PodStatuses.of(life, unknown, FRAME, parts, now);
    }

    @Test
    void podsThatLiveThroughTheSameShareTheirConditions() {
        PodStatus one = status(started("a", START), START);
        PodStatus other = status(started("b", START), START);
        assertThat(other.getConditions()).isSameAs(one.getConditions());
        assertThat(other.getContainerStatuses().getFirst().getContainerID()).isEqualTo("id://b");
    }

    @Test
    void podsOfAnotherGenerationShareNothing() {
        PodLife life = started("a", START);
        PodStatus first = status(life, START);
        PodStatus second =
                PodStatuses.of(life, unknown, new PodStatuses.Frame("10.0.0.1", "10.0.0.0", 2L), parts, START);
        assertThat(first.getObservedGeneration()).isEqualTo(1);
        assertThat(first.getConditions()).allMatch(condition -> condition.getObservedGeneration() == 1);
        assertThat(second.getObservedGeneration()).isEqualTo(2);
        assertThat(second.getConditions()).allMatch(condition -> condition.getObservedGeneration() == 2);
    }

    @Test
    void whatIsSharedIsWhatEachWouldHaveAlone() {
        for (int second : new int[] {0, 0, 1, 0, 2, 1}) {
            Instant at = START.plusSeconds(second);
            PodLife life = started("a", at);
            assertThat(status(life, at)).isEqualTo(PodStatuses.of(life, unknown, FRAME, at));
        }
    }
}
