package dev.jobctl.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodAmountsTest {
    /// `+` marks a sidecar.
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "200m 300m, '', 500",
        "200m, 900m, 900",
        "200m, 100m 150m, 200",
        "200m, 100m+, 300",
        "200m, 100m+ 250m, 350",
        "50m, 250m 100m+, 250",
    })
    void aPodNeedsWhatRunsAtOnce(String containers, String inits, long millis) {
        ObjectNode pod = Json.MAPPER.createObjectNode();
        ObjectNode spec = pod.putObject("spec");
        add(spec.putArray("containers"), containers);
        add(spec.putArray("initContainers"), inits);
        assertThat(PodAmounts.of(pod, "requests", "cpu")).isEqualTo(millis);
        assertThat(PodAmounts.of(pod, "limits", "cpu")).isZero();
        assertThat(PodAmounts.sum(List.<JsonNode>of(pod, pod), "requests", "cpu"))
                .isEqualTo(2 * millis);
    }

    @Test
    void whatThePodSaysAsAWholeGoesBefore() {
        ObjectNode pod = Json.MAPPER.createObjectNode();
        ObjectNode spec = pod.putObject("spec");
        add(spec.putArray("containers"), "200m 300m");
        spec.putObject("resources").putObject("requests").put("cpu", "2");
        assertThat(PodAmounts.of(pod, "requests", "cpu")).isEqualTo(2000);
        assertThat(PodAmounts.of(pod, "limits", "cpu")).isZero();
    }

    private static void add(ArrayNode to, String words) {
        for (String word : words.split(" ", -1)) {
            ObjectNode container = to.addObject();
            if (word.endsWith("+")) {
                container.put("restartPolicy", "Always");
            }
            if (!word.isEmpty()) {
                container.putObject("resources").putObject("requests").put("cpu", word.replace("+", ""));
            }
        }
    }
}
