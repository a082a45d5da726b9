package dev.jobctl.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.simulated.Act;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Services whose pods come and go, through the whole loop.
class ServiceLifeTest {
    private static final Duration RUN = Duration.ofSeconds(30);

    private final World world = new World(WorldOptions.of(1, 2, Behaviour.always(Act.ends(RUN, 0))));

    private static Service service(String name, String address, IntOrString target) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("app", "demo")
                .endMetadata()
                .withNewSpec()
                .withClusterIP(address)
                .withSelector(Map.of("job-name", "pi"))
                .addNewPort()
                .withPort(80)
                .withTargetPort(target)
                .endPort()
                .endSpec()
                .build();
    }

    private static Job job(int pods) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("pi")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withParallelism(pods)
                .withCompletions(pods)
                .withCompletionMode("Indexed")
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withSubdomain("svc")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .addNewPort()
                .withName("web")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private List<String> endpoints() {
        @Nullable ObjectVersion found = world.find(World.key(Kinds.ENDPOINTS, "svc"));
        if (found == null) {
            return List.of("none");
        }
        List<String> all = new ArrayList<>();
        for (EndpointSubset subset : ((Endpoints) found.object()).getSubsets()) {
            int port = subset.getPorts().getFirst().getPort();
            subset.getAddresses().forEach(address -> all.add(address.getHostname() + ":" + port));
            subset.getNotReadyAddresses().forEach(address -> all.add("not " + address.getHostname() + ":" + port));
        }
        return all;
    }

    private List<EndpointSlice> slices() {
        return world.snapshot().prefixed(Kinds.ENDPOINT_SLICE.keyPrefix()).stream()
                .map(Entry::value)
                .map(version -> (EndpointSlice) version.object())
                .toList();
    }

    private void delete(Kind kind) {
        ObjectVersion found = Objects.requireNonNull(world.find(World.key(kind, "svc")));
        world.delete(found.key(), Deletion.gentle(found.ref().uid()));
    }

    @Test
    void readyPodsAreEndpointsUntilTheyEnd() {
        world.create(Kinds.SERVICE, service("svc", "None", new IntOrString("web")));
        assertThat(endpoints()).isEmpty();
        world.create(Kinds.JOB, job(2));
        assertThat(endpoints()).containsExactlyInAnyOrder("pi-0:8080", "pi-1:8080");
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.getEndpoints()).hasSize(2);
            assertThat(slice.getMetadata().getLabels())
                    .containsEntry("kubernetes.io/service-name", "svc")
                    .containsEntry("app", "demo");
        });
        world.pass(RUN);
        assertThat(endpoints()).isEmpty();
        assertThat(slices())
                .singleElement()
                .satisfies(slice -> assertThat(slice.getEndpoints()).isEmpty());
    }

    @Test
    void aServiceThatComesLaterFindsItsPods() {
        world.create(Kinds.JOB, job(1));
        world.create(Kinds.SERVICE, service("svc", "127.193.0.1", new IntOrString(9)));
        assertThat(endpoints()).containsExactly("pi-0:9");
    }

    @Test
    void whatBelongsToAServiceGoesWithIt() {
        world.create(Kinds.SERVICE, service("svc", "None", new IntOrString(80)));
        delete(Kinds.SERVICE);
        world.pass(Duration.ofSeconds(1));
        assertThat(endpoints()).containsExactly("none");
        assertThat(slices()).isEmpty();
    }

    @Test
    void endpointsThatSomebodyRemovesComeBack() {
        world.create(Kinds.SERVICE, service("svc", "None", new IntOrString(80)));
        world.create(Kinds.JOB, job(1));
        delete(Kinds.ENDPOINTS);
        assertThat(endpoints()).containsExactly("pi-0:80");
    }
}
