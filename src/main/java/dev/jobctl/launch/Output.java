package dev.jobctl.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Standard output, which remembers why it could not be written: what is lost on a full disk must not look like
/// success.
final class Output extends FileOutputStream {
    /// What a shell reports for a program that wrote into a closed pipe.
    static final int BROKEN_PIPE = 128 + 13;

    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    private volatile @Nullable IOException trouble;

    Output() {
        super(FileDescriptor.out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
        } catch (IOException e) {
            trouble = trouble == null ? e : trouble;
            throw e;
        }
    }

    /// Says on standard error what was lost. Nothing, and `code`, when all was written or the reader did not want more:
    /// who reads the first line of a pipe knows what it does.
    int outcome(int code) {
        @Nullable IOException known = trouble;
        if (known == null || closed(known)) {
            return code;
        }
        int failed = Main.complain("cannot write the output: " + known.getMessage());
        return code == 0 || code == BROKEN_PIPE ? failed : code;
    }

    /// Whether the reader has gone. Java tells what went wrong in the language of the user only; but into a pipe
    /// nothing else can.
    private static boolean closed(IOException e) {
        try {
            String behind = Files.readSymbolicLink(STDOUT).toString();
            return behind.startsWith("pipe:") || behind.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException noProc) {
            return String.valueOf(e.getMessage()).contains("ipe");
        }
    }
}
