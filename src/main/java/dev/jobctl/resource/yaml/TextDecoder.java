package dev.jobctl.resource.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Bytes to text: UTF-8, or UTF-16 and UTF-32 by byte order mark or by where the zero bytes of the first character are.
final class TextDecoder {
    private TextDecoder() {}

    sealed interface Decoded {
        record Text(String text) implements Decoded {}

        record Unreadable(YamlProblem problem) implements Decoded {}
    }

    static Decoded decode(String source, byte[] bytes) {
        Charset charset = charset(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        var result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (result.isError()) {
            return unreadable(
                    source,
                    end(text),
                    "byte 0x%02x is not valid %s".formatted(bytes[in.position()] & 0xFF, charset.name()));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
                return unreadable(
                        source, end(text.substring(0, i)), "control character 0x%02x is not allowed".formatted((int)
                                        c));
            }
        }
        return new Decoded.Text(text);
    }

    private static Decoded unreadable(String source, Mark mark, String what) {
        return new Decoded.Unreadable(YamlProblem.at(
                source, mark, "", what + "; this looks like a binary file: name a YAML or JSON text file"));
    }

    private static Charset charset(byte[] b) {
        int one = at(b, 0);
        int two = at(b, 1);
        int three = at(b, 2);
        int four = at(b, 3);
        if (one == 0 && two == 0 && ((three == 0xFE && four == 0xFF) || (three == 0 && four > 0))) {
            return Charset.forName("UTF-32BE");
        }
        if (three == 0 && four == 0 && ((one == 0xFF && two == 0xFE) || (one > 0 && two == 0))) {
            return Charset.forName("UTF-32LE");
        }
        if ((one == 0xFE && two == 0xFF) || (one == 0 && two > 0)) {
            return StandardCharsets.UTF_16BE;
        }
        if ((one == 0xFF && two == 0xFE) || (one > 0 && two == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }

    /// The place after this text.
    static Mark end(String text) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return new Mark(line, text.codePointCount(start, text.length()) + 1);
    }
}
