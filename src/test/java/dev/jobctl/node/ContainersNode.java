package dev.jobctl.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A node for each test, whose pods run in containers of a real podman, and an image for all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainersNode {
    private final String[] changes;
    TestImage image;
    NodeBed bed;

    /// `changes` to the image, as a Dockerfile writes them.
    ContainersNode(String... changes) {
        this.changes = changes;
    }

    @BeforeAll
    void makeImage(@TempDir Path files) throws IOException, InterruptedException {
        image = TestImage.make(files, changes);
    }

    @AfterAll
    void removeImage() throws IOException, InterruptedException {
        image.remove();
    }

    @BeforeEach
    void open(@TempDir Path home) {
        bed = NodeBed.ofContainers(home);
    }

    @AfterEach
    void close() throws InterruptedException {
        bed.close();
    }

    /// What a file of a pod's volume says.
    String file(Pod pod, String volume, String name) throws IOException {
        return Files.readString(
                bed.directory(pod).resolve(".volumes").resolve(volume).resolve(name));
    }
}
