package dev.jobctl.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.launch.wire.Home;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Home HOME = new Home(Path.of("/state/jobctl"));

    @Test
    void localWorkGoesToTheDaemon() {
        check("get jobs", Route.TARGET);
        check("-n team get jobs", Route.TARGET);
        check("apply -f job.yaml", Route.TARGET);
        check("local start", Route.DAEMON);
        check("local env", Route.DAEMON);
        check("exec pod -- sh -t", Route.TARGET);
    }

    @Test
    void aRunBringsItsOwnPlane() {
        check("run -f job.yaml", Route.HERE);
        check("", Route.HERE);
        check("--help", Route.HERE);
        check("help get", Route.HERE);
        check("completion bash", Route.HERE);
    }

    @Test
    void whatOwnsTheTerminalRunsHere() {
        check("exec -it pod -- sh", Route.HERE);
        check("exec --tty pod -- sh", Route.HERE);
        check("edit job/pi", Route.HERE);
    }

    @Test
    void descriptorsAreThoseOfTheProcessThatGotThem() {
        check("apply -f /dev/fd/63", Route.HERE);
        check("apply -f=/dev/stdin", Route.HERE);
        check("cp pod:/data/x /dev/stdout", Route.HERE);
        check("create configmap c --from-file=k=/proc/self/fd/5", Route.HERE);
        check("exec pod -- cat /dev/stdin", Route.TARGET);
        assertThat(Route.of(new String[] {"apply", "-f", "/dev/fd/63"}, Map.of("JOBCTL_DAEMON", "always"), HOME))
                .isEqualTo(Route.HERE);
    }

    @Test
    void noDaemonIsStartedForWhatDoesNotNeedOne() {
        check("local stop", Route.DAEMON_IF_RUNNING);
        check("local status -o json", Route.DAEMON_IF_RUNNING);
        check("get jobs --context prod", Route.DAEMON_IF_RUNNING);
        check("get jobs --kubeconfig=x", Route.DAEMON_IF_RUNNING);
        check("-s https://prod:6443 get jobs", Route.DAEMON_IF_RUNNING);
        check("get --help", Route.DAEMON_IF_RUNNING);
        check("version --client", Route.DAEMON_IF_RUNNING);
        check("use prod", Route.DAEMON_IF_RUNNING);
        check("__complete get jobs ", Route.DAEMON_IF_RUNNING);
    }

    @Test
    void anExportedKubeconfigNamesAClusterUnlessItIsOurs() {
        assertThat(Route.of(new String[] {"get", "jobs"}, Map.of("KUBECONFIG", "/etc/prod"), HOME))
                .isEqualTo(Route.DAEMON_IF_RUNNING);
        assertThat(Route.of(new String[] {"get", "jobs"}, Map.of("KUBECONFIG", "/state/jobctl/kubeconfig"), HOME))
                .isEqualTo(Route.TARGET);
    }

    @Test
    void theUserHasTheLastWord() {
        assertThat(Route.of(new String[] {"get", "jobs"}, Map.of("JOBCTL_DAEMON", "off"), HOME))
                .isEqualTo(Route.HERE);
        assertThat(Route.of(new String[] {"local", "start"}, Map.of("JOBCTL_DAEMON", "off"), HOME))
                .as("local speaks of the daemon in any case")
                .isEqualTo(Route.DAEMON);
        assertThat(Route.of(new String[] {"run"}, Map.of("JOBCTL_DAEMON", "always"), HOME))
                .isEqualTo(Route.DAEMON);
    }

    private static void check(String line, Route expected) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        assertThat(Route.of(words, Map.of(), HOME)).as(line).isEqualTo(expected);
    }
}
