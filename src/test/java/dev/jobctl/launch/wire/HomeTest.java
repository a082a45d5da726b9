package dev.jobctl.launch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @Test
    void theHomeIsNamedByTheEnvironment() throws HomeError {
        check(Map.of("JOBCTL_HOME", "/a", "XDG_STATE_HOME", "/x", "HOME", "/h"), "/a");
        check(Map.of("JOBCTL_HOME", "rel", "HOME", "/h"), "/cwd/rel");
        check(Map.of("XDG_STATE_HOME", "/x", "HOME", "/h"), "/x/jobctl");
        check(Map.of("XDG_STATE_HOME", "not-absolute", "HOME", "/h"), "/h/.local/state/jobctl");
        check(Map.of("HOME", "/h"), "/h/.local/state/jobctl");
        check(Map.of(), "/user/.local/state/jobctl");
    }

    @Test
    void aPathTooLongForASocketIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Home.of(Map.of("JOBCTL_HOME", "/" + "x".repeat(100)), "/", "/"))
                .isInstanceOf(HomeError.class)
                .hasMessageContaining("too long")
                .hasMessageContaining("set JOBCTL_HOME to a shorter path");
    }

    @Test
    void aNewHomeIsPrivate(@TempDir Path directory) throws HomeError, IOException {
        Home home = new Home(directory.resolve("deep/home"));
        home.prepare();
        home.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void anOpenHomeIsClosedUnlessItHoldsOtherThings(@TempDir Path directory) throws HomeError, IOException {
        var open = PosixFilePermissions.fromString("rwxr-xr-x");
        Home home = new Home(Files.createDirectory(directory.resolve("home")));
        Files.setPosixFilePermissions(home.path(), open);
        home.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(home.path(), open);
        Files.createFile(home.path().resolve("thesis.tex"));
        assertThatThrownBy(home::prepare)
                .isInstanceOf(HomeError.class)
                .hasMessageContaining("others can enter the home " + home.path() + " (rwxr-xr-x)")
                .hasMessageContaining("chmod 700");
        assertThat(Files.getPosixFilePermissions(home.path())).isEqualTo(open);
        Files.createFile(home.ownerLock());
        home.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileInTheWayIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> new Home(file.resolve("home")).prepare())
                .isInstanceOf(HomeError.class)
                .hasMessageStartingWith("cannot make the home " + file + "/home: ")
                .hasMessageEndingWith("set JOBCTL_HOME to a directory of your own");
    }

    @Test
    void aRememberedClusterIsSeen(@TempDir Path directory) throws IOException {
        Home home = new Home(directory);
        assertThat(home.remembersCluster()).isFalse();
        Files.writeString(directory.resolve("config.json"), "{}");
        assertThat(home.remembersCluster()).isFalse();
        Files.writeString(directory.resolve("config.json"), "{\"context\":\"prod\"}");
        assertThat(home.remembersCluster()).isTrue();
    }

    private static void check(Map<String, String> environment, String expected) throws HomeError {
        assertThat(Home.of(environment, "/cwd", "/user").path()).isEqualTo(Path.of(expected));
    }
}
