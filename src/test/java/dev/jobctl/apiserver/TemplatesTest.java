package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Jobs that are made alike.
final class TemplatesTest {
    private final TestServer api = new TestServer();

    private String job(String name, String container) {
        return """
            {"metadata":{"name":"%s"},"spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never",
            "containers":[{"name":"main","image":"busybox",%s}]}}}}
            """.formatted(name, container);
    }

    private String made(String name, String container) {
        TestServer.Answer answer = api.post(TestServer.JOBS, job(name, container));
        assertThat(answer.code()).isEqualTo(201);
        return answer.json().at("/spec/template/spec").toString();
    }

    private PodSpec stored(String name) {
        Snapshot<ObjectVersion> snapshot = api.backend.snapshot();
        String path = new ObjectKey(Kinds.JOB, "default", name).path();
        Job job = (Job) Objects.requireNonNull(snapshot.get(path)).value().object();
        return job.getSpec().getTemplate().getSpec();
    }

    @Test
    void shareOnePodSpecAndAreAnsweredAlike() {
        String first = made("a", "\"command\":[\"true\"],\"resources\":{\"limits\":{\"cpu\":\"1000m\"}}");
        String second = made("b", "\"command\":[\"true\"],\"resources\":{\"limits\":{\"cpu\":\"1000m\"}}");
        assertThat(second)
                .isEqualTo(first)
                .contains("\"imagePullPolicy\":\"Always\"")
                .contains("\"cpu\":\"1\"");
        assertThat(stored("b")).isSameAs(stored("a"));
    }

    @Test
    void shareNothingWhenTheyDiffer() {
        made("a", "\"command\":[\"true\"]");
        assertThat(made("b", "\"command\":[\"false\"]")).contains("\"false\"");
        assertThat(stored("b")).isNotSameAs(stored("a"));
    }

    @Test
    void areRefusedAlike() {
        TestServer.Answer first = api.post(TestServer.JOBS, job("a", "\"imagePullPolicy\":\"Sometimes\""));
        TestServer.Answer second = api.post(TestServer.JOBS, job("a", "\"imagePullPolicy\":\"Sometimes\""));
        assertThat(first.code()).isEqualTo(422);
        assertThat(second.message()).isEqualTo(first.message()).contains("Sometimes");
    }

    @Test
    void areStillHeldAgainstTheRulesOfTheWholeJob() {
        made("a", "\"command\":[\"true\"]");
        String policy = job("b", "\"command\":[\"true\"]").replace("\"suspend\":true", "\"completions\":-1");
        assertThat(api.post(TestServer.JOBS, policy).message()).contains("spec.completions");
    }
}
