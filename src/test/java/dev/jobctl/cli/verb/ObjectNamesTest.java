package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer;
import dev.jobctl.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectNamesTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(directory);
        cli.server.post(TestServer.JOBS, TestServer.job("pi", ""));
        cli.server.post(TestServer.JOBS, TestServer.job("pick", ""));
        cli.server.post(TestServer.JOBS, TestServer.job("greet", ""));
    }

    /// What stands behind the last space is the word that is completed.
    private List<String> names(String line) {
        List<String> words = new ArrayList<>(List.of(ObjectNames.VERB));
        words.addAll(List.of(line.split(" ", -1)));
        Cli.Said said = cli.run(words);
        return said.code() == 0 ? said.out().lines().toList() : List.of("exit " + said.code());
    }

    @Test
    void namesBehindTheirType() {
        assertThat(names("get jobs ")).containsExactly("greet", "pi", "pick");
        assertThat(names("get job p")).containsExactly("pi", "pick");
        assertThat(names("delete job pi p")).containsExactly("pick");
        assertThat(names("get -o json jobs gr")).containsExactly("greet");
        assertThat(names("delete job pi -l app=x p")).containsExactly("pick");
        assertThat(names("get job/p")).containsExactly("job/pi", "job/pick");
        assertThat(names("get job/pi job/g")).containsExactly("job/greet");
        assertThat(names("patch job p")).containsExactly("pi", "pick");
        assertThat(names("patch job pi p")).isEmpty();
    }

    @Test
    void whatVerbsForPodsAndJobsTake() {
        assertThat(names("logs ")).containsExactly("job/greet", "job/pi", "job/pick");
        assertThat(names("logs -f job/pic")).containsExactly("job/pick");
        assertThat(names("logs job/pi ")).isEmpty();
        assertThat(names("suspend ")).containsExactly("job/greet", "job/pi", "job/pick");
        assertThat(names("suspend job/pi p")).isEmpty();
        assertThat(names("taint ")).containsExactly("nodes");
    }

    @Test
    void namespacesBehindTheirOption() {
        assertThat(names("get jobs -n de")).containsExactly("default");
        assertThat(names("--namespace=de")).containsExactly("exit 1");
        assertThat(names("get jobs --namespace=de")).containsExactly("default");
        assertThat(names("get jobs -n nowhere ")).isEmpty();
    }

    @Test
    void namesThatAShellWouldReadOtherwiseAreNotTold() {
        for (String name : List.of("reads", "system:reads", "$(reads)", "reads all")) {
            cli.server.post(
                    "/apis/rbac.authorization.k8s.io/v1/clusterroles", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        }
        assertThat(names("get clusterroles ")).containsExactly("reads", "system:reads");
    }

    @Test
    void nothingWhereNoNameMayStand() {
        assertThat(names("get ")).isEmpty();
        assertThat(names("get --out")).isEmpty();
        assertThat(names("get nonsense x")).isEmpty();
        assertThat(names("get nonsense/x")).isEmpty();
        assertThat(names("explain jobs ")).isEmpty();
        assertThat(names("local stop ")).isEmpty();
        assertThat(names("exec pod -- p")).containsExactly("exit 1");
        assertThat(names("nonsense p")).containsExactly("exit 1");
        assertThat(names("")).containsExactly("exit 1");
    }
}
