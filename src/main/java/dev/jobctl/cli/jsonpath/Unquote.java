package dev.jobctl.cli.jsonpath;

/// Go's quoted text, in single or double quotes.
final class Unquote {
    private final String quoted;
    private final String body;
    private int at;

    private Unquote(String quoted) {
        this.quoted = quoted;
        this.body = quoted.substring(1, quoted.length() - 1);
    }

    static String text(String quoted) {
        return new Unquote(quoted).text();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c == quoted.charAt(0)) {
                throw wrong();
            } else if (c == '\\') {
                out.appendCodePoint(escape());
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private int escape() {
        if (at == body.length()) {
            throw wrong();
        }
        char c = body.charAt(at++);
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case '\\' -> '\\';
            case 'x' -> number(2, 16);
            case 'u' -> number(4, 16);
            case 'U' -> number(8, 16);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield number(3, 8);
            }
            default -> {
                if (c != quoted.charAt(0)) {
                    throw wrong();
                }
                yield c;
            }
        };
    }

    private int number(int digits, int radix) {
        if (at + digits > body.length()) {
            throw wrong();
        }
        try {
            int value = Integer.parseInt(body.substring(at, at + digits), radix);
            at += digits;
            if (value < 0 || value > Character.MAX_CODE_POINT) {
                throw wrong();
            }
            return value;
        } catch (NumberFormatException _) {
            throw wrong();
        }
    }

    private JsonPathError wrong() {
        return new JsonPathError("unquote string " + quoted + " error invalid syntax");
    }
}
