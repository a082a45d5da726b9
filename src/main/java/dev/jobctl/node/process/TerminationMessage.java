package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.MessageSource;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What a container said last. A host has no `/dev/termination-log` per container, so the container finds the name of
/// its file in the variable [#VARIABLE]; what it writes to any other path is not read.
final class TerminationMessage {
    static final String VARIABLE = "JOBCTL_TERMINATION_LOG";

    /// Kubernetes' own limits.
    private static final int FILE_BYTES_MAX = 4096;

    private static final int LOG_BYTES_MAX = 2048;
    private static final int LOG_LINES_MAX = 80;

    private TerminationMessage() {}

    /// Empty when there is none or it cannot be read.
    static String read(AttemptFiles files, MessageSource source, int exitCode) {
        try {
            File file = files.termination().toFile(); // asked at the end of every pod, and mostly empty
            String said = file.isFile() && file.length() > 0 ? tail(files.termination(), FILE_BYTES_MAX) : "";
            boolean fromLog = said.isEmpty() && exitCode != 0 && source == MessageSource.FILE_OR_LOG;
            return fromLog ? lastLines(tail(files.log(), LOG_BYTES_MAX)) : said;
        } catch (IOException e) {
            return "";
        }
    }

    /// The end of a long file: what was said last says most.
    private static String tail(Path file, int max) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            byte[] end = new byte[(int) Math.min(length, max)];
            in.seek(length - end.length);
            in.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        }
    }

    private static String lastLines(String text) {
        int from = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int line = 0; line < LOG_LINES_MAX && from >= 0; line++) {
            from = text.lastIndexOf('\n', from - 1);
        }
        return text.substring(from + 1);
    }
}
