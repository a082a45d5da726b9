package dev.jobctl.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes of somebody who is not root: all of [SandboxTest] once more, in a process of an ordinary user.
@EnabledOnOs(OS.LINUX)
final class OrdinaryUserTest {
    private static final int NOBODY = 65534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    @Test
    void anOrdinaryUsersSandboxesAreTheSame(@TempDir Path place) throws IOException, InterruptedException {
        assumeThat(runs("test", "$(id -u)", "=", "0"))
                .as("root can become another")
                .isTrue();
        assumeThat(runs(String.join(" ", AS_NOBODY), "unshare", "--user", "--map-root-user", "true"))
                .as("this kernel lets ordinary users make namespaces")
                .isTrue();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(place.resolve("home"));
        Files.setAttribute(home, "unix:uid", NOBODY);
        List<String> words = new ArrayList<>(AS_NOBODY);
        words.addAll(List.of("env", "-i", "PATH=" + System.getenv("PATH"), "HOME=" + home));
        words.addAll(
                List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-cp", readable(place)));
        words.addAll(List.of(OrdinaryUserTest.class.getName(), home.toString()));
        Process process = new ProcessBuilder(words)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static boolean runs(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", String.join(" ", words)).start().waitFor() == 0;
    }

    /// The class path, where others than its owner can read it.
    private static String readable(Path place) throws IOException, InterruptedException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry).toAbsolutePath();
            Path to = place.resolve(entries.size() + "-" + from.getFileName());
            if (Files.isDirectory(from)) {
                Busybox.output("cp", "-r", from.toString(), to.toString());
            } else if (Files.exists(from)) {
                link(from, to);
            }
            entries.add(to.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileSystemException e) { // another disk
            Files.copy(from, to);
        }
    }

    /// Runs every test of [SandboxTest], each in a directory of its own below the one named; ends with an exception
    /// when one fails.
    public static void main(String[] arguments) throws IOException {
        List<String> failures = new ArrayList<>();
        List<Method> tests = Stream.of(SandboxTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        for (Method test : tests) {
            try {
                run(test, Files.createDirectory(Path.of(arguments[0], test.getName())));
            } catch (InvocationTargetException e) {
                failures.add(test.getName() + ": " + e.getCause());
            } catch (ReflectiveOperationException | InterruptedException e) {
                failures.add(test.getName() + ": " + e);
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.size() + " of " + tests.size() + " fail:\n" + String.join("\n", failures));
        }
    }

    private static void run(Method test, Path home) throws ReflectiveOperationException, InterruptedException {
        SandboxTest instance = new SandboxTest();
        instance.home = home;
        instance.open();
        try {
            test.setAccessible(true);
            test.invoke(instance);
        } finally {
            instance.close();
        }
    }
}
