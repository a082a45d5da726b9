package dev.jobctl.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.Busybox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The images that the examples name, made of this host's own programs, in a registry on loopback that podman takes for
/// docker.io; and a storage of its own, so that nobody's real `busybox` is replaced. Podman pulls as it always does; no
/// other machine is asked. Owned by one thread.
final class HostImages implements AutoCloseable {
    private final Path directory;
    private final Registry registry;

    private HostImages(Path directory, Registry registry) {
        this.directory = directory;
        this.registry = registry;
    }

    static HostImages make() throws IOException, InterruptedException {
        assertThat(Busybox.missing()).as("what containers need; install it").isEmpty();
        Path directory = Files.createTempDirectory("ji");
        HostImages images = new HostImages(directory, new Registry(directory));
        images.fill();
        return images;
    }

    private void fill() throws IOException, InterruptedException {
        Path root = directory.resolve("root");
        Busybox.lay(root);
        Files.createDirectory(root.resolve("tmp"));
        Path bottom = directory.resolve("busybox.tar");
        Busybox.output("tar", "-C", root.toString(), "-cf", bottom.toString(), ".");
        registry.add("busybox", List.of(bottom));
        registry.add("redis", List.of(bottom, layer("redis", List.of(found("redis-server"), found("redis-cli")))));
        registry.add("perl", List.of(bottom, layer("perl", perl())));
        registry.add("python", List.of(bottom, layer("python", python())));
        Files.writeString(directory.resolve("registries.conf"), """
            [[registry]]
            prefix = "docker.io"
            location = "127.0.0.1:%d"
            insecure = true
            """.formatted(registry.port()));
    }

    /// What a shell exports for a daemon that is to use these images.
    String exports() {
        return "export JOBCTL_ENGINE='%s' CONTAINERS_REGISTRIES_CONF=%s"
                .formatted(String.join(" ", engine()), directory.resolve("registries.conf"));
    }

    private List<String> engine() {
        return List.of("podman", "--root", directory + "/storage", "--runroot", directory + "/run");
    }

    /// Names and states of all containers there are.
    String containers() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(engine());
        words.addAll(List.of("ps", "--all", "--format", "{{.Names}} {{.Status}}"));
        return Busybox.output(words.toArray(String[]::new));
    }

    /// The interpreter with the modules that the examples use.
    private static List<String> perl() throws IOException, InterruptedException {
        String program = Busybox.output("perl", "-e", "print $^X").strip();
        List<String> files = new ArrayList<>(List.of(program));
        files.addAll(lines(
                "perl", "-MIO::Socket::INET", "-e", "print \"$_\\n\" for values %INC, @DynaLoader::dl_shared_objects"));
        return files;
    }

    /// The interpreter with its library.
    private static List<String> python() throws IOException, InterruptedException {
        List<String> files = new ArrayList<>(lines(
                "python3",
                "-c",
                "import sys, os, sysconfig; print(os.path.realpath(sys.executable));"
                        + " print(sysconfig.get_path('stdlib')); import _ssl, _hashlib, _socket, zlib;"
                        + " print(*(m.__file__ for m in (_ssl, _hashlib, _socket, zlib) if hasattr(m, '__file__')),"
                        + " sep='\\n')"));
        return files;
    }

    private static List<String> lines(String... words) throws IOException, InterruptedException {
        return Arrays.asList(Busybox.output(words).split("\n"));
    }

    private static String found(String program) throws IOException, InterruptedException {
        return Busybox.output("sh", "-c", "command -v " + program).strip();
    }

    /// A tarball of files and directories where they lie on this host, with the libraries that the files need, and a
    /// link in `/usr/bin` to the first.
    private Path layer(String name, List<String> files) throws IOException, InterruptedException {
        Set<String> all = new LinkedHashSet<>(files);
        for (String file : files) {
            if (Files.isRegularFile(Path.of(file)) && !file.endsWith(".pm") && !file.endsWith(".pl")) {
                for (String line : lines("ldd", file)) {
                    String library = line.replaceFirst(".*=> ", "").strip().replaceFirst(" \\(0x.*", "");
                    if (library.startsWith("/")) {
                        all.add(library);
                    }
                }
            }
        }
        Path tarball = directory.resolve(name + ".tar");
        List<String> words =
                new ArrayList<>(List.of("tar", "-C", "/", "--hard-dereference", "-chf", tarball.toString()));
        for (String left : List.of("test", "__pycache__", "site-packages", "dist-packages", "config-*", "*.a")) {
            words.add("--exclude=" + left);
        }
        all.stream()
                .filter(file -> all.stream().noneMatch(other -> file.startsWith(other + "/")))
                .forEach(file -> words.add(file.substring(1)));
        Busybox.output(words.toArray(String[]::new));
        Path first = Path.of(files.getFirst());
        String usual = name.equals("python") ? "python3" : first.getFileName().toString();
        if (!first.equals(Path.of("/usr/bin", usual))) {
            Path links = Files.createDirectories(directory.resolve(name + "/usr/bin"));
            Files.createSymbolicLink(links.resolve(usual), first);
            Busybox.output("tar", "-C", directory.resolve(name).toString(), "-rf", tarball.toString(), "usr/bin");
        }
        return tarball;
    }

    @Override
    public void close() throws IOException {
        registry.close();
        List<String> words = new ArrayList<>(engine());
        words.addAll(List.of("rmi", "--all", "--force"));
        try {
            Busybox.output(words.toArray(String[]::new));
            Busybox.output("sh", "-c", "umount $1/storage/overlay 2>/dev/null; rm -rf $1", "sh", directory.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
