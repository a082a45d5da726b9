package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What of a pod goes around its programs, in containers of a real podman: order, volumes, variables, hooks,
/// messages, restarts.
final class ContainerPodsTest extends ContainersNode {
    @Test
    void initContainersComeInOrderAndASidecarStaysToTheEnd() throws IOException {
        Pod pod = image.parsed("order", """
            restartPolicy: Never
            volumes: [{name: v, emptyDir: {}}]
            initContainers:
            - name: one
              command: [sh, -c, 'usleep 100000; echo one >>/v/said']
              volumeMounts: [{name: v, mountPath: /v}]
            - name: side
              restartPolicy: Always
              command: [sh, -c, 'trap "echo side ends >>/v/said; exit 0" TERM; echo side >>/v/said; while :; do usleep 20000; done']
              startupProbe: {periodSeconds: 1, timeoutSeconds: 5, exec: {command: [grep, side, /v/said]}}
              volumeMounts: [{name: v, mountPath: /v}]
            - name: two
              command: [sh, -c, 'echo two >>/v/said']
              volumeMounts: [{name: v, mountPath: /v}]
            containers:
            - name: main
              command: [sh, -c, 'echo main >>/v/said; usleep 200000; echo main ends >>/v/said']
              volumeMounts: [{name: v, mountPath: /v}]
            """);
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(file(pod, "v", "said")).isEqualTo("one\nside\ntwo\nmain\nmain ends\nside ends\n");
    }

