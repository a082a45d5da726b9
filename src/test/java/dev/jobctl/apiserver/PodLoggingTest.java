package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which log is meant, and what is said where there is none.
final class PodLoggingTest {
    private static final String MERGE = "application/merge-patch+json";

    private final TestServer server = new TestServer();

    private record Row(String query, String message) {}

    @BeforeEach
    void storePods() {
        server.post(PODS, TestServer.pod("one"));
        server.post(
                PODS,
                TestServer.pod("two")
                        .replace(
                                "[{\"name\":\"c\",\"image\":\"i\"}]",
                                "[{\"name\":\"a\",\"image\":\"i\"},{\"name\":\"b\",\"image\":\"i\"}],"
                                        + "\"initContainers\":[{\"name\":\"prep\",\"image\":\"i\"}]"));
    }

    @Test
    void aRunningContainerHasALog() {
        state("one", "c", "{\"running\":{}}", "{}");
        TestServer.Answer log = server.get(PODS + "/one/log");
        assertThat(log.body()).isEqualTo("one c\ntwo c\nthree c\n");
        assertThat(log.headers()).containsEntry("content-type", "text/plain");
        assertThat(server.get(PODS + "/one/log?container=c&follow=true&tailLines=2&timestamps=true")
                        .code())
                .isEqualTo(200);
    }

    @Test
    void anEndedContainerHasALog() {
        state("one", "c", "{\"terminated\":{\"exitCode\":1,\"containerID\":\"process://1\"}}", "{}");
        assertThat(server.get(PODS + "/one/log").code()).isEqualTo(200);
    }

    @Test
    void theContainerMustBeClear() {
        assertThat(server.get(PODS + "/two/log").message())
                .isEqualTo("a container name must be specified for pod two, choose one of: [a b] or one of the init"
                        + " containers: [prep]");
        assertThat(server.get(PODS + "/two/log?container=x").message())
                .isEqualTo("container x is not valid for pod two");
        assertThat(server.get(PODS + "/none/log").message()).isEqualTo("pods \"none\" not found");
    }

    @Test
    void aContainerThatHasNotStartedHasNoLog() {
        List<Row> rows = List.of(
                new Row("ContainerCreating", "waiting to start: ContainerCreating"),
                new Row("ErrImagePull", "waiting to start: image can't be pulled"),
                new Row("ImagePullBackOff", "waiting to start: trying and failing to pull image"));
        for (Row row : rows) {
            state("one", "c", "{\"waiting\":{\"reason\":\"" + row.query() + "\"}}", "{}");
            TestServer.Answer answer = server.get(PODS + "/one/log");
            assertThat(answer.reason()).isEqualTo("BadRequest");
            assertThat(answer.message()).isEqualTo("container \"c\" in pod \"one\" is " + row.message());
        }
    }

    @Test
    void thePreviousLogNeedsAnEarlierRun() {
        state("one", "c", "{\"running\":{}}", "{}");
        assertThat(server.get(PODS + "/one/log?previous=true").message())
                .isEqualTo("previous terminated container \"c\" in pod \"one\" not found");
        state("one", "c", "{\"running\":{}}", "{\"terminated\":{\"exitCode\":1,\"containerID\":\"process://1\"}}");
        assertThat(server.get(PODS + "/one/log?previous=true").code()).isEqualTo(200);
    }

    @Test
    void badOptionsAreNamed() {
        List<Row> rows = List.of(
                new Row("tailLines=-1", "tailLines: Invalid value: -1: must be greater than or equal to 0"),
                new Row("limitBytes=0", "limitBytes: Invalid value: 0: must be greater than 0"),
                new Row("sinceSeconds=0", "sinceSeconds: Invalid value: 0: must be greater than 0"));
        for (Row row : rows) {
            TestServer.Answer answer = server.get(PODS + "/one/log?" + row.query());
            assertThat(answer.code()).isEqualTo(422);
            assertThat(answer.message()).isEqualTo("PodLogOptions \"\" is invalid: " + row.message());
        }
        assertThat(server.get(PODS + "/one/log?sinceTime=yesterday").code()).isEqualTo(400);
        assertThat(server.get(PODS + "/one/log?tailLines=many").code()).isEqualTo(400);
    }

    private void state(String pod, String container, String state, String last) {
        String status = """
            {"status":{"containerStatuses":[{"name":"%s","image":"i","imageID":"","ready":false,"restartCount":0,
            "state":%s,"lastState":%s}]}}\
            """.formatted(container, state, last);
        server.patch(MERGE, PODS + "/" + pod + "/status", "{\"status\":{\"containerStatuses\":null}}");
        assertThat(server.patch(MERGE, PODS + "/" + pod + "/status", status).code())
                .isEqualTo(200);
    }
}
