package dev.jobctl.apiserver.http;

import dev.jobctl.std.Check;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes ASN.1 values in DER, as far as a certificate needs them: each method returns tag, length and content.
/// Example: `sequence(integer(5))` is `30 03 02 01 05`.
final class Der {
    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /// From here on X.509 wants four-digit years (RFC 5280, 4.1.2.5).
    private static final Instant LONG_YEARS = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, joined(parts));
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] truth() {
        return tagged(0x01, new byte[] {(byte) 0xFF});
    }

    static byte[] text(String value) {
        return tagged(0x0C, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /// All bits count, none is padding.
    static byte[] bits(byte[] content) {
        return tagged(0x03, joined(new byte[] {0}, content));
    }

    /// The leftmost bits of one byte, as a named bit list: `unused` low bits are padding.
    static byte[] flags(int value, int unused) {
        return tagged(0x03, new byte[] {(byte) unused, (byte) value});
    }

    static byte[] time(Instant moment) {
        return moment.isBefore(LONG_YEARS)
                ? tagged(0x17, ascii(UTC.format(moment)))
                : tagged(0x18, ascii(GENERALIZED.format(moment)));
    }

    /// `dotted` such as `2.5.29.17`.
    static byte[] identifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 63 - Long.numberOfLeadingZeros(Math.max(arc, 1)) / 7 * 7; shift >= 0; shift -= 7) {
                if (shift == 0) {
                    content.write((int) (arc & 0x7F));
                } else if (arc >>> shift != 0) {
                    content.write((int) ((arc >>> shift & 0x7F) | 0x80));
                }
            }
        }
        return tagged(0x06, content.toByteArray());
    }

    /// A context-specific tag: `constructed` when the content is itself DER.
    static byte[] context(int number, boolean constructed, byte[] content) {
        return tagged((constructed ? 0xA0 : 0x80) | number, content);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] tagged(int tag, byte[] content) {
        Check.that(content.length < 1 << 16, "DER length=%s", content.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.length >= 0x100) {
            all.write(0x82);
            all.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            all.write(0x81);
        }
        all.write(content.length & 0xFF);
        all.writeBytes(content);
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
