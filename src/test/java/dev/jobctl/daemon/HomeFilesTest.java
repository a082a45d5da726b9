package dev.jobctl.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.launch.wire.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
    @TempDir
    Path directory;

    @Test
    void aHomeThatWasADirectoryOfOtherThingsKeepsThem() throws Exception {
        List<String> theirs = List.of("accounts.xlsx", "claims-2025", "portfolio", "tokens.txt");
        for (String name : theirs) {
            Files.createDirectory(directory.resolve(name));
        }
        for (String name :
                List.of("accounts", "spaces", "port", "token", "state.db-wal", "daemon.log.1", "kubeconfig.new")) {
            Files.writeString(directory.resolve(name), "ours");
        }
        Home home = Home.of(Map.of("JOBCTL_HOME", directory.toString()), "/", "/");
        assertThat(HomeFiles.remove(home)).isEqualTo(theirs);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrderElementsOf(theirs);
    }
}
