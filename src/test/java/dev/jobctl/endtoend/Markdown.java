package dev.jobctl.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The console blocks of a Markdown file as one session in the daemon's mode. What readers see is real output, so what
/// differs from run to run differs here too: ages, and the random ends of pod names.
final class Markdown {
    /// Five of the letters and digits that names are made of: no word of English, for there are no vowels.
    private static final String RANDOM_END = "(?<=[a-z0-9]-)[bcdfghjklmnpqrstvwxz2456789]{5}\\b";

    private Markdown() {}

    static Transcript transcript(Path file) throws IOException {
        boolean inside = false;
        StringBuilder session = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            boolean fence = line.startsWith("```");
            if (fence) {
                inside = line.equals("```console");
            }
            // Other lines stay as comments: so a step knows its line.
            session.append(inside && !fence ? line : "#").append('\n');
        }
        List<Transcript.Step> steps = Transcript.parse(session.toString()).steps();
        return new Transcript(
                Set.of(Mode.DAEMON),
                false,
                false,
                steps.stream().map(Markdown::lenient).toList());
    }

    private static Transcript.Step lenient(Transcript.Step step) {
        List<String> output = step.output().stream()
                .map(line -> line.replaceAll(RANDOM_END, "<name>"))
                .map(line -> line.replaceAll("\\b\\d+s\\b", "<age>"))
                .toList();
        return new Transcript.Step(step.line(), step.command(), output, step.exit());
    }
}
