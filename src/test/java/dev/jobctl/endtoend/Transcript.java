package dev.jobctl.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A session as written: commands and what they print.
///
///     # modes: daemon
///     $ jobctl get jobs
///     NAME   STATUS     COMPLETIONS   DURATION   AGE
///     pi     Complete   1/1           <age>      <age>
///     $ jobctl get job nope
///     Error from server (NotFound): jobs.batch "nope" not found
///     [exit 1]
///
/// A line that begins with `#` is a comment, one that begins with `> ` continues the command. Placeholders and `...`
/// are those of [Expectation]. Standard output and standard error are read as one, in their order.
///
/// @param modes how the session may run; all of them unless a comment `# modes:` says otherwise
/// @param alone whether a comment `# alone:` says why no other session may run beside it
/// @param lasting whether a comment `# long:` says why it takes long
record Transcript(Set<Mode> modes, boolean alone, boolean lasting, List<Step> steps) {
    /// A command and its expected output lines and exit code.
    ///
    /// @param line where the command stands, from 1
    record Step(int line, String command, List<String> output, int exit) {}

    static Transcript parse(String text) {
        Set<Mode> modes = new TreeSet<>(Set.of(Mode.values()));
        boolean alone = false;
        boolean lasting = false;
        List<Step> steps = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.startsWith("# modes:")) {
                modes.clear();
                for (String mode : line.substring("# modes:".length()).split(",")) {
                    modes.add(Mode.named(mode.strip()));
                }
            }
            alone |= line.startsWith("# alone:");
            lasting |= line.startsWith("# long:");
            if (line.startsWith("$ ")) {
                at = step(lines, at, steps);
            } else if (line.isBlank() || line.startsWith("#")) {
                at++;
            } else {
                throw new IllegalArgumentException("line " + (at + 1) + ": output without a command: " + line);
            }
        }
        return new Transcript(modes, alone, lasting, steps);
    }

    /// Reads the step that begins at line `start`; returns the index of the first line after it.
    private static int step(List<String> lines, int start, List<Step> steps) {
        StringBuilder command = new StringBuilder(lines.get(start).substring(2));
        int at = start + 1;
        while (at < lines.size() && lines.get(at).startsWith("> ")) {
            command.append('\n').append(lines.get(at++).substring(2));
        }
        List<String> output = new ArrayList<>();
        int exit = 0;
        while (at < lines.size() && !lines.get(at).startsWith("$ ")) {
            String line = lines.get(at++);
            if (line.matches("\\[exit \\d+]")) {
                exit = Integer.parseInt(line.substring(6, line.length() - 1));
            } else if (!line.startsWith("# ") && !line.equals("#")) {
                output.add(line);
            }
        }
        while (!output.isEmpty() && output.getLast().isBlank()) {
            output.removeLast();
        }
        steps.add(new Step(start + 1, command.toString(), List.copyOf(output), exit));
        return at;
    }
}
