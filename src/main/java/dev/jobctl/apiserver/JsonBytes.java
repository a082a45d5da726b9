package dev.jobctl.apiserver;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON that is put together of bytes which are there already. Owned by one thread.
final class JsonBytes {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private byte[] bytes;
    private int size;

    /// @param expected how large it will be, at a guess
    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    /// As they are written in the source.
    static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /// As it stands, in ASCII.
    JsonBytes raw(String json) {
        return raw(ascii(json));
    }

    JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    JsonBytes raw(byte[] json, int from, int length) {
        room(length);
        System.arraycopy(json, from, bytes, size, length);
        size += length;
        return this;
    }

    JsonBytes raw(char json) {
        room(1);
        bytes[size++] = (byte) json;
        return this;
    }

    /// In quotes.
    JsonBytes text(String value) {
        raw('"');
        if (!plain(value)) {
            raw(ENCODER.quoteAsUTF8(value));
        }
        return raw('"');
    }

    /// Nearly all text of an API object is ASCII without anything to escape. False: nothing is written.
    private boolean plain(String value) {
        int length = value.length();
        room(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
            bytes[size + i] = (byte) c;
        }
        size += length;
        return true;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size, 1L << 30)));
        }
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /// Of an object without white space the value of a field that it has. Example: of `{"kind":"Pod","metadata":{}}`
    /// the field `metadata` is `{}`.
    ///
    /// @param name with its quotes and colon
    JsonBytes field(byte[] object, byte[] name) {
        int at = 1;
        while (at < object.length && object[at] == '"') {
            int value = string(object, at) + 1;
            int end = value(object, value);
            if (Arrays.equals(object, at, value, name, 0, name.length)) {
                return raw(object, value, end - value);
            }
            at = end + 1;
        }
        throw new IllegalArgumentException("no field " + new String(name, StandardCharsets.US_ASCII));
    }

    /// Where the string ends that begins here.
    private static int string(byte[] json, int start) {
        int at = start + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// Where the value ends that begins here, which stands in an object.
    private static int value(byte[] json, int start) {
        int depth = 0;
        int at = start;
        do {
            switch (json[at]) {
                case '"' -> at = string(json, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0 || (json[at] != ',' && json[at] != '}'));
        return at;
    }
}
