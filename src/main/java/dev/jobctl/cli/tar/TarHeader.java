package dev.jobctl.cli.tar;

import dev.jobctl.cli.tar.TarEntry.Owner;
import dev.jobctl.cli.tar.TarEntry.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// The block of 512 bytes before each content: fields at fixed places, numbers in octal digits, or binary with the
/// first bit set where the digits do not suffice.
final class TarHeader {
    static final int BLOCK = 512;

    static final byte FILE = '0';
    static final byte HARD_LINK = '1';
    static final byte SYMLINK = '2';
    static final byte DIRECTORY = '5';
    /// The next entry's name is the content of this one; GNU.
    static final byte LONG_NAME = 'L';

    /// The same for its link.
    static final byte LONG_LINK = 'K';
    /// `LENGTH KEY=VALUE` lines about the next entry; POSIX.
    static final byte EXTENDED = 'x';

    /// The same about all that follow.
    static final byte GLOBAL = 'g';

    /// How many bytes of a name fit.
    static final int NAME_SIZE = 100;

    /// Where a field lies.
    private record Field(int from, int size) {}

    private static final Field NAME = new Field(0, NAME_SIZE);
    private static final Field MODE = new Field(100, 8);
    private static final Field UID = new Field(108, 8);
    private static final Field GID = new Field(116, 8);
    private static final Field SIZE = new Field(124, 12);
    private static final Field MODIFIED = new Field(136, 12);
    private static final Field CHECKSUM = new Field(148, 8);
    private static final int TYPE = 156;
    private static final Field LINK = new Field(157, NAME_SIZE);
    private static final Field MAGIC = new Field(257, 8);
    private static final Field USER = new Field(265, 32);
    private static final Field GROUP = new Field(297, 32);
    private static final Field PREFIX = new Field(345, 155);

    private static final String GNU_MAGIC = "ustar  ";
    private static final String POSIX_MAGIC = "ustar";
    private static final int DIGIT_BITS = 3;
    private static final int BINARY = 0x80;
    private static final int PERMISSIONS = 07777;

    private TarHeader() {}

    /// Throws [IOException] when this is no header.
    static void check(byte[] block) throws IOException {
        if (number(block, CHECKSUM) != sum(block)) {
            throw new IOException("invalid tar header");
        }
    }

    static byte type(byte[] block) {
        return block[TYPE];
    }

    static long size(byte[] block) throws IOException {
        long size = number(block, SIZE);
        if (size < 0) {
            throw new IOException("invalid tar header: a size of " + size);
        }
        return size;
    }

    static String name(byte[] block) {
        String name = text(block, NAME);
        boolean posix = new String(block, MAGIC.from(), POSIX_MAGIC.length() + 1, StandardCharsets.ISO_8859_1)
                .equals(POSIX_MAGIC + "\0");
        String prefix = posix ? text(block, PREFIX) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    static String link(byte[] block) {
        return text(block, LINK);
    }

    static int mode(byte[] block) throws IOException {
        return (int) number(block, MODE) & PERMISSIONS;
    }

    static Owner owner(byte[] block) throws IOException {
        return new Owner(number(block, UID), number(block, GID), text(block, USER), text(block, GROUP));
    }

    static Instant modified(byte[] block) throws IOException {
        long seconds = number(block, MODIFIED);
        return Instant.ofEpochSecond(Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }

    /// What an entry of that type is to its readers; old archives end the name of a directory with `/`.
    static Type meaning(byte type, String name) {
        return switch (type) {
            case 0, FILE, '7' -> name.endsWith("/") ? Type.DIRECTORY : Type.FILE;
            case HARD_LINK -> Type.HARD_LINK;
            case SYMLINK -> Type.SYMLINK;
            case DIRECTORY -> Type.DIRECTORY;
            default -> Type.SPECIAL;
        };
    }

    /// The block of an entry in GNU's form; of a name or link that does not fit, the beginning.
    static byte[] block(TarEntry entry, byte type, long size) {
        byte[] block = new byte[BLOCK];
        put(block, NAME, entry.name());
        put(block, MODE, entry.mode());
        put(block, UID, entry.owner().uid());
        put(block, GID, entry.owner().gid());
        put(block, SIZE, size);
        put(block, MODIFIED, entry.modified().getEpochSecond());
        block[TYPE] = type;
        put(block, LINK, entry.link());
        put(block, MAGIC, GNU_MAGIC);
        put(block, USER, cut(entry.owner().user()));
        put(block, GROUP, cut(entry.owner().group()));
        put(block, CHECKSUM, sum(block));
        return block;
    }

    /// These two end with a zero byte.
    private static String cut(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length < USER.size() ? name : "";
    }

    /// The sum of all bytes, the field of the sum itself counted as blanks.
    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM.from() && i < CHECKSUM.from() + CHECKSUM.size();
            sum += own ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static String text(byte[] block, Field field) {
        int end = field.from();
        while (end < field.from() + field.size() && block[end] != 0) {
            end++;
        }
        return new String(block, field.from(), end - field.from(), StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, Field field) throws IOException {
        if ((block[field.from()] & BINARY) != 0) {
            return binary(block, field);
        }
        String digits = text(block, field).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("invalid tar header: '" + digits + "' is no number", e);
        }
    }

    /// Two's complement; the first bit only says that it is binary, the second is the sign.
    private static long binary(byte[] block, Field field) throws IOException {
        byte[] bytes = Arrays.copyOfRange(block, field.from(), field.from() + field.size());
        boolean negative = (bytes[0] & 0x40) != 0;
        bytes[0] = (byte) (negative ? bytes[0] : bytes[0] & ~BINARY);
        try {
            return new java.math.BigInteger(bytes).longValueExact();
        } catch (ArithmeticException e) {
            throw new IOException("invalid tar header: a number too large", e);
        }
    }

    private static void put(byte[] block, Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, field.from(), Math.min(bytes.length, field.size()));
    }

    private static void put(byte[] block, Field field, long value) {
        int digits = field.size() - 1;
        if (value >= 0 && value < 1L << (digits * DIGIT_BITS)) {
            String octal = Long.toOctalString(value);
            put(block, field, "0".repeat(digits - octal.length()) + octal);
            return;
        }
        byte[] bytes = new byte[field.size()];
        Arrays.fill(bytes, (byte) (value < 0 ? -1 : 0));
        ByteBuffer low = ByteBuffer.allocate(Long.BYTES).putLong(value);
        int kept = Math.min(Long.BYTES, field.size());
        System.arraycopy(low.array(), Long.BYTES - kept, bytes, field.size() - kept, kept);
        bytes[0] |= (byte) BINARY;
        System.arraycopy(bytes, 0, block, field.from(), field.size());
    }
}
