package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Change;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A view that was made from the one before is the view that is made afresh, for every version there ever was.
class CarriedViewsTest {
    @Test
    void throughRandomLivesOfJobs() {
        for (int seed = 0; seed < 30; seed++) {
            live(seed);
        }
    }

    private static void live(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VirtualPlane plane = new VirtualPlane();
        List<Change<ObjectVersion>> changes = new ArrayList<>();
        plane.loop().listen(changes::addAll);
        boolean indexed = random.nextBoolean();
        plane.create(VirtualPlane.job("a")
                .editSpec()
                .withCompletionMode(indexed ? "Indexed" : "NonIndexed")
                .withBackoffLimitPerIndex(indexed && random.nextBoolean() ? 2 : null)
                .withCompletions(8)
                .withParallelism(3)
                .endSpec()
                .build());
        for (int i = 0; i < 20; i++) {
            act(plane, random);
            changes.forEach(CarriedViewsTest::check);
            changes.clear();
        }
    }

    private static void act(VirtualPlane plane, SplittableRandom random) {
        List<Pod> active = plane.active();
        switch (random.nextInt(6)) {
            case 0 -> plane.pass(Duration.ofSeconds(random.nextInt(60)));
            case 1 -> plane.change("a", job -> job.getSpec().setSuspend(random.nextBoolean()));
            case 2 -> plane.change("a", job -> job.getSpec().setParallelism(random.nextInt(5)));
            case 3 -> {
                if (!active.isEmpty()) {
                    plane.delete(Kinds.POD, active.getFirst().getMetadata().getName(), null);
                }
            }
            default -> {
                if (!active.isEmpty()) {
                    plane.ends(active.get(random.nextInt(active.size())), random.nextInt(2));
                }
            }
        }
    }

    private static void check(Change<ObjectVersion> change) {
        if (change.current() == null) {
            return;
        }
        ObjectVersion version = change.current().value();
        if (version.object() instanceof Pod pod) {
            assertThat(Views.pod(version)).isEqualTo(PodView.of(pod));
        } else if (version.object() instanceof Job job) {
            assertThat(Views.job(version)).isEqualTo(JobView.of(job));
        }
    }
}
