package dev.jobctl.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pages as kubectl 1.32 printed them, byte for byte.
class DescribeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T05:11:30Z");

    @Test
    void aJobWithEverything() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        tree("job-full-events.json").forEach(events::add);
        assertThat(Describe.of(tree("job-full.json"), Around.NOTHING, events, NOW))
                .isEqualTo(text("job-full.txt"));
    }

    @Test
    void aJobWithLittle() throws IOException {
        assertThat(Describe.of(tree("job-small.json"), Around.NOTHING, List.of(), NOW))
                .isEqualTo(text("job-small.txt"));
    }

    @Test
    void aCronJob() throws IOException {
        assertThat(Describe.of(tree("cronjob.json"), Around.NOTHING, List.of(), NOW))
                .isEqualTo(text("cronjob.txt"));
    }

    @Test
    void aPod() throws IOException {
        assertThat(Describe.of(tree("pod.json"), Around.NOTHING, List.of(), NOW))
                .isEqualTo(text("pod.txt"));
    }

    @Test
    void aConfigMapShowsItsValues() {
        JsonNode map = Json.tree("""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"conf","namespace":"default"},
            "data":{"b.key":"dotted","a":"hello"},"binaryData":{"c":"AAEC"}}\
            """.getBytes(StandardCharsets.UTF_8));
        assertThat(Describe.of(map, Around.NOTHING, List.of(), NOW)).isEqualTo("""
            Name:         conf
            Namespace:    default
            Labels:       <none>
            Annotations:  <none>

            Data
            ====
            a:
            ----
            hello

            b.key:
            ----
            dotted


            BinaryData
            ====
            c: 3 bytes

            Events:  <none>
            """);
    }

    @Test
    void aNamespaceThatGoesSaysWhatItWaitsFor() {
        JsonNode namespace = Json.tree("""
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"demo"},"status":{"phase":"Terminating",
            "conditions":[{"type":"NamespaceContentRemaining","status":"True","reason":"SomeResourcesRemain",
            "message":"Some resources are remaining: pods. has 1 resource instances",
            "lastTransitionTime":"2026-11-21T05:11:30Z"}]}}\
            """.getBytes(StandardCharsets.UTF_8));
        assertThat(Describe.of(namespace, Around.NOTHING, List.of(), NOW)).isEqualTo("""
            Name:         demo
            Labels:       <none>
            Annotations:  <none>
            Status:       Terminating
            Conditions:
              Type                       Status  LastTransitionTime               Reason               Message
              ----                       ------  ------------------               ------               -------
              NamespaceContentRemaining  True    Sat, 21 Nov 2026 05:11:30 +0000  SomeResourcesRemain  \
            Some resources are remaining: pods. has 1 resource instances

            No resource quota.

            No LimitRange resource.
            """);
    }

    @Test
    void aSecretShowsOnlySizes() {
        JsonNode secret = Json.tree("""
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"sec","namespace":"default"},"type":"Opaque",
            "data":{"password":"czNjcmV0"}}\
            """.getBytes(StandardCharsets.UTF_8));
        assertThat(Describe.of(secret, Around.NOTHING, List.of(), NOW)).isEqualTo("""
            Name:         sec
            Namespace:    default
            Labels:       <none>
            Annotations:  <none>

            Type:  Opaque

            Data
            ====
            password:  6 bytes
            """);
    }

    @Test
    void eventsAreLeftOutWhenNotWanted() throws IOException {
        assertThat(Describe.of(tree("job-small.json"), Around.NOTHING, null, NOW))
                .doesNotContain("Events");
    }

    private static JsonNode tree(String name) throws IOException {
        return Json.tree(text(name).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = DescribeTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
