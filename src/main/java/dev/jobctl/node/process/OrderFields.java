package dev.jobctl.node.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// An order to `forker.pl` as it travels: its length, then fields, each with its length and a letter before its value.
/// Used once, by one thread.
final class OrderFields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    OrderFields add(char letter, String value) {
        try {
            byte[] text = (letter + value).getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            return this;
        } catch (IOException e) { // a byte array takes everything
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        byte[] fields = bytes.toByteArray();
        return java.nio.ByteBuffer.allocate(Integer.BYTES + fields.length)
                .putInt(fields.length)
                .put(fields)
                .array();
    }
}
