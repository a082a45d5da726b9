package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherValidationTest {
    private static final String META = "metadata: {name: a, namespace: default}";

    @Test
    void configMapKeysAreFileNames() {
        assertThat(Manifests.create(Kinds.CONFIG_MAP, ConfigMap.class, META, "data: {ok.txt: x}"))
                .isEmpty();
        assertThat(Manifests.create(Kinds.CONFIG_MAP, ConfigMap.class, META, "data: {'a b': x, ..: y}"))
                .containsExactly(
                        "data[..]: Invalid value: \"..\": must not be '..'",
                        "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters,"
                                + " '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for"
                                + " validation is '[-._a-zA-Z0-9]+')");
    }

    @Test
    void immutableConfigMapsStay() {
        assertThat(Manifests.update(
                        Kinds.CONFIG_MAP, ConfigMap.class, META, "{immutable: true, data: {a: b}}", "", "data: {a: c}"))
                .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void aLeaseLastsForAWhile() {
        assertThat(Manifests.create(
                        Kinds.LEASE, Lease.class, META, "spec: {leaseDurationSeconds: 1, leaseTransitions: 0}"))
                .isEmpty();
        assertThat(Manifests.create(
                        Kinds.LEASE, Lease.class, META, "spec: {leaseDurationSeconds: 0, leaseTransitions: -1}"))
                .containsExactly(
                        "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
                        "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0");
    }

    @Test
    void aBudgetsSelectorIsOne() {
        assertThat(Manifests.create(
                        Kinds.POD_DISRUPTION_BUDGET,
                        PodDisruptionBudget.class,
                        META,
                        "spec: {selector: {matchExpressions: [{key: a, operator: Foo}]}}"))
                .containsExactly("spec.selector.matchExpressions[0].operator: Invalid value: \"Foo\":"
                        + " not a valid selector operator");
    }

    @Test
    void aBoundClaimStaysButForItsSize() {
        String immutable = "spec: Forbidden: spec is immutable after creation except resources.requests and"
                + " volumeAttributesClassName for bound claims";
        assertThat(claim("{resources: {requests: {storage: 2Gi}}}")).isEmpty();
        assertThat(claim("{resources: {requests: {storage: 1024Mi}}}")).isEmpty();
        assertThat(claim("{volumeAttributesClassName: fast, storageClassName: local}"))
                .isEmpty();
        assertThat(claim("{volumeName: null}")).containsExactly(immutable);
        assertThat(claim("{accessModes: [ReadWriteMany]}")).containsExactly(immutable);
        assertThat(claim("{resources: {requests: {storage: 1Mi}}}"))
                .containsExactly(
                        "spec.resources.requests.storage: Forbidden: field can not be less than" + " status.capacity");
    }

    private static List<String> claim(String spec) {
        return Manifests.update(
                Kinds.PERSISTENT_VOLUME_CLAIM,
                PersistentVolumeClaim.class,
                META,
                "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}",
                "",
                "spec: " + spec);
    }

    @Test
    void theNameOfAServiceBeginsWithALetter() {
        for (String name : List.of("1st", "a.b")) {
            assertThat(Manifests.create(
                            Kinds.SERVICE,
                            Service.class,
                            META.replace("name: a,", "name: " + name + ","),
                            "spec: {ports: [{port: 80}]}"))
                    .containsExactly("metadata.name: Invalid value: \"" + name + "\": a DNS-1035 label must consist"
                            + " of lower case alphanumeric characters or '-', start with an alphabetic character, and"
                            + " end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                            + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
        }
    }

    @Test
    void secretsOfATypeNeedItsKeys() {
        assertThat(Manifests.create(Kinds.SECRET, Secret.class, META, "stringData: {a: b}"))
                .isEmpty();
        assertThat(Manifests.create(Kinds.SECRET, Secret.class, META, "type: kubernetes.io/tls"))
                .containsExactly("data[tls.crt]: Required value", "data[tls.key]: Required value");
    }

    @Test
    void namespacesHaveLabelNamesAndNoNamespace() {
        assertThat(Manifests.create(Kinds.NAMESPACE, Namespace.class, "metadata: {name: a.b}", "{}"))
                .containsExactly("metadata.name: Invalid value: \"a.b\": must not contain dots");
        assertThat(Manifests.create(Kinds.NAMESPACE, Namespace.class, META, "{}"))
                .containsExactly("metadata.namespace: Forbidden: not allowed on this type");
    }

    @Test
    void taintsAreChecked() {
        assertThat(Manifests.create(
                        Kinds.NODE, Node.class, "metadata: {name: a}", "spec: {taints: [{key: k, effect: Never}]}"))
                .containsExactly(
                        "spec.taints[0].effect: Unsupported value: \"Never\": supported values: \"NoSchedule\","
                                + " \"PreferNoSchedule\", \"NoExecute\"");
    }

    @Test
    void eventsLiveWithTheirObject() {
        assertThat(Manifests.create(Kinds.EVENT, Event.class, META, "involvedObject: {namespace: other}"))
                .containsExactly("involvedObject.namespace: Invalid value: \"other\": does not match event.namespace");
    }

    @Test
    void ownersAreChecked() {
        assertThat(Manifests.create(
                        Kinds.CONFIG_MAP,
                        ConfigMap.class,
                        META,
                        "metadata: {ownerReferences: [{apiVersion: v1, kind: Pod, name: p}]}"))
                .containsExactly("metadata.ownerReferences.uid: Invalid value: \"\": must not be empty");
    }

    @Test
    void noFinalizerIsAddedToADyingObject() {
        Job old = Manifests.created(Kinds.JOB, Job.class, Manifests.JOB, "{}");
        old.getMetadata().setDeletionTimestamp("2026-01-02T03:04:05Z");
        Job changed = dev.jobctl.resource.value.Json.copy(old);
        changed.getMetadata().setFinalizers(java.util.List.of("a.b/c"));

        assertThat(Manifests.text(Validation.update(Kinds.JOB, old, changed)))
                .containsExactly("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                        + " deleted, found new finalizers []string{\"a.b/c\"}");
    }

    @Test
    void warningsAreTheServers() {
        Job job = Manifests.created(Kinds.JOB, Job.class, Manifests.JOB, """
            metadata: {name: a.b}
            spec:
              completionMode: Indexed
              completions: 100001
              parallelism: 10001
              template:
                spec:
                  topologySpreadConstraints: [{topologyKey: x}]
                  hostAliases: [{ip: 1.2.3.4}, {ip: 1.2.3.4}]
                  imagePullSecrets: [{name: s}, {name: s}]
                  containers:
                  - name: a
                    image: b
                    env: [{name: X}, {name: X}]
                    ports: [{containerPort: 1}, {containerPort: 1}, {containerPort: 1, hostPort: 2}]
                    resources: {limits: {memory: 100m}}
            """);

        assertThat(Warnings.of(Kinds.JOB, job))
                .containsExactly(
                        "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                                + " behavior; a DNS label is recommended: [must not contain dots]",
                        "spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher"
                            + " than 10^4, Kubernetes might not be able to track completedIndexes when a big number of"
                            + " indexes fail",
                        "spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in"
                                + " matching no pod",
                        "spec.template.spec.hostAliases[1].ip: duplicate ip \"1.2.3.4\"",
                        "spec.template.spec.imagePullSecrets[1].name: duplicate name \"s\"",
                        "spec.template.spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is"
                                + " invalid, must be an integer",
                        "spec.template.spec.containers[0].env[1]: hides previous definition of \"X\", which may be"
                                + " dropped when using apply",
                        "spec.template.spec.containers[0].ports[1]: duplicate port definition with"
                                + " spec.template.spec.containers[0].ports[0]",
                        "spec.template.spec.containers[0].ports[2]: overlapping port definition with"
                                + " spec.template.spec.containers[0].ports[0]");
        assertThat(Warnings.of(Kinds.JOB, Manifests.created(Kinds.JOB, Job.class, Manifests.JOB, "{}")))
                .isEmpty();
    }
}
