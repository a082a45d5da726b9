package dev.jobctl.node.container;

import dev.jobctl.node.runtime.AttemptFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The files of an attempt that the engine and the container write.
final class ContainerFiles {
    private static final String KEPT = "kept";

    /// It was killed for want of memory.
    static final String STARVED = "starved";

    /// The engine has nothing of it any more.
    static final String GONE = "gone";

    private ContainerFiles() {}

    /// Makes an empty file that any user of the container can write.
    static void writable(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) { // from a start that did not come about
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    /// Whether the engine came as far as a process for the program.
    static boolean created(AttemptFiles files, boolean near) {
        try {
            return Files.size(near ? files.pid() : files.containerId()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// As if the attempt had never been tried.
    static void forget(AttemptFiles files) throws IOException {
        Files.deleteIfExists(files.pid());
        Files.deleteIfExists(files.containerId());
        Files.deleteIfExists(files.container());
        Files.deleteIfExists(files.run());
    }

    /// Names the container before it is there. What becomes known of it later follows, a word a line.
    ///
    /// @param kept whether it outlives its end until somebody removes it
    static void name(AttemptFiles files, String name, boolean kept) throws IOException {
        Files.writeString(files.container(), name + "\n" + (kept ? KEPT + "\n" : ""));
    }

    static boolean kept(AttemptFiles files) {
        return says(files, KEPT);
    }

    static boolean says(AttemptFiles files, String word) {
        try {
            List<String> lines = Files.readAllLines(files.container());
            return lines.lastIndexOf(word) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    static void note(AttemptFiles files, String word) {
        try {
            Files.writeString(files.container(), word + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) { // the pod's directory is gone, or the disk full: then the engine is asked again
            return;
        }
    }

    /// What the engine complained of instead of running the program. It moves from the log, where it does not belong,
    /// to the termination message.
    static String complaint(AttemptFiles files) throws IOException {
        String known = Files.exists(files.termination()) ? Files.readString(files.termination()) : "";
        if (!known.isEmpty() || !Files.exists(files.log())) {
            return known;
        }
        Path said = Files.exists(files.complaints()) ? files.complaints() : files.log();
        String why = new Engine.Answer(1, "", Files.readString(said)).complaint();
        Files.writeString(files.termination(), why);
        Files.newByteChannel(files.log(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
        return why;
    }
}
