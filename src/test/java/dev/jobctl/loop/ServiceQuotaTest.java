package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services and claims under a quota, through the whole loop.
class ServiceQuotaTest {
    private final VirtualPlane plane = new VirtualPlane();

    @BeforeEach
    void boundNodePortsAndStorage() {
        plane.create(
                Kinds.RESOURCE_QUOTA,
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("q")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("services.nodeports", new Quantity("1"))
                        .addToHard("requests.storage", Quantity.parse("2Gi"))
                        .endSpec()
                        .build());
    }

    private Map<String, Quantity> used() {
        return ((ResourceQuota) plane.version(Kinds.RESOURCE_QUOTA, "q").object())
                .getStatus()
                .getUsed();
    }

    private Outcome create(String name, String type) {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        return plane.create(Kinds.SERVICE, service);
    }

    private Outcome changeType(String name, String type) {
        ObjectVersion version = plane.version(Kinds.SERVICE, name);
        Service next = new ServiceBuilder((Service) version.object())
                .editSpec()
                .withType(type)
                .endSpec()
                .build();
        return plane.submit(new Write.Update(version.key(), version.revision(), next));
    }

    @Test
    void aChangeOfTypeIsWeighedAndCounted() {
        create("a", "ClusterIP");
        create("b", "NodePort");
        assertThat(used()).containsEntry("services.nodeports", new Quantity("1"));
        assertThat(changeType("a", "NodePort"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getMessage())
                                .isEqualTo("services \"a\" is forbidden: exceeded quota: q, requested:"
                                        + " services.nodeports=1, used: services.nodeports=1, limited:"
                                        + " services.nodeports=1"));
        assertThat(changeType("b", "ClusterIP")).isInstanceOf(Outcome.Stored.class);
        assertThat(used()).containsEntry("services.nodeports", new Quantity("0"));
        assertThat(changeType("a", "NodePort")).isInstanceOf(Outcome.Stored.class);
        assertThat(used()).containsEntry("services.nodeports", new Quantity("1"));
        plane.delete(Kinds.SERVICE, "a", null);
        assertThat(used()).containsEntry("services.nodeports", new Quantity("0"));
    }

    @Test
    void aClaimCountsByItsStorage() {
        assertThat(claim("a", "1536Mi")).isInstanceOf(Outcome.Stored.class);
        assertThat(used()).containsEntry("requests.storage", Quantity.parse("1536Mi"));
        assertThat(claim("b", "1Gi"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getMessage())
                                .endsWith("requested: requests.storage=1Gi, used: requests.storage=1536Mi, limited:"
                                        + " requests.storage=2Gi"));
    }

    private Outcome claim(String name, String storage) {
        return plane.create(
                Kinds.PERSISTENT_VOLUME_CLAIM,
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNewResources()
                        .addToRequests("storage", Quantity.parse(storage))
                        .endResources()
                        .endSpec()
                        .build());
    }
}
