package dev.jobctl.node.logs;

import java.io.IOException;
import java.nio.file.Path;

/// By the system's own call, whose error number says for certain whether there can be a hole at all.
public final class SystemHole implements LogTrim.Hole {
    @Override
    public LogTrim.Made make(Path file, long bytes) throws IOException {
        var calls = FileCalls.find();
        return calls.isPresent()
                ? calls.get().punch(file, bytes)
                : new LogTrim.Made.Impossible("only Linux' own calls make holes in files, and they are not to be had");
    }
}
