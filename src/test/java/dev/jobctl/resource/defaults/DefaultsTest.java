package dev.jobctl.resource.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.9Z");

    private static final String RICH = """
        metadata: {name: pi, namespace: default}
        spec:
          podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}
          template:
            metadata: {labels: {app: x}}
            spec:
              restartPolicy: Never
              serviceAccountName: robot
              hostNetwork: true
              volumes:
              - {name: a}
              - {name: b, secret: {secretName: s}}
              - {name: c, configMap: {name: c}}
              - {name: d, projected: {sources: [{serviceAccountToken: {path: t}}]}}
              - {name: e, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.name}}]}}
              - {name: f, hostPath: {path: /x}}
              - {name: g, emptyDir: {sizeLimit: 1024Mi}}
              initContainers: [{name: i, image: "x:1"}]
              containers:
              - name: pi
                image: perl
                ports: [{containerPort: 80}]
                env: [{name: N, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
                livenessProbe: {httpGet: {port: 80}}
                resources: {limits: {cpu: "0.5", memory: 1024Mi}, requests: {cpu: 100m}}
        """;

    private static <T extends HasMetadata> T read(Class<T> type, String yaml) {
        return Json.bind(YamlReader.read("x", yaml).documents().getFirst().tree(), type);
    }

    private static JsonNode job(String yaml) {
        return Json.tree(Defaults.apply(Kinds.JOB, read(Job.class, yaml)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                             | /spec/completions           | 1
        {}                                             | /spec/parallelism           | 1
        {parallelism: 3}                               | /spec/completions           |
        {completions: 3}                               | /spec/parallelism           | 1
        {}                                             | /spec/backoffLimit          | 6
        {backoffLimitPerIndex: 0}                      | /spec/backoffLimit          | 2147483647
        {}                                             | /spec/podReplacementPolicy  | "TerminatingOrFailed"
        {podFailurePolicy: {rules: []}}                | /spec/podReplacementPolicy  | "Failed"
        {}                                             | /spec/completionMode        | "NonIndexed"
        {}                                             | /spec/suspend               | false
        {}                                             | /spec/manualSelector        | false
        {template: {metadata: {labels: {a: b}}}}       | /metadata/labels            | {"a":"b"}
        {template: {spec: {}}}                         | /spec/template/spec/restartPolicy | "Always"
        """)
    void jobsGetDefaults(String spec, String pointer, String value) {
        JsonNode found = job("{metadata: {name: x}, spec: " + spec + "}").at(pointer);

        assertThat(found.isMissingNode() ? null : found.toString()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /volumes/0/emptyDir                                      | {}
        /volumes/1/secret/defaultMode                            | 420
        /volumes/2/configMap/defaultMode                         | 420
        /volumes/3/projected/defaultMode                         | 420
        /volumes/3/projected/sources/0/serviceAccountToken/expirationSeconds | 3600
        /volumes/4/downwardAPI/items/0/fieldRef/apiVersion       | "v1"
        /volumes/5/hostPath/type                                 | ""
        /volumes/6/emptyDir/sizeLimit                            | "1Gi"
        /serviceAccount                                          | "robot"
        /initContainers/0/imagePullPolicy                        | "IfNotPresent"
        /containers/0/imagePullPolicy                            | "Always"
        /containers/0/ports/0                                    | {"containerPort":80,"hostPort":80,"protocol":"TCP"}
        /containers/0/env/0/valueFrom/fieldRef/apiVersion        | "v1"
        /containers/0/livenessProbe/timeoutSeconds               | 1
        /containers/0/livenessProbe/periodSeconds                | 10
        /containers/0/livenessProbe/successThreshold             | 1
        /containers/0/livenessProbe/failureThreshold             | 3
        /containers/0/livenessProbe/httpGet/scheme               | "HTTP"
        /containers/0/resources/limits                           | {"cpu":"500m","memory":"1Gi"}
        /containers/0/resources/requests                         | {"cpu":"100m"}
        """)
    void templatesGetDefaults(String pointer, String value) {
        JsonNode tree = job(RICH);

        assertThat(tree.at("/spec/template/spec" + pointer).toString()).isEqualTo(value);
        assertThat(tree.at("/spec/podFailurePolicy/rules/0/onPodConditions/0/status")
                        .asText())
                .isEqualTo("True");
    }

    @Test
    void aPodAlsoGetsRequestsFromItsLimits() {
        Job job = Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, read(Job.class, RICH)), "u", NOW);
        Pod pod = PodFromTemplate.pod(job, null, null, null, "pi-x", "u2", NOW, PodRules.NONE);

        assertThat(Json.tree(pod).at("/spec/containers/0/resources/requests").toString())
                .isEqualTo("{\"cpu\":\"100m\",\"memory\":\"1Gi\"}");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("Burstable");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("robot");
        assertThat(pod.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void anIndexedPodKnowsItsIndex() {
        Job job = Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, read(Job.class, RICH)), "u", NOW);
        Pod pod = PodFromTemplate.pod(job, 7, 2, 1, "pi-7-x", "u2", NOW, PodRules.NONE);

        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("batch.kubernetes.io/job-completion-index", "7")
                .containsEntry("batch.kubernetes.io/job-index-failure-count", "2")
                .containsEntry("batch.kubernetes.io/job-index-ignored-failure-count", "1");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("batch.kubernetes.io/job-completion-index", "7")
                .containsEntry("app", "x");
        assertThat(pod.getMetadata().getGenerateName()).isEqualTo("pi-7-");
        assertThat(pod.getSpec().getHostname()).isEqualTo("pi-7");
        assertThat(Json.tree(pod).at("/spec/initContainers/0/env/0").toString())
                .isEqualTo("{\"name\":\"JOB_COMPLETION_INDEX\",\"valueFrom\":{\"fieldRef\":{\"apiVersion\":\"v1\","
                        + "\"fieldPath\":\"metadata.labels['batch.kubernetes.io/job-completion-index']\"}}}");
        assertThat(pod.getSpec().getContainers().getFirst().getEnv()).hasSize(2);
        assertThat(job.getSpec().getTemplate().getSpec().getHostname()).isNull();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(Kinds.JOB, RICH),
                Arguments.of(Kinds.JOB, "{}"),
                Arguments.of(Kinds.POD, "{metadata: {name: a}, spec: {containers: [{name: a, image: b}]}}"),
                Arguments.of(Kinds.SECRET, "{metadata: {name: a}, stringData: {a: b}}"),
                Arguments.of(Kinds.NAMESPACE, "{metadata: {name: a}}"),
                Arguments.of(Kinds.CONFIG_MAP, "{metadata: {name: a}}"),
                Arguments.of(Kinds.SERVICE_ACCOUNT, "{metadata: {name: a}}"),
                Arguments.of(Kinds.EVENT, "{metadata: {name: a}}"),
                Arguments.of(Kinds.NODE, "{metadata: {name: a}, status: {capacity: {cpu: '2'}}}"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void defaultingTwiceChangesNothingMore(Kind kind, String yaml) {
        HasMetadata once = Defaults.apply(kind, read(kind.type(), yaml));
        JsonNode first = Json.tree(once);
        Preparation.forCreate(kind, once, "u", NOW);
        JsonNode created = Json.tree(once);

        assertThat(Json.tree(Defaults.apply(kind, Json.bind(first, kind.type()))))
                .isEqualTo(first);
        assertThat(Json.tree(Defaults.apply(kind, Json.bind(created, kind.type()))))
                .isEqualTo(created);
    }

    @Test
    void stringDataBecomesData() {
        Secret secret = Defaults.apply(
                Kinds.SECRET, read(Secret.class, "{metadata: {name: a}, data: {x: eA==}, stringData: {z: b}}"));

        assertThat(secret.getData()).isEqualTo(Map.of("x", "eA==", "z", "Yg=="));
        assertThat(secret.getStringData()).isNull();
        assertThat(secret.getType()).isEqualTo("Opaque");
    }

    @Test
    void aNewNamespaceIsActiveAndLabelled() {
        Namespace namespace = Preparation.forCreate(
                Kinds.NAMESPACE,
                Defaults.apply(Kinds.NAMESPACE, read(Namespace.class, "{metadata: {name: a}}")),
                "u",
                NOW);

        assertThat(namespace.getStatus().getPhase()).isEqualTo("Active");
        assertThat(namespace.getSpec().getFinalizers()).containsExactly("kubernetes");
        assertThat(namespace.getMetadata().getLabels()).containsEntry("kubernetes.io/metadata.name", "a");
    }

    @Test
    void aClientCannotSetWhatIsTheServers() {
        Job job = read(Job.class, """
            metadata: {name: a, uid: mine, resourceVersion: "5", generation: 9, deletionTimestamp: x,
              managedFields: [{manager: me}]}
            status: {active: 3}
            """);
        Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, job), "u", NOW);

        assertThat(Json.tree(job).at("/status").toString()).isEqualTo("{}");
        assertThat(job.getMetadata().getUid()).isEqualTo("u");
        assertThat(job.getMetadata().getResourceVersion()).isNull();
        assertThat(job.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(job.getMetadata().getDeletionTimestamp()).isNull();
        assertThat(job.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void generationCountsChangesOfTheSpecAlone() {
        Job old = Preparation.forCreate(Kinds.JOB, Defaults.apply(Kinds.JOB, read(Job.class, RICH)), "u", NOW);
        Job labelled = Json.copy(old);
        labelled.getMetadata().setLabels(Map.of("a", "b"));
        labelled.getMetadata().setGeneration(77L);
        labelled.getStatus().setActive(5);
        Job wider = Json.copy(old);
        wider.getSpec().setParallelism(9);
        Job counted = Json.copy(wider);
        counted.getStatus().setActive(5);

        Preparation.forUpdate(Kinds.JOB, old, labelled, null);
        Preparation.forUpdate(Kinds.JOB, old, wider, null);
        Preparation.forUpdate(Kinds.JOB, old, counted, "status");

        assertThat(labelled.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(labelled.getStatus().getActive()).isNull();
        assertThat(wider.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(counted.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(counted.getSpec().getParallelism()).isEqualTo(1);
        assertThat(counted.getStatus().getActive()).isEqualTo(5);
    }

    @Test
    void aGuaranteedPodHasLimitsForAll() {
        Pod pod = Preparation.forCreate(
                Kinds.POD,
                Defaults.apply(
                        Kinds.POD,
                        read(
                                Pod.class,
                                "{metadata: {name: a}, spec: {containers: [{name: a, image: b, resources: {limits:"
                                        + " {cpu: 1, memory: 1Gi}}}]}}")),
                "u",
                NOW);

        assertThat(pod.getStatus().getQosClass()).isEqualTo("Guaranteed");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(pod.getSpec().getTolerations()).hasSize(2);
    }
}
