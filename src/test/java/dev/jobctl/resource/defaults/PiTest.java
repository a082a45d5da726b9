package dev.jobctl.resource.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlReader;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The Jobs page's own manifest, and the object that the page shows for it.
class PiTest {
    static Job created() throws IOException {
        byte[] manifest = Files.readAllBytes(Path.of("examples/pi.yaml"));
        Job job = Json.bind(
                YamlReader.read("pi.yaml", manifest).documents().getFirst().tree(), Job.class);
        job.getMetadata().setNamespace("default");
        Defaults.apply(Kinds.JOB, job);
        return Preparation.forCreate(
                Kinds.JOB, job, "863452e6-270d-420e-9b94-53a54146c223", Instant.parse("2022-06-15T08:40:15Z"));
    }

    @Test
    void theDefaultedJobIsThePagesWithNewerLabelsAndFields() throws IOException {
        JsonNode expected = YamlReader.read("page", """
            apiVersion: batch/v1
            kind: Job
            metadata:
              creationTimestamp: "2022-06-15T08:40:15Z"
              generation: 1
              labels:
                batch.kubernetes.io/controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                batch.kubernetes.io/job-name: pi
                controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                job-name: pi
              name: pi
              namespace: default
              uid: 863452e6-270d-420e-9b94-53a54146c223
            spec:
              backoffLimit: 4
              completionMode: NonIndexed
              completions: 1
              manualSelector: false
              parallelism: 1
              podReplacementPolicy: TerminatingOrFailed
              selector:
                matchLabels:
                  batch.kubernetes.io/controller-uid: 863452e6-270d-420e-9b94-53a54146c223
              suspend: false
              template:
                metadata:
                  labels:
                    batch.kubernetes.io/controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                    batch.kubernetes.io/job-name: pi
                    controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                    job-name: pi
                spec:
                  containers:
                  - command:
                    - perl
                    - -Mbignum=bpi
                    - -wle
                    - print bpi(2000)
                    image: perl:5.34.0
                    imagePullPolicy: IfNotPresent
                    name: pi
                    resources: {}
                    terminationMessagePath: /dev/termination-log
                    terminationMessagePolicy: File
                  dnsPolicy: ClusterFirst
                  restartPolicy: Never
                  schedulerName: default-scheduler
                  securityContext: {}
                  terminationGracePeriodSeconds: 30
            status: {}
            """).documents().getFirst().tree();

        assertThat(sorted(Json.tree(created()))).isEqualTo(sorted(expected));
    }

    @Test
    void itsPodIsWhatAnApiServerWouldStore() throws IOException {
        JsonNode expected = YamlReader.read("pod", """
            apiVersion: v1
            kind: Pod
            metadata:
              creationTimestamp: "2022-06-15T08:40:16Z"
              finalizers:
              - batch.kubernetes.io/job-tracking
              generateName: pi-
              generation: 1
              labels:
                batch.kubernetes.io/controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                batch.kubernetes.io/job-name: pi
                controller-uid: 863452e6-270d-420e-9b94-53a54146c223
                job-name: pi
              name: pi-5rwd7
              namespace: default
              ownerReferences:
              - apiVersion: batch/v1
                blockOwnerDeletion: true
                controller: true
                kind: Job
                name: pi
                uid: 863452e6-270d-420e-9b94-53a54146c223
              uid: u2
            spec:
              containers:
              - command:
                - perl
                - -Mbignum=bpi
                - -wle
                - print bpi(2000)
                image: perl:5.34.0
                imagePullPolicy: IfNotPresent
                name: pi
                resources: {}
                terminationMessagePath: /dev/termination-log
                terminationMessagePolicy: File
              dnsPolicy: ClusterFirst
              enableServiceLinks: true
              preemptionPolicy: PreemptLowerPriority
              priority: 0
              restartPolicy: Never
              schedulerName: default-scheduler
              securityContext: {}
              serviceAccount: default
              serviceAccountName: default
              terminationGracePeriodSeconds: 30
              tolerations:
              - effect: NoExecute
                key: node.kubernetes.io/not-ready
                operator: Exists
                tolerationSeconds: 300
              - effect: NoExecute
                key: node.kubernetes.io/unreachable
                operator: Exists
                tolerationSeconds: 300
            status:
              phase: Pending
              qosClass: BestEffort
            """).documents().getFirst().tree();

        var pod = PodFromTemplate.pod(
                created(), null, null, null, "pi-5rwd7", "u2", Instant.parse("2022-06-15T08:40:16.7Z"), PodRules.NONE);

        assertThat(sorted(Json.tree(pod))).isEqualTo(sorted(expected));
    }

    /// Members in the order of their names, for a readable difference.
    private static String sorted(JsonNode tree) {
        return order(tree).toPrettyString();
    }

    private static JsonNode order(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode made = Json.MAPPER.createObjectNode();
            object.properties().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(member -> made.set(member.getKey(), order(member.getValue())));
            return made;
        }
        if (tree.isArray()) {
            var made = Json.MAPPER.createArrayNode();
            tree.forEach(item -> made.add(order(item)));
            return made;
        }
        return tree;
    }
}
