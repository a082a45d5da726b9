package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox",
                "busybox:1.36",
                "library/busybox",
                "docker.io/library/busybox:latest",
                "localhost:5000/a/b_c/d--e:v1.0-x",
                "quay.io/x/y@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void namesOfImagesAreTaken(String image) {
        assertThat(ImageName.valid(image)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Busybox",
                "a b",
                "busybox:",
                "busybox:-x",
                "/x",
                "x//y",
                "x@sha256:12",
                "--privileged",
                "a__b___c"
            })
    void whatIsNoNameIsNot(String image) {
        assertThat(ImageName.valid(image)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox",
        "me/tool:2, docker.io/me/tool:2",
        "quay.io/x/y, quay.io/x/y",
        "localhost/x, localhost/x",
        "registry:5000/x, registry:5000/x"
    })
    void aNameWithoutARegistryIsDockersAsInACluster(String image, String qualified) {
        assertThat(ImageName.qualified(image)).isEqualTo(qualified);
    }
}
