package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.Execution;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
/// What probes find out about containers of a real podman, and what comes of it.

final class ContainerProbesTest extends ContainersNode {
    /// The answer of a health service: settings, then SERVING.
    private static final String GRPC = "\\\\0\\\\0\\\\0\\\\4\\\\0\\\\0\\\\0\\\\0\\\\0"
            + "\\\\0\\\\0\\\\7\\\\0\\\\0\\\\0\\\\0\\\\0\\\\1\\\\0\\\\0\\\\0\\\\0\\\\2\\\\10\\\\1";

    @Test
    void probesOfAllKindsAskTheContainers() {
        Pod pod = image.parsed("probes", """
            restartPolicy: Always
            containers:
            - name: main
              command: [sh, -c, 'mkdir /www; echo fine >/www/health; exec httpd -f -p 8080 -h /www']
              readinessProbe: {periodSeconds: 1, timeoutSeconds: 5, httpGet: {port: 8080, path: /health}}
              livenessProbe: {periodSeconds: 1, timeoutSeconds: 5, tcpSocket: {port: 8080}}
            - name: health
              command: [sh, -c, "exec nc -ll -p 9000 -e sh -c 'printf \\"%s\\"; exec cat >/dev/null'"]
              readinessProbe: {periodSeconds: 1, timeoutSeconds: 5, grpc: {port: 9000}}
            - name: mute
              command: [sh, -c, 'touch /ready; exec sleep 1000']
              startupProbe: {periodSeconds: 1, timeoutSeconds: 5, exec: {command: [test, -e, /ready]}}
              readinessProbe: {periodSeconds: 1, timeoutSeconds: 5, exec: {command: [sh, -c, 'echo not me; exit 1']}}
            """.formatted(GRPC));
        bed.node.podChanged(pod);
        PodStatus ready = bed.awaitStatus(
                pod,
                s -> bed.messages().contains("Readiness probe failed: not me")
                        && s.getContainerStatuses().stream().allMatch(ContainerStatus::getStarted)
                        && s.getContainerStatuses().stream()
                                        .filter(ContainerStatus::getReady)
                                        .count()
                                == 2);
        assertThat(ready.getContainerStatuses())
                .extracting(ContainerStatus::getReady)
                .containsExactly(true, true, false);
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        bed.awaitEnd(pod);
    }

    @Test
    void aProbeThatTakesTooLongIsEndedInTheContainer() throws IOException {
        Pod pod = image.pod("slow-probe", "/bin/sh", "-c", "while :; do sleep 1; done")
                .editSpec()
                .editFirstContainer()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("/bin/sh", "-c", "sleep 98765 & echo begun > /begun; wait")
                .endExec()
                .withPeriodSeconds(1000)
                .withTimeoutSeconds(2)
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build();
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.reports.events.stream()
                        .anyMatch(event -> event.reason().equals("Unhealthy")
                                && event.message().contains("timed out after 2s")));
        try (Execution look =
                bed.node.execute(ObjectRef.of(Kinds.POD, pod), "main", List.of("sh", "-c", "cat /begun"))) {
            assertThat(look.output().readAllBytes()).asString().isEqualTo("begun\n");
        }
        await().atMost(NodeBed.PATIENCE)
                .until(() -> ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .noneMatch(line -> line.contains("sleep 98765")));
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        bed.awaitEnd(pod);
    }

    @Test
    void whatIsNotAliveIsStartedAnewInItsPlace() throws IOException {
        Pod pod = image.parsed("unwell", """
            restartPolicy: OnFailure
            volumes: [{name: v, emptyDir: {}}]
            containers:
            - name: main
              command: [sh, -c, 'echo run >>/v/runs; [ $(wc -l </v/runs) -ge 2 ] && exit 0; exec sleep 1000']
              livenessProbe: {periodSeconds: 1, timeoutSeconds: 15, failureThreshold: 1, exec: {command: [sh, -c, 'test $(wc -l </v/runs) -ge 2']}}
              terminationMessagePolicy: FallbackToLogsOnError
              volumeMounts: [{name: v, mountPath: /v}]
            terminationGracePeriodSeconds: 1
            """);
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(file(pod, "v", "runs")).startsWith("run\nrun\n");
        assertThat(bed.messages()).contains("Killing Container main failed liveness probe, will be restarted");
    }

    @Test
    void aProbeThatCannotBeAskedSaysNothing() {
        Pod pod = image.parsed("unasked", """
            restartPolicy: Always
            containers:
            - name: main
              command: [sh, -c, 'trap "exit 0" TERM; while :; do usleep 20000; done']
              livenessProbe: {periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 1, exec: {command: [nosuch]}}
            """);
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() ->
                        bed.messages().split("Liveness probe errored and resulted in unknown state: ", -1).length > 2);
        assertThat(bed.messages())
                .contains("exec: \"nosuch\": executable file not found in $PATH")
                .doesNotContain("Killing");
        bed.node.podChanged(NodeBed.deleted(pod, 1));
        bed.awaitEnd(pod);
    }
}
