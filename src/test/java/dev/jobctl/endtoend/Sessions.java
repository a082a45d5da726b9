package dev.jobctl.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Plays every transcript in `src/test/sessions` against the release in `target/dist`, in each of its modes.
/// `-Dtest='*SessionsTest' -Dsession=NAME` plays those whose name begins so.
final class Sessions {
    private static final Path SESSIONS = Path.of("src/test/sessions");

    private Sessions() {}

    /// One transcript in one mode.
    private record Session(Path file, Transcript transcript, Mode mode) {
        private String name() {
            return file.getFileName() + " (" + mode.label() + ")";
        }

        private boolean play() throws IOException {
            try (Stage stage = Stage.open(mode)) {
                stage.play(file, transcript);
            }
            return true;
        }
    }

    /// Those that need the machine for themselves, each when its turn comes.
    static List<DynamicTest> alone() throws IOException {
        return all(true).stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), each.file().toUri(), each::play))
                .toList();
    }

    /// The others, begun at once by `players`: those that last long first, so that none of them is left at the end.
    static List<DynamicTest> together(ExecutorService players) throws IOException {
        List<Session> all = new ArrayList<>(all(false));
        all.sort(Comparator.comparing(each -> !each.transcript().lasting()));
        List<DynamicTest> tests = new ArrayList<>();
        for (Session each : all) {
            Future<Boolean> played = players.submit(each::play);
            tests.add(DynamicTest.dynamicTest(each.name(), each.file().toUri(), () -> heldOrThrow(played)));
        }
        return tests;
    }

    private static void heldOrThrow(Future<Boolean> played) throws Throwable {
        try {
            played.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static List<Session> all(boolean alone) throws IOException {
        List<Session> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(SESSIONS)) {
            for (Path file : files.filter(Sessions::wanted).sorted().toList()) {
                Transcript transcript = Transcript.parse(Files.readString(file));
                for (Mode mode : transcript.alone() == alone ? transcript.modes() : List.<Mode>of()) {
                    all.add(new Session(file, transcript, mode));
                }
            }
        }
        return all;
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".session") && name.startsWith(System.getProperty("session", ""));
    }
}
