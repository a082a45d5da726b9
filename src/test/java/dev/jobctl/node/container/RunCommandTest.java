package dev.jobctl.node.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.MessageSource;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.Surroundings;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunCommandTest {
    private static final AttemptFiles FILES = new AttemptFiles(Path.of("/kept/pods/ns_p_uid-1/main"), 2);

    private static ContainerPlan plan(List<String> command, List<Mount> mounts, Confinement confinement) {
        return new ContainerPlan(
                "main",
                "img:1",
                command,
                List.of("x"),
                Map.of("A", "b c"),
                null,
                MessageSource.FILE,
                new Surroundings(true, "p", "10.70.0.2", null, mounts, "/dev/termination-log", confinement, false, ""));
    }

    private static List<String> words(boolean podman, ContainerPlan plan) throws IOException {
        Engine engine = new Engine(List.of("/bin/engine"), podman, Map.of(), Log.none());
        ContainerName name = ContainerName.of(FILES, Path.of("/kept"));
        return RunCommand.of(engine, plan, FILES, name, List.of("--network", "host"), List.of("--init"));
    }

    private static Confinement confinement(List<String> capabilities, long memory) {
        return new Confinement(1000L, 1001L, List.of(7L), capabilities, true, true, false, true, memory, 1500, 9);
    }

    @Test
    void thePlanIsSaidInOptions() throws IOException {
        List<Mount> mounts = List.of(Mount.whole(Path.of("/v"), "/data", true, true));
        List<String> words = words(true, plan(List.of("run", "it"), mounts, confinement(List.of(), 5)));
        assertThat(words).startsWith("/bin/engine", "run", "--sig-proxy=false", "--name", "jobctl-uid-1-main-2");
        assertThat(String.join(" ", words))
                .contains("--env A=b c ")
                .contains("--mount type=bind,source=/v,target=/data,bind-propagation=rprivate,readonly ")
                .contains("--user 1000:1001 --group-add 7 --read-only --read-only-tmpfs=false")
                .contains("--security-opt no-new-privileges --cap-drop ALL --security-opt seccomp=unconfined")
                .contains("--memory 5b --cpus 1.500 --pids-limit 9")
                .endsWith("--init --entrypoint run img:1 it x");
    }

    @Test
    void whatHasALimitOfMemoryStaysUntilItWasAskedWhy() throws IOException {
        assertThat(words(true, plan(List.of(), List.of(), confinement(List.of(), 5))))
                .doesNotContain("--rm");
        assertThat(words(true, plan(List.of(), List.of(), confinement(List.of(), 0))))
                .contains("--rm");
    }

    @Test
    void onlyWhatDiffersFromUsualCapabilitiesIsSaid() throws IOException {
        List<String> wanted = new ArrayList<>(Confinement.USUAL_CAPABILITIES);
        wanted.add("SYS_NICE");
        assertThat(String.join(" ", words(true, plan(List.of(), List.of(), confinement(wanted, 0)))))
                .contains("--cap-drop NET_RAW --cap-add SYS_NICE")
                .doesNotContain("CHOWN");
    }

    @Test
    void dockerGetsNoOptionOfPodmans() throws IOException {
        assertThat(words(false, plan(List.of(), List.of(), confinement(List.of(), 0))))
                .doesNotContain("--no-hosts", "--pidfile", "--read-only-tmpfs=false", "passthrough", "--ulimit");
    }

    @Test
    void aPathThatTheEngineWouldCutIsRefused() {
        List<Mount> mounts = List.of(Mount.whole(Path.of("/v,ro"), "/data", true, true));
        assertThatThrownBy(() -> words(true, plan(List.of(), mounts, Confinement.none())))
                .hasMessage("the container engine mounts no path with a comma: /v,ro at /data");
    }
}
