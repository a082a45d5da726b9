package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Fields of a pod that nobody uses every day are done, or named in an event.
final class FieldsDoneTest extends SandboxedNode {
    @Test
    void theHostnameMayBeTheWholeNameOrAnother() {
        PodBuilder whole = new PodBuilder(NodeBed.pod("whole", "uname", "-n"))
                .editSpec()
                .withSubdomain("web")
                .withSetHostnameAsFQDN(true)
                .endSpec();
        assertThat(output(whole.build())).isEqualTo("whole.web.default.svc.cluster.local\n");
        Pod other = new PodBuilder(NodeBed.shell("other", "uname -n; grep -c other.example /etc/hosts"))
                .editSpec()
                .withHostnameOverride("other.example")
                .endSpec()
                .build();
        assertThat(output(other)).isEqualTo("other.example\n1\n");
    }

    @Test
    void aWholeNameThatNoKernelTakesIsRefused() {
        Pod pod = new PodBuilder(NodeBed.pod("n".repeat(50), "true"))
                .editSpec()
                .withSubdomain("web")
                .withSetHostnameAsFQDN(true)
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(pod, s -> s.getPhase().equals("Pending"));
        assertThat(NodeBed.main(waiting).getState().getWaiting().getMessage())
                .contains("is too long (64 characters is the max, 80 characters requested)");
    }

    @Test
    void dnsIsAsThePodSays() {
        Pod pod = new PodBuilder(NodeBed.pod("dns", "cat", "/etc/resolv.conf"))
                .editSpec()
                .withDnsPolicy("None")
                .withNewDnsConfig()
                .withNameservers("192.0.2.1")
                .withSearches("example.org", "example.com")
                .addNewOption()
                .withName("ndots")
                .withValue("2")
                .endOption()
                .addNewOption()
                .withName("edns0")
                .endOption()
                .endDnsConfig()
                .endSpec()
                .build();
        assertThat(output(pod))
                .isEqualTo("search example.org example.com\nnameserver 192.0.2.1\noptions ndots:2 edns0\n");
    }

    @Test
    void aUserCountsWithoutASandboxToo() {
        needRoot();
        Pod pod = new PodBuilder(
                        NodeBed.shell("opened", "id -u; id -g; grep NoNewPrivs /proc/self/status | grep -o '[01]$'"))
                .editMetadata()
                .addToAnnotations("jobctl.dev/sandbox", "off")
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withRunAsUser(1234L)
                .withRunAsGroup(5678L)
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("1234\n5678\n1\n");
    }

    @Test
    void volumesBelongToTheFsGroup() {
        needRoot();
        bed.secrets.put(
                "secret", new SecretBuilder().addToData("key", "c2VjcmV0").build());
        Pod grouped =
                NodeBed.shell("grouped", "cat /secret/key; echo; touch /data/file; stat -c '%g %a' /data /data/file");
        Pod pod = mounting(grouped, emptyDir("data"), at("data", "/data"), at("secret", "/secret"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1234L)
                .withRunAsGroup(1234L)
                .withFsGroup(5678L)
                .endSecurityContext()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName("secret")
                .withDefaultMode(0400)
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("secret\n5678 2777\n5678 644\n");
    }

    @Test
    void whoeverTheProgramIsMayOpenItsOutputAndItsMessage() {
        needRoot();
        Pod pod = new PodBuilder(NodeBed.shell("another", "echo out >/dev/stdout; echo said >/dev/termination-log"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1234L)
                .endSecurityContext()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("out\n");
        assertThat(NodeBed.main(bed.awaitEnd(pod)).getState().getTerminated().getMessage())
                .isEqualTo("said\n");
    }

    @Test
    void aPartOfAVolumeThatIsMissingIsMadeAsTheVolumeIs() {
        needRoot();
        VolumeMount part =
                new VolumeMountBuilder(at("data", "/data")).withSubPath("a/b").build();
        Pod writer = NodeBed.shell("writer", "touch /data/file; stat -c '%g %a' /data /data/file /all/a");
        Pod pod = mounting(writer, emptyDir("data"), part, at("data", "/all"))
                .editSpec()
                .withNewSecurityContext()
                .withRunAsUser(1234L)
                .withRunAsGroup(1234L)
                .withFsGroup(5678L)
                .endSecurityContext()
                .endSpec()
                .build();
        assertThat(output(pod)).isEqualTo("5678 2777\n5678 644\n5678 2777\n");
    }

    @Test
    void whatIsNotUsedIsNamedInAWarning() {
        Pod pod = new PodBuilder(NodeBed.pod("warned", "true"))
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("ephemeral-storage", new Quantity("1Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        output(pod);
        assertThat(bed.reports.events)
                .filteredOn(event -> event.reason().equals("FieldNotUsed"))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).startsWith("limits of ephemeral-storage are not kept"));
    }

    @Test
    void aReadinessGateKeepsThePodUnreadyUntilSomebodyOpensIt() {
        Pod pod = new PodBuilder(NodeBed.shell("gated", "while :; do sleep 0.05; done"))
                .editSpec()
                .addNewReadinessGate("example.org/open")
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        PodStatus running = bed.awaitRunning(pod);
        assertThat(ready(running).getStatus()).isEqualTo("False");
        assertThat(ready(running).getReason()).isEqualTo("ReadinessGatesNotReady");
        bed.node.podChanged(gate(pod, running, "False"));
        bed.awaitStatus(
                pod, s -> ready(s).getMessage() != null && ready(s).getMessage().contains("but False"));
        bed.node.podChanged(gate(pod, running, "True"));
        PodStatus open = bed.awaitStatus(pod, s -> "True".equals(ready(s).getStatus()));
        assertThat(open.getConditions())
                .anyMatch(condition -> condition.getType().equals("example.org/open")
                        && condition.getStatus().equals("True"));
    }

    private static void needRoot() {
        assumeThat(Files.isWritable(Path.of("/proc/sys/kernel/hostname")))
                .as("root")
                .isTrue();
    }

    private static Pod gate(Pod pod, PodStatus status, String value) {
        PodCondition gate = new PodConditionBuilder()
                .withType("example.org/open")
                .withStatus(value)
                .build();
        return new PodBuilder(pod)
                .withStatus(status)
                .editStatus()
                .addToConditions(gate)
                .endStatus()
                .build();
    }

    private static PodCondition ready(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}