    @Test
    void containersSeeEachOthersProcessesWhereThePodSays() {
        Pod pod = image.parsed("shared", """
            restartPolicy: Never
            shareProcessNamespace: true
            containers:
            - name: main
              command: [sh, -c, 'until kill $(grep -lx sleep /proc/[0-9]*/comm 2>/dev/null | cut -d/ -f3) 2>/dev/null; do usleep 50000; done; echo killed']
            - name: other
              command: [sleep, '4711']
            """);
        assertThat(bed.run(pod)
                        .getContainerStatuses()
                        .get(1)
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isNotZero();
        assertThat(bed.log(pod)).isEqualTo("killed\n");
    }

    @Test
    void aContainersOutputIsKeptByWhateverNameItIsOpened() {
        Pod pod = image.parsed("names", """
            restartPolicy: Never
            securityContext: {runAsUser: 1234}
            containers: [{name: main, command: [sh, -c, 'echo one; echo two >/dev/stderr; echo three | tee /dev/stderr']}]
            """);
        assertThat(bed.run(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("one\ntwo\nthree\nthree\n");
    }

    @Test
    void aContainersTerminalIsInItsLogAsItShows() throws IOException {
        Pod pod = image.parsed("terminal", """
            restartPolicy: Never
            containers:
            - name: main
              stdin: true
              tty: true
              command: [sh, -c, 'test -t 0 && test -t 1 && echo a terminal; read line; echo got $line; exit 3']
            """);
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        bed.node.resize(ref, "main", 101, 33);
        try (OutputStream input = bed.node.input(ref, "main", false)) {
            input.write("typed\n".getBytes(StandardCharsets.UTF_8));
        }
        PodStatus end = bed.awaitEnd(pod);
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(bed.log(pod)).isEqualTo("a terminal\r\ntyped\r\ngot typed\r\n");
    }

    @Test
    void whyATerminalsContainerDoesNotStartIsItsMessageAndNotInItsLog() throws IOException {
        Pod pod = image.parsed("absent", """
            restartPolicy: Never
            containers: [{name: main, stdin: true, tty: true, command: [nosuch]}]
            """);
        ContainerStateTerminated end = NodeBed.main(bed.run(pod)).getState().getTerminated();
        assertThat(end.getReason()).isEqualTo("StartError");
        assertThat(end.getMessage()).contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(bed.log(pod)).isEmpty();
    }

    @Test
    void aFailedInitContainerFailsThePod() {
        Pod pod = image.parsed("unprepared", """
            restartPolicy: Never
            initContainers: [{name: init, command: [sh, -c, 'exit 9']}]
            containers: [{name: main, command: ['true']}]
            """);
        PodStatus end = bed.run(pod);
        assertThat(end.getPhase()).isEqualTo("Failed");
        assertThat(end.getInitContainerStatuses()
                        .getFirst()
                        .getState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(9);
        assertThat(NodeBed.main(end).getState().getWaiting().getReason()).isEqualTo("PodInitializing");
    }

    @Test
    void volumesAndVariablesComeFromWhereThePodSays() throws IOException {
        bed.configMaps.put(
                "map",
                new ConfigMapBuilder().addToData("a", "1").addToData("b", "2").build());
        bed.secrets.put("key", new SecretBuilder().addToData("k", "aGlkZGVu").build());
        Pod pod = image.parsed("volumes", """
            restartPolicy: Never
            volumes:
            - {name: map, configMap: {name: map}}
            - {name: key, secret: {secretName: key, defaultMode: 256, items: [{key: k, path: deep/k}]}}
            - {name: own, emptyDir: {}}
            - {name: memory, emptyDir: {medium: Memory, sizeLimit: 1Mi}}
            - {name: info, downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
            containers:
            - name: main
              command: [sh, -c]
              args:
              - |
                echo $A $B $POD $CPU $(A)$(B) $$A
                cat /etc/map/a /etc/map/b; echo
                cat /secret/deep/k; stat -L -c ' %a' /secret/deep/k
                cat /one/file; echo
                cat /info/name; echo
                echo kept >/own/part/f
                touch /memory/x && touch /etc/map/x 2>/dev/null || echo map is read-only
                touch /own/read/x 2>/dev/null || echo own is read-only here
              envFrom: [{configMapRef: {name: map}, prefix: X_}]
              env:
              - {name: A, valueFrom: {configMapKeyRef: {name: map, key: a}}}
              - {name: B, valueFrom: {secretKeyRef: {name: key, key: k}}}
              - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
              - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
              volumeMounts:
              - {name: map, mountPath: /etc/map}
              - {name: key, mountPath: /secret, readOnly: true}
              - {name: map, mountPath: /one/file, subPath: a}
              - {name: info, mountPath: /info}
              - {name: own, mountPath: /own/part, subPath: part/inner}
              - {name: own, mountPath: /own/read, readOnly: true}
              - {name: memory, mountPath: /memory}
            """);
        assertThat(bed.run(pod).getPhase()).as(bed.log(pod)).isEqualTo("Succeeded");
        assertThat(bed.log(pod)).isEqualTo("""
            1 hidden default 2 1hidden 1
            12
            hidden 400
            1
            %s
            map is read-only
            own is read-only here
            """.formatted(pod.getMetadata().getName()));
        assertThat(file(pod, "own", "part/inner/f")).isEqualTo("kept\n");
    }

    @Test
    void aSubPathCannotLeadOutOfItsVolume() {
        Pod pod = image.parsed("escape", """
            restartPolicy: Never
            volumes: [{name: v, emptyDir: {}}]
            initContainers:
            - {name: first, command: [ln, -s, /etc, /v/link], volumeMounts: [{name: v, mountPath: /v}]}
            containers:
            - {name: main, command: [cat, /out/shadow], volumeMounts: [{name: v, mountPath: /out, subPath: link}]}
            """);
        bed.node.podChanged(pod);
        await().atMost(NodeBed.PATIENCE)
                .until(() -> bed.messages().contains("subPath \"link\" leads out of the volume"));
    }

    @Test
    void aContainerThatFailsAgainWaitsLonger() {
        Pod pod = image.parsed("again", """
            restartPolicy: Always
            containers:
            - name: main
              command: [sh, -c, 'echo why; exit 3']
              terminationMessagePolicy: FallbackToLogsOnError
            """);
        bed.node.podChanged(pod);
        PodStatus waiting = bed.awaitStatus(
                pod,
                s -> NodeBed.main(s).getState().getWaiting() != null
                        && NodeBed.main(s).getState().getWaiting().getReason().equals("CrashLoopBackOff"));
        var last = NodeBed.main(waiting).getLastState().getTerminated();
        assertThat(last.getExitCode()).isEqualTo(3);
        assertThat(last.getMessage()).isEqualTo("why\n");
        assertThat(last.getContainerID()).startsWith("podman://");
        bed.node.podChanged(NodeBed.deleted(pod, 0));
        bed.awaitEnd(pod);
    }

    @Test
    void hooksRunInTheContainer() throws IOException {
        Pod pod = image.parsed("hooks", """
            restartPolicy: Never
            volumes: [{name: v, emptyDir: {}}]
            containers:
            - name: main
              command: [sh, -c, 'trap "echo term >>/v/said; exit 0" TERM; while :; do usleep 20000; done']
              lifecycle:
                postStart: {exec: {command: [sh, -c, 'hostname >/v/said']}}
                preStop: {exec: {command: [sh, -c, 'echo pre >>/v/said']}}
              volumeMounts: [{name: v, mountPath: /v}]
            """);
        bed.node.podChanged(pod);
        bed.awaitRunning(pod);
        String name = pod.getMetadata().getName();
        await().atMost(NodeBed.PATIENCE)
                .ignoreException(NoSuchFileException.class)
                .until(() -> file(pod, "v", "said").equals(name + "\n"));
        bed.node.podChanged(NodeBed.deleted(pod, 30));
        assertThat(bed.awaitEnd(pod).getPhase()).isEqualTo("Succeeded");
        assertThat(file(pod, "v", "said")).isEqualTo(name + "\npre\nterm\n");
    }

    @Test
    void aFailedPostStartHookEndsTheContainer() {
        Pod pod = image.parsed("badhook", """
            restartPolicy: Never
            containers:
            - name: main
              command: [sleep, '1000']
              lifecycle: {postStart: {exec: {command: ['false']}}}
            terminationGracePeriodSeconds: 0
            """);
        assertThat(bed.run(pod).getPhase()).isEqualTo("Failed");
        assertThat(bed.messages()).contains("FailedPostStartHook PostStartHook failed");
    }

    @Test
    void limitsGroupsAndMessagesAreKept() {
        Pod pod = image.parsed("kept", """
            restartPolicy: Never
            securityContext: {runAsUser: 1000, fsGroup: 2000, supplementalGroups: [3000]}
            containers:
            - name: main
              command: [sh, -c]
              args:
              - |
                cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null | cut -d' ' -f1
                id -G | tr ' ' '\\n' | grep 000 | sort
                echo -n last words >/dev/termination-log
                exit 4
              resources: {limits: {cpu: 250m, memory: 64Mi}}
            """);
        PodStatus end = bed.run(pod);
        assertThat(bed.log(pod)).isEqualTo("25000\n1000\n2000\n3000\n");
        assertThat(NodeBed.main(end).getState().getTerminated().getMessage()).isEqualTo("last words");
        assertThat(NodeBed.main(end).getState().getTerminated().getExitCode()).isEqualTo(4);
    }

    @Test
    void aPodHasItsTimeAndNoMore() {
        Pod pod = image.parsed("late", """
            restartPolicy: OnFailure
            activeDeadlineSeconds: 1
            containers: [{name: main, command: [sleep, '1000']}]
            terminationGracePeriodSeconds: 0
            """);
        PodStatus end = bed.run(pod);
        assertThat(List.of(end.getPhase(), end.getReason())).containsExactly("Failed", "DeadlineExceeded");
    }
}
