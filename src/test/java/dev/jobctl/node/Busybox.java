package dev.jobctl.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Debian's busybox-static: the bottom of every image that tests make. They fail where it, or what runs containers, is
/// missing.
public final class Busybox {
    private static final Path PROGRAM = Path.of("/bin/busybox");

    /// Of each list one.
    private static final List<List<String>> NEEDED = List.of(
            List.of("podman"), List.of("runc", "crun"), List.of("ip"), List.of("nft", "iptables"), List.of("tar"));

    /// The type of the ELF header that names one.
    private static final int INTERPRETER = 3;

    private Busybox() {}

    /// Makes a root directory with busybox, a link for each of its programs, and two users.
    public static void lay(Path root) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\nguest:x:1000:1000::/:/bin/sh\n");
        Files.copy(PROGRAM, bin.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String applet : output(PROGRAM.toString(), "--list").split("\n")) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
    }

    /// What is not on this machine, in words.
    public static List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        for (List<String> either : NEEDED) {
            if (either.stream().noneMatch(Busybox::onPath)) {
                missing.add(String.join(" or ", either) + ", on the PATH");
            }
        }
        if (!Files.isExecutable(PROGRAM)) {
            missing.add(PROGRAM + ", of the package busybox-static");
        } else if (dynamic(PROGRAM)) {
            missing.add("a static " + PROGRAM + ", as of the package busybox-static");
        }
        return missing;
    }

    /// Whether a program of that name is on the PATH.
    public static boolean onPath(String program) {
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

    /// What a program says; fails when it fails.
    public static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
        return said;
    }
}
