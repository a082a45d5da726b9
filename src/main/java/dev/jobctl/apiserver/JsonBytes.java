package dev.jobctl.apiserver;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON that is put together of bytes which are there already. Owned by one thread.
final class JsonBytes extends ByteArrayOutputStream {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    /// @param size what it will hold, at a guess
    JsonBytes(int size) {
        super(size);
    }

    /// As it stands, in ASCII.
    JsonBytes raw(String json) {
        writeBytes(json.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    JsonBytes raw(byte[] json) {
        writeBytes(json);
        return this;
    }

    /// In quotes.
    JsonBytes text(String value) {
        write('"');
        writeBytes(ENCODER.quoteAsUTF8(value));
        write('"');
        return this;
    }

    /// Of an object without white space the value of a field that it has. Example: of `{"kind":"Pod","metadata":{}}`
    /// the field `metadata` is `{}`.
    JsonBytes field(byte[] object, String name) {
        byte[] wanted = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
        int at = 1;
        while (at < object.length && object[at] == '"') {
            int value = string(object, at) + 1;
            int end = value(object, value);
            if (Arrays.equals(object, at, value, wanted, 0, wanted.length)) {
                write(object, value, end - value);
                return this;
            }
            at = end + 1;
        }
        throw new IllegalArgumentException("no field " + name);
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
