package dev.jobctl.node;

import dev.jobctl.node.container.EngineSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An image made on this machine: Debian's busybox-static and nothing else. No registry is asked. Tests of containers
/// fail where podman or busybox is missing.
final class TestImage {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final String name;

    private TestImage(String name) {
        this.name = name;
    }

    /// The engine that tests use.
    static EngineSettings engine() {
        return new EngineSettings(List.of("podman"), List.of(), true, Map.of("PATH", System.getenv("PATH")));
    }

    /// @param files of a tarball with one file system
    static TestImage make(Path files, String... changes) throws IOException, InterruptedException {
        String name = "localhost/jobctl-test:" + ProcessHandle.current().pid() + "-" + files.hashCode();
        Path root = Files.createDirectories(files.resolve("image"));
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\nguest:x:1000:1000::/:/bin/sh\n");
        Files.copy(BUSYBOX, bin.resolve("busybox"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        for (String applet : output("/bin/busybox", "--list").split("\n")) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
        Path tar = files.resolve("image.tar");
        output("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
        List<String> words = new ArrayList<>(List.of("podman", "import", "--quiet"));
        for (String change : changes) {
            words.addAll(List.of("--change", change));
        }
        words.addAll(List.of(tar.toString(), name));
        output(words.toArray(String[]::new));
        return new TestImage(name);
    }

    String name() {
        return name;
    }

    /// What a program says; fails when it fails.
    static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
        return said;
    }

    void remove() throws IOException, InterruptedException {
        output("podman", "rmi", "--force", name);
    }
}
