package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is said where a Job has no such log; which runs there are is the node's to know.
final class JobLoggingTest {
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

    private final TestServer server = new TestServer();

    @Test
    void aJobThatNeverWasIsNotFound() {
        TestServer.Answer answer = server.get(JOBS + "/nope/log?index=7");
        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("jobs.batch \"nope\" not found");
    }

    @Test
    void attemptsCountFromOne() {
        assertThat(server.get(JOBS + "/nope/log?attempt=0").message())
                .contains("attempt: Invalid value: 0: must be greater than or equal to 1");
    }

    @Test
    void otherMethodsAreNotServed() {
        assertThat(server.post(JOBS + "/nope/log", "{}").code()).isEqualTo(404);
    }
}
