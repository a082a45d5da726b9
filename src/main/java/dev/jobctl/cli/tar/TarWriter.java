package dev.jobctl.cli.tar;

import dev.jobctl.cli.tar.TarEntry.Owner;
import dev.jobctl.cli.tar.TarEntry.Type;
import dev.jobctl.std.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes an archive in GNU's form, whose long names every tar reads, busybox's too.
public final class TarWriter {
    private static final int PIECE = 16 * 1024;

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /// An entry without content.
    public void put(TarEntry entry) throws IOException {
        Check.that(entry.size() == 0, "%s has content", entry);
        header(entry);
    }

    /// An entry and its content: as much of it as the entry says. Throws [IOException] when there is less.
    public void put(TarEntry entry, InputStream content) throws IOException {
        header(entry);
        byte[] piece = new byte[PIECE];
        for (long left = entry.size(); left > 0; ) {
            int length = content.read(piece, 0, (int) Math.min(piece.length, left));
            if (length < 0) {
                throw new IOException("it became shorter while it was read");
            }
            out.write(piece, 0, length);
            left -= length;
        }
        pad(entry.size());
    }

    /// The archive's end.
    public void finish() throws IOException {
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }

    private void header(TarEntry entry) throws IOException {
        spell(entry.link(), TarHeader.LONG_LINK);
        spell(entry.name(), TarHeader.LONG_NAME);
        byte type = switch (entry.type()) {
            case FILE, SPECIAL -> TarHeader.FILE;
            case DIRECTORY -> TarHeader.DIRECTORY;
            case SYMLINK -> TarHeader.SYMLINK;
            case HARD_LINK -> TarHeader.HARD_LINK;
        };
        out.write(TarHeader.block(entry, type, entry.size()));
    }

    /// What does not fit stands before, as the content of an entry of its own, with a zero at its end.
    private void spell(String text, byte type) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= TarHeader.NAME_SIZE) {
            return;
        }
        var about = new TarEntry("././@LongLink", Type.FILE, "", bytes.length + 1L, 0, Owner.NOBODY, Instant.EPOCH);
        out.write(TarHeader.block(about, type, about.size()));
        out.write(bytes);
        out.write(0);
        pad(about.size());
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & (TarHeader.BLOCK - 1))]);
    }
}
