package dev.jobctl.node.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the supervisor wrote about one attempt. Two lines, each written by one call; a line without its line feed does
/// not count:
///
///     4711 98234 6f1c...-boot-id 1763726400123
///     exit 3
///
/// pid of the supervisor, its start in clock ticks since boot (0 where unknown), boot id, start in milliseconds since
/// 1970, and `forked` for a supervisor of `forker.pl`. The second line appears at the end; this side writes it, with
/// reason and message after the code, where no
/// process could be started or its end was lost. Appending needs no new block on disk, so a full disk rarely loses it.
///
/// Whoever makes the file has the attempt. So a start that is given up puts a link to nowhere in its place: it needs
/// neither room nor a descriptor, and a supervisor that comes late runs nothing.
///
/// @param endedAt when the second line was written, null without it
record RunFile(Claim claim, @Nullable Exit exit, @Nullable Instant endedAt) {
    /// The first line.
    ///
    /// @param forked the supervisor passes SIGTERM on to the program, and records an end only when nothing is left
    record Claim(long pid, long startTicks, String boot, Instant startedAt, boolean forked) {
        String line() {
            return pid + " " + startTicks + " " + boot + " " + startedAt.toEpochMilli() + (forked ? FORKED : "") + "\n";
        }
    }

    private static final String FORKED = " forked";
    private static final Path WITHDRAWN = Path.of("withdrawn");

    /// The second line.
    record Exit(int code, String reason, String message) {
        String line() {
            String text = (reason + " " + message).replace('\n', ' ').strip();
            return ("exit " + code + " " + text).strip() + "\n";
        }
    }

    /// Empty when the file is not there or holds no whole first line.
    static Optional<RunFile> read(Path file) throws IOException {
        String text;
        Instant modified;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
            modified = Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String[] lines = text.split("\n", -1);
        Optional<Claim> claim = lines.length < 2 ? Optional.empty() : claim(lines[0]);
        Exit exit = lines.length < 3 ? null : exit(lines[1]);
        return claim.map(c -> new RunFile(c, exit, exit == null ? null : modified));
    }

    /// The record of an attempt that never became a process.
    static void writeWhole(Path file, Claim claim, Exit exit) throws IOException {
        Files.writeString(file, claim.line() + exit.line());
    }

    /// Completes the record of a process that left none.
    static void append(Path file, Exit exit) throws IOException {
        Files.writeString(file, exit.line(), StandardOpenOption.APPEND);
    }

    /// Nobody may begin the attempt until [#readmit]. Throws [java.nio.file.FileAlreadyExistsException] when somebody
    /// has begun it.
    static void withdraw(Path file) throws IOException {
        Files.createSymbolicLink(file, WITHDRAWN);
    }

    /// False when it is not withdrawn.
    static boolean readmit(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                && Files.readSymbolicLink(file).equals(WITHDRAWN)
                && Files.deleteIfExists(file);
    }

    private static Optional<Claim> claim(String line) {
        String[] words = line.split(" ", -1);
        boolean forked = line.endsWith(FORKED);
        if (words.length != (forked ? 5 : 4)) {
            return Optional.empty();
        }
        try {
            Instant startedAt = Instant.ofEpochMilli(Long.parseLong(words[3]));
            return Optional.of(
                    new Claim(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2], startedAt, forked));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Exit exit(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 2 || !words[0].equals("exit")) {
            return null;
        }
        try {
            int code = Integer.parseInt(words[1]);
            return new Exit(code, words.length > 2 ? words[2] : "", words.length > 3 ? words[3] : "");
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
