package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodValidationTest {
    private static final String C = "spec.containers[0]";

    private static final String PORT = "must be between 1 and 65535, inclusive";
    private static final String ID = "must be between 0 and 2147483647, inclusive";

    private static Arguments row(String change, String... messages) {
        return Arguments.of(change, List.of(messages));
    }

    private static Arguments container(String fields, String... messages) {
        return row("spec: {containers: [{name: a, image: b, " + fields + "}]}", messages);
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                row("{}"),
                row("spec: {containers: []}", "spec.containers: Required value"),
                row("spec: {containers: [{image: b}]}", C + ".name: Required value"),
                row(
                        "spec: {containers: [{name: a.b, image: b}]}",
                        C + ".name: Invalid value: \"a.b\": must not contain dots"),
                row(
                        "spec: {containers: [{name: a, image: b}, {name: a, image: b}]}",
                        "spec.containers[1].name: Duplicate value: \"a\""),
                row(
                        "spec: {initContainers: [{name: pi, image: b}]}",
                        "spec.initContainers[0].name: Duplicate value: \"pi\""),
                row(
                        "spec: {initContainers: [{name: i, image: b, restartPolicy: Never}]}",
                        "spec.initContainers[0].restartPolicy: Unsupported value: \"Never\": supported values:"
                                + " \"Always\""),
                row(
                        "spec: {initContainers: [{name: i, image: b, lifecycle: {preStop: {exec: {command: [x]}}}}]}",
                        "spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without"
                                + " restartPolicy=Always"),
                row("spec: {containers: [{name: a}]}", C + ".image: Required value"),
                row(
                        "spec: {containers: [{name: a, image: ' b'}]}",
                        C + ".image: Invalid value: \" b\": must not have leading or trailing whitespace"),
                container(
                        "imagePullPolicy: Sometimes",
                        C + ".imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
                                + " \"IfNotPresent\", \"Never\""),
                container(
                        "ports: [{containerPort: 70000}]",
                        C + ".ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"),
                container("ports: [{name: web}]", C + ".ports[0].containerPort: Required value"),
                container(
                        "ports: [{name: UPPER, containerPort: 1}]",
                        C + ".ports[0].name: Invalid value: \"UPPER\": must contain only alpha-numeric characters (a-z,"
                                + " 0-9), and hyphens (-)",
                        C + ".ports[0].name: Invalid value: \"UPPER\": must contain at least one letter (a-z)"),
                container(
                        "ports: [{containerPort: 1, protocol: ICMP}]",
                        C + ".ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\","
                                + " \"UDP\""),
                container("env: [{value: x}]", C + ".env[0].name: Required value"),
                container(
                        "env: [{name: a=b}]",
                        C
                                + ".env[0].name: Invalid value: \"a=b\": a valid environment variable name must"
                                + " consist only of printable ASCII characters other than '='"),
                container(
                        "env: [{name: a, valueFrom: {}}]",
                        C
                                + ".env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`,"
                                + " `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"),
                container(
                        "env: [{name: a, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
                        C + ".env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"),
                container(
                        "env: [{name: a, valueFrom: {fieldRef: {fieldPath: spec.foo}}}]",
                        C
                                + ".env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.foo\": error converting"
                                + " fieldPath: field label not supported: spec.foo"),
                container("env: [{name: a, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['x/y']\"}}}]"),
                container(
                        "env: [{name: a, valueFrom: {secretKeyRef: {name: s}}}]",
                        C + ".env[0].valueFrom.secretKeyRef.key: Required value"),
                container(
                        "envFrom: [{}]",
                        C + ".envFrom[0]: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`"),
                container("volumeMounts: [{name: v, mountPath: /x}]", C + ".volumeMounts[0].name: Not found: \"v\""),
                row(
                        "spec: {volumes: [{name: v}], containers: [{name: a, image: b, volumeMounts: [{name: v},"
                                + " {name: v, mountPath: /x, subPath: /y}, {name: v, mountPath: /x, subPath: ../z}]}]}",
                        C + ".volumeMounts[0].mountPath: Required value",
                        C + ".volumeMounts[1].subPath: Invalid value: \"/y\": must be a relative path",
                        C + ".volumeMounts[2].mountPath: Invalid value: \"/x\": must be unique",
                        C + ".volumeMounts[2].subPath: Invalid value: \"../z\": must not contain '..'"),
                row(
                        "spec: {volumes: [{name: v}, {name: v, secret: {}}]}",
                        "spec.volumes[1].secret.secretName: Required value",
                        "spec.volumes[1].name: Duplicate value: \"v\""),
                row(
                        "spec: {volumes: [{name: v, emptyDir: {}, hostPath: {path: /x}}]}",
                        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"),
                container(
                        "resources: {limits: {cpu: 1, memory: -1}, requests: {cpu: 2}}",
                        C + ".resources.limits[memory]: Invalid value: \"-1\": must be greater than or equal to 0",
                        C + ".resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
                        C + ".resources.requests[memory]: Invalid value: \"-1\": must be greater than or equal to 0"),
                container(
                        "resources: {limits: {disk: 1}}",
                        C
                                + ".resources.limits[disk]: Invalid value: \"disk\": must be a standard resource type"
                                + " or fully qualified",
                        C
                                + ".resources.limits[disk]: Invalid value: \"disk\": must be a standard resource for"
                                + " containers",
                        C
                                + ".resources.requests[disk]: Invalid value: \"disk\": must be a standard resource"
                                + " type or fully qualified",
                        C + ".resources.requests[disk]: Invalid value: \"disk\": must be a standard resource for"
                                + " containers"),
                container(
                        "livenessProbe: {successThreshold: 2}",
                        C + ".livenessProbe: Required value: must specify a handler type",
                        C + ".livenessProbe.successThreshold: Invalid value: 2: must be 1"),
                row(
                        "spec: {restartPolicy: Sometimes}",
                        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
                                + " \"OnFailure\", \"Never\""),
                row(
                        "spec: {activeDeadlineSeconds: 0}",
                        "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"),
                row(
                        "spec: {dnsPolicy: Some}",
                        "spec.dnsPolicy: Unsupported value: \"Some\": supported values: \"ClusterFirst\","
                                + " \"ClusterFirstWithHostNet\", \"Default\", \"None\""),
                row(
                        "spec: {tolerations: [{value: x}]}",
                        "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is"
                                + " empty, which means \"match all values and all keys\""),
                row(
                        "spec: {hostAliases: [{ip: 1.2.3.400}]}",
                        "spec.hostAliases[0].ip: Invalid value: \"1.2.3.400\": must be a valid IP address, (e.g."
                                + " 10.9.8.7 or 2001:db8::ffff)"),
                container(
                        "readinessProbe: {httpGet: {port: 0}}",
                        C + ".readinessProbe.httpGet.port: Invalid value: 0: " + PORT),
                container("readinessProbe: {httpGet: {port: web}}"),
                container(
                        "livenessProbe: {tcpSocket: {port: 70000}}",
                        C + ".livenessProbe.tcpSocket.port: Invalid value: 70000: " + PORT),
                container("startupProbe: {grpc: {port: 0}}", C + ".startupProbe.grpc.port: Invalid value: 0: " + PORT),
                container(
                        "lifecycle: {preStop: {httpGet: {port: -1}}}",
                        C + ".lifecycle.preStop.httpGet.port: Invalid value: -1: " + PORT),
                container(
                        "securityContext: {runAsUser: -1, runAsGroup: 2147483648}",
                        C + ".securityContext.runAsUser: Invalid value: -1: " + ID,
                        C + ".securityContext.runAsGroup: Invalid value: 2147483648: " + ID),
                row(
                        "spec: {securityContext: {runAsUser: -1, runAsGroup: -2, fsGroup: -3, supplementalGroups: [0,"
                                + " -4]}}",
                        "spec.securityContext.fsGroup: Invalid value: -3: " + ID,
                        "spec.securityContext.runAsUser: Invalid value: -1: " + ID,
                        "spec.securityContext.runAsGroup: Invalid value: -2: " + ID,
                        "spec.securityContext.supplementalGroups[1]: Invalid value: -4: " + ID),
                row(
                        "spec: {dnsPolicy: None}",
                        "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"),
                row(
                        "spec: {dnsPolicy: None, dnsConfig: {searches: [a.b]}}",
                        "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when"
                                + " `dnsPolicy` is None"),
                row(
                        "spec: {dnsConfig: {nameservers: [1.1.1.1, dns, '2001:db8::1']}}",
                        "spec.dnsConfig.nameservers[1]: Invalid value: \"dns\": must be a valid IP address, (e.g."
                                + " 10.9.8.7 or 2001:db8::ffff)"),
                row(
                        "spec: {dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]}}",
                        "spec.dnsConfig.nameservers: Invalid value: []string{\"1.1.1.1\", \"1.1.1.2\", \"1.1.1.3\","
                                + " \"1.1.1.4\"}: must not have more than 3 nameservers"),
                row(
                        "spec: {readinessGates: [{conditionType: acme.io/up}, {conditionType: a/b/c}]}",
                        "spec.readinessGates[1].conditionType: Invalid value: \"a/b/c\": a qualified name must consist"
                                + " of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                                + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS"
                                + " subdomain prefix and '/' (e.g. 'example.com/MyName')"));
    }

    static Stream<Arguments> placements() {
        String node = "spec.affinity.nodeAffinity";
        String required = node + ".requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
        String preferred = ".preferredDuringSchedulingIgnoredDuringExecution[0]";
        String spread = "spec.topologySpreadConstraints[0]";
        return Stream.of(
                row("spec: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable:"
                        + " ScheduleAnyway}]}"),
                row(
                        "spec: {topologySpreadConstraints: [{whenUnsatisfiable: Never}]}",
                        spread + ".maxSkew: Invalid value: 0: must be greater than zero",
                        spread + ".topologyKey: Required value: can not be empty",
                        spread + ".whenUnsatisfiable: Unsupported value: \"Never\": supported values:"
                                + " \"DoNotSchedule\", \"ScheduleAnyway\""),
                nodes("", required + ": Required value: must have at least one node selector term"),
                nodes("{}"),
                nodes("{matchExpressions: [{key: a, operator: In, values: [b]}, {key: c, operator: Gt, values:"
                        + " ['5']}]}"),
                nodes(
                        "{matchExpressions: [{key: a, operator: Is}, {key: a, operator: NotIn}, {key: a, operator:"
                                + " Exists, values: [b]}, {key: a, operator: Lt}]}",
                        required + "[0].matchExpressions[0].operator: Invalid value: \"Is\": not a valid selector"
                                + " operator",
                        required + "[0].matchExpressions[1].values: Required value: must be specified when `operator`"
                                + " is 'In' or 'NotIn'",
                        required + "[0].matchExpressions[2].values: Forbidden: may not be specified when `operator` is"
                                + " 'Exists' or 'DoesNotExist'",
                        required + "[0].matchExpressions[3].values: Required value: must be specified single value when"
                                + " `operator` is 'Lt' or 'Gt'"),
                nodes("{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}"),
                nodes(
                        "{matchFields: [{key: metadata.name, operator: In}, {key: spec.x, operator: Exists}]}",
                        required
                                + "[0].matchFields[0].values: Required value: must be only one value when `operator` is"
                                + " 'In' or 'NotIn' for node field selector",
                        required
                                + "[0].matchFields[1].operator: Invalid value: \"Exists\": not a valid selector"
                                + " operator",
                        required + "[0].matchFields[1].key: Invalid value: \"spec.x\": not a valid field selector key"),
                affinity("nodeAffinity", "{weight: 100, preference: {}}"),
                affinity(
                        "nodeAffinity",
                        "{weight: 101, preference: {matchExpressions: [{key: a, operator: In}]}}",
                        node + preferred + ".weight: Invalid value: 101: must be in the range 1-100",
                        node + preferred + ".preference.matchExpressions[0].values: Required value: must be specified"
                                + " when `operator` is 'In' or 'NotIn'"),
                affinity("podAffinity", "{weight: 1, podAffinityTerm: {topologyKey: zone}}"),
                affinity(
                        "podAntiAffinity",
                        "{podAffinityTerm: {topologyKey: zone}}",
                        "spec.affinity.podAntiAffinity" + preferred
                                + ".weight: Invalid value: 0: must be in the range 1-100"));
    }

    private static Arguments nodes(String term, String... messages) {
        return row(
                "spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ["
                        + term + "]}}}}",
                messages);
    }

    private static Arguments affinity(String kind, String term, String... messages) {
        return row(
                "spec: {affinity: {" + kind + ": {preferredDuringSchedulingIgnoredDuringExecution: [" + term + "]}}}",
                messages);
    }

    @ParameterizedTest
    @MethodSource("placements")
    void theApiSaysOfWhereAPodIsToRun(String change, List<String> messages) {
        assertThat(Manifests.create(Kinds.POD, Pod.class, Manifests.POD, change))
                .isEqualTo(messages);
    }

    @Test
    void affinityToPodsNeedsATopologyKey() {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            String terms = "requiredDuringSchedulingIgnoredDuringExecution";
            assertThat(Manifests.create(
                            Kinds.POD,
                            Pod.class,
                            Manifests.POD,
                            "spec: {affinity: {" + kind + ": {" + terms + ": [{labelSelector: {}}]}}}"))
                    .first()
                    .isEqualTo("spec.affinity." + kind + "." + terms
                            + "[0].topologyKey: Required value: can not be empty");
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void theApiSaysOfANewPod(String change, List<String> messages) {
        assertThat(Manifests.create(Kinds.POD, Pod.class, Manifests.POD, change))
                .isEqualTo(messages);
    }

    private static List<String> update(String first, String second) {
        return Manifests.update(Kinds.POD, Pod.class, Manifests.POD, first, "", second);
    }

    @Test
    void onlyFewFieldsOfAPodMayChange() {
        assertThat(update("{}", "metadata: {labels: {a: b}}")).isEmpty();
        assertThat(update("{}", "spec: {activeDeadlineSeconds: 10}")).isEmpty();
        assertThat(update("spec: {activeDeadlineSeconds: 5}", "spec: {activeDeadlineSeconds: 10}"))
                .containsExactly(
                        "spec.activeDeadlineSeconds: Invalid value: 10: must be less than or equal to previous value");
        assertThat(update("{}", "spec: {tolerations: []}"))
                .first()
                .isEqualTo("spec.tolerations: Forbidden: existing toleration can not be modified except its"
                        + " tolerationSeconds");
        assertThat(update("{}", "spec: {containers: []}"))
                .containsExactly("spec.containers: Forbidden: pod updates may not add or remove containers");
        assertThat(update("{}", "spec: {hostname: a}"))
                .containsExactly("spec: Forbidden: pod updates may not change fields other than"
                                     + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                                     + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
                                     + " (allow it to be set to 1 if it was previously negative)\n"
                                     + "+ \thostname: \"a\"");
    }

    @Test
    void theImageOfAPodMayChange() {
        Pod old = Manifests.created(Kinds.POD, Pod.class, Manifests.POD, "{}");
        Pod changed = dev.jobctl.resource.value.Json.copy(old);
        changed.getSpec().getContainers().getFirst().setImage("other");

        assertThat(Validation.update(Kinds.POD, old, changed)).isEmpty();
    }
}
