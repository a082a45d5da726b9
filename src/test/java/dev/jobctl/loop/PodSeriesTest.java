package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.control.Change;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.PodFromTemplate;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The quick way gives exactly what the long way gives.
class PodSeriesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Job job(boolean indexed) {
        Job job = VirtualPlane.job("pi")
                .editSpec()
                .withCompletions(9)
                .withCompletionMode(indexed ? "Indexed" : "NonIndexed")
                .editTemplate()
                .editOrNewMetadata()
                .addToLabels("team", "a")
                .addToAnnotations("note", "b")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        return Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, job), "job-uid", NOW);
    }

    @Test
    void everyPodOfARowIsWhatTheTemplateSays() {
        for (boolean indexed : List.of(false, true)) {
            Job job = job(indexed);
            PodSeries series = new PodSeries();
            List<@Nullable Integer> counts = new ArrayList<>(List.of(0, 1, 1, 2));
            counts.add(null);
            int serial = 0;
            for (Integer count : counts) {
                for (int index = 0; index < 3; index++) {
                    Integer which = indexed ? Integer.valueOf(index) : null;
                    Integer failures = indexed ? count : null;
                    var wanted = new Change.CreatePod(ObjectRef.of(Kinds.JOB, job), which, failures, failures);
                    String name = "pi-" + serial++;
                    Instant now = NOW.plusSeconds(serial);
                    assertThat(series.pod(job, wanted, name, "uid-" + name, now, PodRules.NONE))
                            .as("indexed=%s index=%s failures=%s", indexed, index, failures)
                            .isEqualTo(PodFromTemplate.pod(
                                    job, which, failures, failures, name, "uid-" + name, now, PodRules.NONE));
                }
            }
        }
    }
}
