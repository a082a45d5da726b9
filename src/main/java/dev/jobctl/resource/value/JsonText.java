package dev.jobctl.resource.value;

import java.nio.charset.StandardCharsets;

/// Looks for a text in JSON without reading it.
final class JsonText {
    private JsonText() {}

    /// Whether every writer of JSON writes this text as it is.
    static boolean plain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && "\"\\/<>&'".indexOf(c) < 0);
    }

    /// Whether the plain text stands there in quotes.
    static boolean holds(byte[] json, String text) {
        byte[] wanted = ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at <= json.length - wanted.length; at++) {
            if (json[at] == '"' && starts(json, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean starts(byte[] json, int from, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (json[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
