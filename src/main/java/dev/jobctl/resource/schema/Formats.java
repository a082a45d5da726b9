package dev.jobctl.resource.schema;

/// Texts with a form of their own. Each check answers with Go's complaint, empty when the text is fine.
final class Formats {
    private static final String QUANTITY =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final String SUFFIX = "unable to parse quantity's suffix";

    private Formats() {}

    /// `500m`, `1Gi`, `1e3`, `.5`. A single dot, which the real server takes for 0, is refused.
    static String quantity(String text) {
        int at = 0;
        if (!text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-')) {
            at++;
        }
        int whole = digits(text, at);
        int digits = whole - at;
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return QUANTITY;
        }
        return suffix(text.substring(at));
    }

    private static String suffix(String suffix) {
        int letters = 0;
        while (letters < suffix.length() && "eEinumkKMGTP".indexOf(suffix.charAt(letters)) >= 0) {
            letters++;
        }
        int at = letters;
        if (at < suffix.length() && (suffix.charAt(at) == '+' || suffix.charAt(at) == '-')) {
            at++;
        }
        if (digits(suffix, at) != suffix.length()) {
            return QUANTITY;
        }
        boolean exponent = letters == 1 && suffix.length() > 1 && Character.toLowerCase(suffix.charAt(0)) == 'e';
        return switch (suffix) {
            case "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" -> "";
            default -> exponent && digits(suffix, at) > at ? "" : SUFFIX;
        };
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /// Standard base64 with padding; line breaks are skipped. The complaint names the byte, as Go counts.
    static String base64(String text) {
        int at = 0;
        while (true) {
            int start = at;
            int got = 0;
            while (got < 4) {
                if (at == text.length()) {
                    return got == 0 ? "" : illegal(at - got);
                }
                char c = text.charAt(at++);
                if (c == '\n' || c == '\r') {
                    continue;
                } else if (c == '=') {
                    return padding(text, at, got, start);
                } else if (!base64Letter(c)) {
                    return illegal(at - 1);
                }
                got++;
            }
        }
    }

    private static String padding(String text, int from, int got, int start) {
        if (got < 2) {
            return illegal(from - 1);
        }
        int at = skipBreaks(text, from);
        if (got == 2) {
            if (at == text.length()) {
                return illegal(text.length());
            } else if (text.charAt(at) != '=') {
                return illegal(at - 1);
            }
            at = skipBreaks(text, at + 1);
        }
        return at < text.length() && at > start ? illegal(at) : "";
    }

    private static int skipBreaks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    private static boolean base64Letter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    private static String illegal(int at) {
        return "illegal base64 data at input byte " + at;
    }
}
