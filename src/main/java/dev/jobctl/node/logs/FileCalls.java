package dev.jobctl.node.logs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// Linux' own calls about holes in files, which the JDK has no words for. Made when first needed, which takes some
/// milliseconds: most logs have no holes. Safe from any thread.
final class FileCalls {
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int SEEK_DATA = 3;
    private static final int KEEP_SIZE_AND_PUNCH_HOLE = 3;

    private static final int NO_DATA_BEYOND = 6; // ENXIO
    private static final int NOT_IN_THIS_KERNEL = 38; // ENOSYS
    private static final int NOT_ON_THIS_FILE_SYSTEM = 95; // EOPNOTSUPP

    private static final Linker.Option ERROR = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERROR_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERROR_OFFSET = ERROR_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle open;
    private final MethodHandle seek;
    private final MethodHandle allocate;
    private final MethodHandle close;

    private FileCalls(Linker linker) {
        var path = ValueLayout.ADDRESS;
        var number = ValueLayout.JAVA_INT;
        var position = ValueLayout.JAVA_LONG;
        open = call(linker, "open", FunctionDescriptor.of(number, path, number), Linker.Option.firstVariadicArg(2));
        seek = call(linker, "lseek", FunctionDescriptor.of(position, number, position, number));
        allocate = call(linker, "fallocate", FunctionDescriptor.of(number, number, number, position, position));
        close = call(linker, "close", FunctionDescriptor.of(number, number));
    }

    @SuppressWarnings("restricted") // the program is started with leave for it; see [#find]
    private static MethodHandle call(Linker linker, String name, FunctionDescriptor types, Linker.Option... more) {
        Linker.Option[] options = java.util.Arrays.copyOf(more, more.length + 1);
        options[more.length] = ERROR;
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
    }

    /// Empty where the kernel is not Linux, or the JVM was told to allow no such calls.
    static Optional<FileCalls> find() {
        return Found.CALLS;
    }

    private static final class Found {
        private static final Optional<FileCalls> CALLS = look();

        private static Optional<FileCalls> look() {
            if (!System.getProperty("os.name", "").equals("Linux")) {
                return Optional.empty();
            }
            try {
                return Optional.of(new FileCalls(Linker.nativeLinker()));
            } catch (IllegalCallerException | UnsupportedOperationException | java.util.NoSuchElementException e) {
                return Optional.empty();
            }
        }
    }

    /// What a call answered.
    ///
    /// @param error why `result` is negative
    private record Answer(long result, int error) {
        IOException failure(String what, Path file) {
            return new IOException("%s: %s failed with error %d of the system".formatted(file, what, error));
        }
    }

    private interface Work {
        Answer on(int descriptor, MemorySegment error);
    }

    /// Where the next byte at `offset` or later is that takes room on the disk; `length` when all the rest is a hole.
    /// `offset` itself where the file system does not know its holes.
    long data(Path file, long offset, long length) throws IOException {
        Answer found = opened(file, READ, (descriptor, error) -> invoke(seek, error, descriptor, offset, SEEK_DATA));
        if (found.result() >= 0) {
            return Math.min(found.result(), length);
        }
        return found.error() == NO_DATA_BEYOND ? length : offset;
    }

    /// Gives the first `bytes` of a file back to the disk: they read as zeros from now on.
    LogTrim.Made punch(Path file, long bytes) throws IOException {
        Answer made = opened(
                file,
                WRITE,
                (descriptor, error) -> invoke(allocate, error, descriptor, KEEP_SIZE_AND_PUNCH_HOLE, 0L, bytes));
        if (made.result() >= 0) {
            return new LogTrim.Made.Done();
        }
        return switch (made.error()) {
            case NOT_IN_THIS_KERNEL -> new LogTrim.Made.Impossible("this kernel makes no holes in files");
            case NOT_ON_THIS_FILE_SYSTEM -> new LogTrim.Made.Impossible("its file system makes no holes in files");
            default -> throw made.failure("making a hole", file);
        };
    }

    private Answer opened(Path file, int how, Work work) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ERROR_LAYOUT);
            Answer descriptor = invoke(open, error, arena.allocateFrom(file.toString()), how | CLOSE_ON_EXEC);
            if (descriptor.result() < 0) {
                throw descriptor.failure("opening", file);
            }
            try {
                return work.on((int) descriptor.result(), error);
            } finally {
                invoke(close, error, (int) descriptor.result());
            }
        }
    }

    private static Answer invoke(MethodHandle call, MemorySegment error, Object... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = error;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        try {
            long result = ((Number) call.invokeWithArguments(words)).longValue();
            return new Answer(result, error.get(ValueLayout.JAVA_INT, ERROR_OFFSET));
        } catch (Throwable e) { // a call of C throws nothing: the words do not fit
            throw new IllegalStateException(e);
        }
    }
}
