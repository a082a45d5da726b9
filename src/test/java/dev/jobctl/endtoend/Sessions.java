package dev.jobctl.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Plays every transcript in `src/test/sessions` against the release in `target/dist`, in each of its modes.
/// `-Dtest='*SessionsTest' -Dsession=NAME` plays those whose name begins so.
final class Sessions {
    private static final Path SESSIONS = Path.of("src/test/sessions");

    private Sessions() {}

    static List<DynamicTest> tests(boolean alone) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(SESSIONS)) {
            for (Path file : files.filter(Sessions::wanted).sorted().toList()) {
                Transcript transcript = Transcript.parse(Files.readString(file));
                for (Mode mode : transcript.alone() == alone ? transcript.modes() : List.<Mode>of()) {
                    String name = file.getFileName() + " (" + mode.label() + ")";
                    tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> play(file, transcript, mode)));
                }
            }
        }
        return tests;
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".session") && name.startsWith(System.getProperty("session", ""));
    }

    private static void play(Path file, Transcript transcript, Mode mode) throws IOException {
        try (Stage stage = Stage.open(mode)) {
            stage.play(file, transcript);
        }
    }
}
