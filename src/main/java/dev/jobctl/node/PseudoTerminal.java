package dev.jobctl.node;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// A pseudo-terminal of the C library: the end that we hold. The other end is a file that a program opens; that of
/// somebody else's can be had for its size ([#reopen]). Reads of one
/// thread and writes of another do not disturb each other; `close` is for when both have ended.
final class PseudoTerminal implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int NO_CONTROL = 0x100;
    private static final int NO_CONTROL_MAC = 0x20000;
    private static final long SET_SIZE = 0x5414;
    private static final long SET_SIZE_MAC = 0x8008_7467L;
    private static final short READABLE = 1;
    private static final int MAX_NAME = 128;
    private static final int PIECE = 16 * 1024;

    private final Library library;
    private final int descriptor;
    private final String path;

    private PseudoTerminal(Library library, int descriptor, String path) {
        this.library = library;
        this.descriptor = descriptor;
        this.path = path;
    }

    /// The functions that we call.
    private record Library(
            MethodHandle open,
            MethodHandle reopen,
            MethodHandle grant,
            MethodHandle unlock,
            MethodHandle name,
            MethodHandle control,
            MethodHandle poll,
            MethodHandle read,
            MethodHandle write,
            MethodHandle close,
            boolean mac) {
        static Library load(boolean mac) {
            var number = ValueLayout.JAVA_INT;
            var size = ValueLayout.JAVA_LONG;
            var address = ValueLayout.ADDRESS;
            FunctionDescriptor transfer = FunctionDescriptor.of(size, number, address, size);
            return new Library(
                    find("posix_openpt", FunctionDescriptor.of(number, number)),
                    find("open", FunctionDescriptor.of(number, address, number), Linker.Option.firstVariadicArg(2)),
                    find("grantpt", FunctionDescriptor.of(number, number)),
                    find("unlockpt", FunctionDescriptor.of(number, number)),
                    find("ptsname_r", FunctionDescriptor.of(number, number, address, size)),
                    find(
                            "ioctl",
                            FunctionDescriptor.of(number, number, size, address),
                            Linker.Option.firstVariadicArg(2)),
                    find("poll", FunctionDescriptor.of(number, address, size, number)),
                    find("read", transfer),
                    find("write", transfer),
                    find("close", FunctionDescriptor.of(number, number)),
                    mac);
        }

        @SuppressWarnings("restricted") // these signatures are those of POSIX
        private static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
        }
    }

    /// Throws [IOException] where the system has none left.
    static PseudoTerminal open(boolean mac) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Library library = Library.load(mac);
            int flags = READ_WRITE | (mac ? NO_CONTROL_MAC : NO_CONTROL);
            int descriptor = (int) library.open().invokeExact(flags);
            if (descriptor < 0
                    || (int) library.grant().invokeExact(descriptor) != 0
                    || (int) library.unlock().invokeExact(descriptor) != 0) {
                throw new IOException("this host gives no pseudo-terminal");
            }
            MemorySegment name = arena.allocate(MAX_NAME);
            if ((int) library.name().invokeExact(descriptor, name, (long) MAX_NAME) != 0) {
                throw new IOException("this host does not name its pseudo-terminal");
            }
            return new PseudoTerminal(library, descriptor, name.getString(0));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) { // what a call into the C library may throw by its type
            throw new IOException("no pseudo-terminal: " + e, e);
        }
    }

    /// A terminal that a program has by that path; it does not become ours to be controlled by.
    static PseudoTerminal reopen(Path path, boolean mac) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Library library = Library.load(mac);
            int flags = READ_WRITE | (mac ? NO_CONTROL_MAC : NO_CONTROL);
            MemorySegment name = arena.allocateFrom(path.toString());
            int descriptor = (int) library.reopen().invokeExact(name, flags);
            if (descriptor < 0) {
                throw new IOException("the terminal is gone");
            }
            return new PseudoTerminal(library, descriptor, path.toString());
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) { // as above
            throw new IOException("no terminal: " + e, e);
        }
    }

    /// The other end, such as `/dev/pts/3`.
    String path() {
        return path;
    }

    void resize(int columns, int rows) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
            int done = (int) library.control().invokeExact(descriptor, library.mac() ? SET_SIZE_MAC : SET_SIZE, size);
            if (done != 0) {
                throw new IOException("the terminal does not take its size");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) { // as above
            throw new IOException("cannot set the terminal's size: " + e, e);
        }
    }

    /// What the program wrote: empty when nothing came within `millis`, null when nobody holds the other end. Blocks
    /// its thread, so call it on a platform thread.
    byte @org.jspecify.annotations.Nullable [] read(int millis) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment question = arena.allocate(8, 4);
            question.set(ValueLayout.JAVA_INT, 0, descriptor);
            question.set(ValueLayout.JAVA_SHORT, 4, READABLE);
            int ready = (int) library.poll().invokeExact(question, 1L, millis);
            if (ready == 0) {
                return new byte[0];
            }
            MemorySegment piece = arena.allocate(PIECE);
            long length = (long) library.read().invokeExact(descriptor, piece, (long) PIECE);
            return length <= 0 ? null : piece.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (Throwable e) { // as above
            throw new IOException("cannot read from the terminal: " + e, e);
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, offset, piece, ValueLayout.JAVA_BYTE, 0, length);
            long sent = 0;
            while (sent < length) {
                long now = (long) library.write().invokeExact(descriptor, piece.asSlice(sent), length - sent);
                if (now <= 0) {
                    throw new IOException("the terminal is closed");
                }
                sent += now;
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) { // as above
            throw new IOException("cannot write to the terminal: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) library.close().invokeExact(descriptor);
        } catch (Throwable e) { // nothing is left to be done with it
            return;
        }
    }
}
