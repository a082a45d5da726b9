package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.container.EngineSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An image made on this machine: Debian's busybox-static and nothing else. No registry is asked. Tests of containers
/// fail where podman or busybox is missing.
final class TestImage {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /// Of each list one.
    private static final List<List<String>> NEEDED = List.of(
            List.of("podman"), List.of("runc", "crun"), List.of("ip"), List.of("nft", "iptables"), List.of("tar"));

    /// The type of the ELF header that names one.
    private static final int INTERPRETER = 3;

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
        assertThat(missing()).as("what tests of containers need; install it").isEmpty();
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

    /// What is not on this machine, in words.
    static List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        for (List<String> either : NEEDED) {
            if (either.stream().noneMatch(TestImage::onPath)) {
                missing.add(String.join(" or ", either) + ", on the PATH");
            }
        }
        if (!Files.isExecutable(BUSYBOX)) {
            missing.add(BUSYBOX + ", of the package busybox-static");
        } else if (dynamic(BUSYBOX)) {
            missing.add("a static " + BUSYBOX + ", as of the package busybox-static");
        }
        return missing;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /// Whether a program of 64 bits names an interpreter, which the image would lack.
    private static boolean dynamic(Path program) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(program)).order(ByteOrder.LITTLE_ENDIAN);
        int headers = (int) bytes.getLong(32);
        int size = bytes.getShort(54);
        int count = bytes.getShort(56);
        return IntStream.range(0, count).anyMatch(number -> bytes.getInt(headers + number * size) == INTERPRETER);
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
