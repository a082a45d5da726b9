package dev.jobctl.node;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A node for each test, whose pods get sandboxes of this machine's kernel.
@EnabledOnOs(OS.LINUX)
abstract class SandboxedNode {
    @TempDir
    Path home;

    NodeBed bed;

    @BeforeEach
    void open() {
        bed = NodeBed.sandboxed(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }
}
