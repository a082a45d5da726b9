package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.value.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForwardedPortTest {
    private static final JsonNode POD = tree("""
        {"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"ports":[{"containerPort":9}]},
        {"ports":[{"name":"http","containerPort":8080}]}]}}\
        """);
    private static final JsonNode SERVICE = tree("""
        {"kind":"Service","metadata":{"name":"web"},"spec":{"clusterIP":"10.0.0.1","ports":[
        {"name":"web","port":80,"targetPort":"http"},{"name":"plain","port":81},
        {"name":"number","port":82,"targetPort":9000}]}}\
        """);

    private static JsonNode tree(String text) {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(String word, JsonNode object, int local, int remote) {
        assertThat(ForwardedPort.parse(word).of(object, POD)).as(word).isEqualTo(new ForwardedPort.Pair(local, remote));
    }

    @Test
    void aPodsPortsHaveNumbersAndNames() {
        check("80", POD, 80, 80);
        check("5000:80", POD, 5000, 80);
        check(":80", POD, 0, 80);
        check("http", POD, 8080, 8080);
        check("5000:http", POD, 5000, 8080);
        assertThatThrownBy(() -> check("nope", POD, 0, 0)).hasMessage("Pod 'p' does not have a named port 'nope'");
    }

    @Test
    void aServicesPortLeadsToItsTarget() {
        check("80", SERVICE, 80, 8080);
        check("web", SERVICE, 80, 8080);
        check("5000:web", SERVICE, 5000, 8080);
        check("81", SERVICE, 81, 81);
        check(":82", SERVICE, 0, 9000);
        assertThatThrownBy(() -> check("90", SERVICE, 0, 0)).hasMessage("Service web does not have a service port 90");
    }

    @Test
    void whatIsNoPortIsRefused() {
        for (String word : new String[] {"", "x:80", "80:", "0", "70000", "1:2:3", "-1"}) {
            assertThatThrownBy(() -> ForwardedPort.parse(word)).as(word).isInstanceOf(UsageError.class);
        }
    }
}
