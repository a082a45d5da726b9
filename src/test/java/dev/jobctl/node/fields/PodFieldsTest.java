package dev.jobctl.node.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.node.runtime.Confinements;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One row for each field, in `fields.txt`.
final class PodFieldsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Way PROCESS = Way.processes(true, true, true);
    private static final Way CONTAINER = Way.containers(false, true, true);

    record Row(String owner, String field, String value, String process, String container) {
        static Row of(String line) {
            String[] cells = line.split(" \\| ");
            int dot = cells[0].indexOf('.');
            return new Row(cells[0].substring(0, dot), cells[0].substring(dot + 1), cells[1], cells[2], cells[3]);
        }

        @Override
        public String toString() {
            return owner + "." + field + " = " + value;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(PodFieldsTest.class.getResourceAsStream("fields.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(Row::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isDoneRefusedOrWarnedOf(Row row) throws JsonProcessingException {
        Pod pod = pod(row);
        assertThat(answer(pod, PROCESS)).isEqualTo(row.process());
        assertThat(answer(pod, CONTAINER)).isEqualTo(row.container());
    }

    private static String answer(Pod pod, Way way) {
        PodFields fields = new PodFields(pod, way);
        return fields.refusal()
                .map(what -> "refused: " + what)
                .orElseGet(() -> fields.warnings().stream()
                        .map(what -> "warned: " + what)
                        .collect(Collectors.joining()))
                .transform(said -> said.isEmpty() ? "done" : said);
    }

    private static Pod pod(Row row) throws JsonProcessingException {
        ObjectNode pod = (ObjectNode) JSON.readTree("""
            {"metadata": {"name": "p", "namespace": "default"},
             "spec": {"securityContext": {}, "volumes": [{"name": "v"}],
                      "containers": [{"name": "c", "securityContext": {}, "lifecycle": {},
                                      "volumeMounts": [{"name": "v", "mountPath": "/v"}]}]}}
            """);
        String place = switch (row.owner()) {
            case "spec" -> "/spec";
            case "podSecurity" -> "/spec/securityContext";
            case "container" -> "/spec/containers/0";
            case "security" -> "/spec/containers/0/securityContext";
            case "lifecycle" -> "/spec/containers/0/lifecycle";
            case "volume" -> "/spec/volumes/0";
            case "mount" -> "/spec/containers/0/volumeMounts/0";
            default -> throw new IllegalArgumentException(row.owner());
        };
        if (!row.value().equals("-")) {
            ((ObjectNode) pod.at(place)).set(row.field(), JSON.readTree(row.value()));
        }
        return JSON.treeToValue(pod, Pod.class);
    }

    @Test
    void everyFieldOfThePublicTypesHasARow() throws IOException {
        assertThat(named("spec")).containsAll(fields(PodSpec.class)).isEqualTo(table(PodFields.SPEC));
        assertThat(named("podSecurity"))
                .containsAll(fields(PodSecurityContext.class))
                .isEqualTo(table(SecurityFields.OF_POD));
        assertThat(named("container")).containsAll(fields(Container.class)).isEqualTo(table(ContainerFields.CONTAINER));
        assertThat(named("security"))
                .containsAll(fields(SecurityContext.class))
                .isEqualTo(table(SecurityFields.OF_CONTAINER));
        assertThat(named("lifecycle")).containsAll(fields(Lifecycle.class)).isEqualTo(table(ContainerFields.LIFECYCLE));
        assertThat(named("volume")).containsAll(fields(Volume.class)).isEqualTo(table(VolumeFields.VOLUME));
        assertThat(named("mount")).containsAll(fields(VolumeMount.class)).isEqualTo(table(VolumeFields.MOUNT));
    }

    private static Set<String> named(String owner) throws IOException {
        return rows().filter(row -> row.owner().equals(owner))
                .map(Row::field)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> Set<String> table(List<Field<T>> table) {
        return table.stream().map(Field::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .map(field -> field.getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void withoutASandboxLessCanBeDone() throws IOException {
        Way open = Way.processes(false, true, true);
        assertThat(refusal("container.securityContext | - | - | -", open)).isEmpty();
        assertThat(refusal("spec.hostPID | true | - | -", open)).isEmpty();
        assertThat(refusal("security.privileged | true | - | -", open)).isEmpty();
        assertThat(refusal("security.runAsUser | 7 | - | -", open)).isEmpty();
        assertThat(refusal("security.runAsUser | 7 | - | -", Way.processes(false, true, false)))
                .isEqualTo("runAsUser, runAsGroup, fsGroup and supplementalGroups without a sandbox");
        assertThat(refusal("security.readOnlyRootFilesystem | true | - | -", open))
                .isEqualTo("readOnlyRootFilesystem without a sandbox");
        assertThat(refusal("security.capabilities | {\"drop\": [\"ALL\"]} | - | -", open))
                .isEqualTo("dropping capabilities without a sandbox");
        assertThat(refusal("security.allowPrivilegeEscalation | false | - | -", Way.processes(false, true, false)))
                .isEqualTo("allowPrivilegeEscalation: false, on a host without Perl");
        assertThat(refusal("spec.dnsConfig | {} | - | -", open)).isEqualTo("dnsConfig without a sandbox");
    }

    @Test
    void limitsOfAPodOfSeveralCountForEachAlone() throws JsonProcessingException {
        Pod pod = pod(Row.of("spec.resources | {\"limits\": {\"cpu\": \"1\"}} | - | -"));
        Container other = new Container();
        other.setName("other");
        pod.getSpec().getInitContainers().add(other);
        assertThat(new PodFields(pod, PROCESS).warnings()).isEmpty();
        other.setRestartPolicy("Always");
        assertThat(new PodFields(pod, PROCESS).warnings())
                .containsExactly(
                        "limits of the whole pod count for each of its containers alone, not for all together");
        assertThat(Confinements.of(pod, other).milliCpus()).isEqualTo(1000);
    }

    @Test
    void anOrdinaryUserHasLessToGive() throws IOException {
        Way ordinary = Way.processes(true, false, true);
        assertThat(refusal("podSecurity.fsGroup | 7 | - | -", ordinary))
                .isEqualTo("fsGroup and supplementalGroups, which only root can give");
        assertThat(refusal("podSecurity.runAsNonRoot | true | - | -", ordinary)).isEmpty();
        assertThat(refusal("spec.hostUsers | false | - | -", ordinary)).isEmpty();
    }

    private static String refusal(String line, Way way) throws IOException {
        return new PodFields(pod(Row.of(line)), way).refusal().orElse("");
    }
}
