package dev.jobctl.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariablesTest {
    private static final PodFacts FACTS =
            new PodFacts("local", "127.0.0.1", "127.1.0.1", Map.of("PATH", "/bin"), Map.of("cpu", new Quantity("2")));

    private static final ConfigLookup LOOKUP = new ConfigLookup() {
        @Override
        public Optional<String> claim(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return name.equals("map")
                    ? Optional.of(
                            new ConfigMapBuilder().withData(Map.of("k", "v")).build())
                    : Optional.empty();
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return name.equals("secret")
                    ? Optional.of(new SecretBuilder()
                            .withData(Map.of("s", "aGlkZGVu"))
                            .build())
                    : Optional.empty();
        }
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $(A) $$(A) $(B) $A | 1 $(A) $(B) $A
        $$$$               | $$
        $(A                | $(A
        $()$(A)            | $()1
        x$                 | x$
        $((A))             | $((A))
        """)
    void referencesAreExpandedAsInKubernetes(String text, String expected) {
        assertThat(Expansion.expand(text, Map.of("A", "1"))).isEqualTo(expected);
    }

    private static Map<String, String> variables(EnvVar... env) throws ConfigError {
        return of(new ContainerBuilder().withName("main").withEnv(env).build());
    }

    private static Map<String, String> of(Container container) throws ConfigError {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("pi")
                .withNamespace("team")
                .withUid("u1")
                .addToLabels("app", "pi")
                .addToAnnotations("batch.kubernetes.io/job-completion-index", "7")
                .endMetadata()
                .withNewSpec()
                .withContainers(container)
                .endSpec()
                .build();
        return Variables.of(pod, container, FACTS, LOOKUP);
    }

    private static EnvVar field(String path) {
        return new EnvVarBuilder()
                .withName("X")
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        metadata.name            | pi
        metadata.namespace       | team
        metadata.uid             | u1
        metadata.labels['app']   | pi
        metadata.labels['none']  | ''
        metadata.annotations['batch.kubernetes.io/job-completion-index'] | 7
        spec.nodeName            | local
        spec.serviceAccountName  | default
        status.podIP             | 127.1.0.1
        status.hostIP            | 127.0.0.1
        """)
    void fieldsOfThePodCanBeNamed(String path, String expected) throws ConfigError {
        assertThat(variables(field(path))).containsEntry("X", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        limits.cpu      | 1m  | 1500
        limits.cpu      | 1   | 2
        limits.memory   | 1Mi | 64
        requests.memory | 1   | 0
        """)
    void resourcesAreDividedAndRoundedUp(String resource, String divisor, String expected) throws ConfigError {
        Container container = new ContainerBuilder()
                .withName("main")
                .withNewResources()
                .addToLimits("cpu", new Quantity("1500m"))
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources()
                .addNewEnv()
                .withName("X")
                .withNewValueFrom()
                .withNewResourceFieldRef()
                .withResource(resource)
                .withDivisor(new Quantity(divisor))
                .endResourceFieldRef()
                .endValueFrom()
                .endEnv()
                .build();
        assertThat(of(container)).containsEntry("X", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        limits.cpu      | 3
        limits.memory   | 64
        requests.memory | 0
        """)
    void aLimitThatTheContainerLacksIsThePods(String resource, String expected) throws ConfigError {
        ResourceFieldSelector selector = new ResourceFieldSelector("main", null, resource);
        Pod pod = new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withNewResources()
                .addToLimits("memory", new Quantity("64"))
                .endResources()
                .endContainer()
                .withNewResources()
                .addToRequests("memory", new Quantity("70"))
                .addToLimits("cpu", new Quantity("3"))
                .addToLimits("memory", new Quantity("80"))
                .endResources()
                .endSpec()
                .build();
        assertThat(FieldReference.resource(selector, pod, FACTS)).isEqualTo(expected);
    }

    @Test
    void whatIsMissingIsNamedUnlessItIsOptional() throws ConfigError {
        assertThatThrownBy(() -> variables(key("map", "none", null)))
                .hasMessage("couldn't find key none in ConfigMap team/map");
        assertThatThrownBy(() -> variables(key("none", "k", null))).hasMessage("configmap \"none\" not found");
        assertThat(variables(key("none", "k", true), key("map", "none", true))).doesNotContainKey("X");
        assertThat(variables(key("map", "k", null))).containsEntry("X", "v");
        assertThatThrownBy(() -> variables(field("spec.nonsense"))).isInstanceOf(ConfigError.class);
    }

    private static EnvVar key(String map, String key, @org.jspecify.annotations.Nullable Boolean optional) {
        return new EnvVarBuilder()
                .withName("X")
                .withNewValueFrom()
                .withNewConfigMapKeyRef(key, map, optional)
                .endValueFrom()
                .build();
    }

    @Test
    void laterOnesWin() throws ConfigError {
        Container container = new ContainerBuilder()
                .withName("main")
                .addToEnvFrom(new EnvFromSourceBuilder()
                        .withPrefix("P_")
                        .withNewConfigMapRef("map", false)
                        .build())
                .addToEnvFrom(new EnvFromSourceBuilder()
                        .withNewSecretRef("secret", false)
                        .build())
                .addNewEnv()
                .withName("PATH")
                .withValue("/opt:$(PATH):$(P_k):$(HOSTNAME)")
                .endEnv()
                .addNewEnv()
                .withName("s")
                .withValue("open:$(PATH)")
                .endEnv()
                .build();
        assertThat(of(container))
                .as("what the runtime adds has no name")
                .isEqualTo(Map.of(
                        "PATH", "/opt:$(PATH):v:$(HOSTNAME)", "P_k", "v", "s", "open:/opt:$(PATH):v:$(HOSTNAME)"));
    }
}
