package dev.jobctl.node.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An order to `forker.pl` as it travels: what the supervisor reads, and what becomes the program. Used once, by one
/// thread.
final class OrderFields {
    private final Part supervisor = new Part();
    private final Part program = new Part();

    /// Fields, each with its length and a letter before its value.
    private static final class Part {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        void add(char letter, String value) {
            try {
                byte[] text = (letter + value).getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            } catch (IOException e) { // a byte array takes everything
                throw new UncheckedIOException(e);
            }
        }
    }

    /// For the supervisor.
    OrderFields tell(char letter, String value) {
        supervisor.add(letter, value);
        return this;
    }

    /// For the program.
    OrderFields add(char letter, String value) {
        program.add(letter, value);
        return this;
    }

    /// For both.
    OrderFields share(char letter, String value) {
        return tell(letter, value).add(letter, value);
    }

    byte[] bytes() {
        byte[] first = supervisor.bytes.toByteArray();
        byte[] second = program.bytes.toByteArray();
        int length = Integer.BYTES + first.length + second.length;
        return ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }
}
