package dev.jobctl.cli.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an archive from its beginning to its end: the old form, POSIX's and GNU's. Nothing of it is believed but what
/// it says of itself; whoever reads it weighs names and links. Throws [IOException] where it is broken.
public final class TarReader {
    /// Of a long name and the lines about an entry; more is no name.
    private static final int MAX_ABOUT = 1 << 20;

    private final InputStream in;
    /// Bytes of the current entry that were not read.
    private long left;

    /// Zeros that follow them.
    private int padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /// The next entry, whose content can be read then; null at the end.
    public @Nullable TarEntry next() throws IOException {
        Map<String, String> about = new LinkedHashMap<>();
        for (byte @Nullable [] block = header(); block != null; block = header()) {
            switch (TarHeader.type(block)) {
                case TarHeader.LONG_NAME -> about.put("path", untilZero(about()));
                case TarHeader.LONG_LINK -> about.put("linkpath", untilZero(about()));
                case TarHeader.EXTENDED -> lines(about(), about);
                case TarHeader.GLOBAL -> about();
                default -> {
                    return entry(block, about);
                }
            }
        }
        if (!about.isEmpty()) {
            throw broken();
        }
        return null;
    }

    /// Reads some of the entry's content; -1 at its end.
    public int read(byte[] piece) throws IOException {
        if (left == 0) {
            return -1;
        }
        int length = in.read(piece, 0, (int) Math.min(piece.length, left));
        if (length < 0) {
            throw broken();
        }
        left -= length;
        return length;
    }

    private TarEntry entry(byte[] block, Map<String, String> about) throws IOException {
        if (about.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
            throw new IOException("the archive has a sparse file");
        }
        String size = about.get("size");
        if (size != null) {
            expect(number(size));
        }
        String name = about.getOrDefault("path", TarHeader.name(block));
        return new TarEntry(
                name,
                TarHeader.meaning(TarHeader.type(block), name),
                about.getOrDefault("linkpath", TarHeader.link(block)),
                left,
                TarHeader.mode(block),
                TarHeader.owner(block),
                TarHeader.modified(block));
    }

    /// Passes over what is left of the entry before; null at the archive's end, which is a block of zeros or nothing.
    private byte @Nullable [] header() throws IOException {
        skip();
        byte[] block = in.readNBytes(TarHeader.BLOCK);
        if (block.length == 0 || (block.length == TarHeader.BLOCK && empty(block))) {
            return null;
        }
        if (block.length < TarHeader.BLOCK) {
            throw broken();
        }
        TarHeader.check(block);
        boolean bodiless = switch (TarHeader.type(block)) {
            case TarHeader.HARD_LINK, TarHeader.SYMLINK, TarHeader.DIRECTORY -> true;
            default -> false;
        };
        expect(bodiless ? 0 : TarHeader.size(block));
        return block;
    }

    private void expect(long size) {
        left = size;
        padding = (int) (-size & (TarHeader.BLOCK - 1));
    }

    private void skip() throws IOException {
        byte[] piece = new byte[TarHeader.BLOCK];
        for (int length = 0; length >= 0; length = read(piece)) {
            // What nobody wanted to read.
        }
        if (in.readNBytes(padding).length < padding) {
            throw broken();
        }
        padding = 0;
    }

    private byte[] about() throws IOException {
        if (left > MAX_ABOUT) {
            throw new IOException("invalid tar header: a name of " + left + " bytes");
        }
        byte[] bytes = in.readNBytes((int) left);
        if (bytes.length < left) {
            throw broken();
        }
        left = 0;
        return bytes;
    }

    /// Lines `LENGTH KEY=VALUE`, whose length counts itself and the line's end.
    private static void lines(byte[] bytes, Map<String, String> into) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int blank = from;
            while (blank < bytes.length && bytes[blank] != ' ') {
                blank++;
            }
            long length = number(new String(bytes, from, blank - from, StandardCharsets.UTF_8));
            if (length > bytes.length - from || from + length <= blank + 2) {
                throw new IOException("invalid tar header: a line too long");
            }
            int end = from + (int) length;
            String line = new String(bytes, blank + 1, end - 1 - blank - 1, StandardCharsets.UTF_8);
            int equals = line.indexOf('=');
            if (equals <= 0 || bytes[end - 1] != '\n') {
                throw new IOException("invalid tar header: '" + line + "' is no line about an entry");
            }
            into.put(line.substring(0, equals), line.substring(equals + 1));
            from = end;
        }
    }

    private static long number(String digits) throws IOException {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("invalid tar header: '" + digits + "' is no number", e);
        }
        throw new IOException("invalid tar header: a length of " + digits);
    }

    private static String untilZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean empty(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static EOFException broken() {
        return new EOFException("unexpected end of the archive");
    }
}
