package dev.jobctl.resource.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import org.junit.jupiter.api.Test;

class GoTextTest {
    @Test
    void fieldsBeginWithACapitalAndKeysStayAsTheyAre() {
        var template = new PodTemplateSpecBuilder()
                .withNewMetadata()
                .addToLabels("job-name", "pi")
                .addToLabels("app", "a \"b\"")
                .endMetadata()
                .withNewSpec()
                .withHostname("h")
                .addToNodeSelector("disk", "ssd")
                .endSpec()
                .build();

        assertThat(GoText.struct("core.PodTemplateSpec", template))
                .isEqualTo("core.PodTemplateSpec{Metadata:{Labels:map[string]string{\"app\":\"a \\\"b\\\"\","
                        + " \"job-name\":\"pi\"}}, Spec:{Hostname:\"h\","
                        + " NodeSelector:map[string]string{\"disk\":\"ssd\"}}}");
    }
}
