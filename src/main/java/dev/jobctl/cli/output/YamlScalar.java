package dev.jobctl.cli.output;

import java.util.Set;
import java.util.regex.Pattern;

/// How Go's YAML writer spells a string: plain where it reads back as the same string, else quoted, literal where it
/// has several lines. Long lines are folded at the first space after column 80.
final class YamlScalar {
    private static final int BEST_WIDTH = 80;

    /// Plain words that would read back as something else (YAML 1.1).
    private static final Set<String> WORDS = Set.of(
            "", "~", "null", "Null", "NULL", "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "true", "True",
            "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off", "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf",
            ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");

    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+)|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}([Tt]\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d+)?(Z|[-+]\\d\\d:\\d\\d)"
                    + "| \\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d+)?)?");

    private YamlScalar() {}

    static String key(String text) {
        ScalarFacts facts = ScalarFacts.of(text);
        if (resolvesElsewhere(text)) {
            return doubleQuoted(text, 0, Integer.MIN_VALUE);
        }
        if (!text.isEmpty() && !facts.multiline() && facts.plainAllowed()) {
            return text;
        }
        return facts.singleAllowed() && !facts.multiline()
                ? singleQuoted(text, 0, Integer.MIN_VALUE)
                : doubleQuoted(text, 0, Integer.MIN_VALUE);
    }

    /// `indent` is that of further lines, `column` where the text begins.
    static String value(String text, int indent, int column) {
        ScalarFacts facts = ScalarFacts.of(text);
        if (facts.multiline()) {
            return facts.blockAllowed() ? literal(text, indent) : doubleQuoted(text, indent, column);
        }
        if (resolvesElsewhere(text)) {
            return doubleQuoted(text, indent, column);
        }
        if (facts.plainAllowed()) {
            return folded(text, indent, column, false);
        }
        return facts.singleAllowed() ? singleQuoted(text, indent, column) : doubleQuoted(text, indent, column);
    }

    private static boolean resolvesElsewhere(String text) {
        if (WORDS.contains(text)) {
            return true;
        }
        char first = text.charAt(0);
        if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
            return false;
        }
        String plain = text.replace("_", "");
        return NUMBER.matcher(plain).matches()
                || BASE_60.matcher(text).matches()
                || TIME.matcher(text).matches();
    }

    private static String literal(String text, int indent) {
        StringBuilder out = new StringBuilder("|");
        if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
            out.append('2');
        }
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.endsWith("\n\n")) {
            out.append('+');
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                out.repeat(' ', indent).append(line);
            }
        }
        return out.toString();
    }

    private static String singleQuoted(String text, int indent, int column) {
        return "'" + folded(text.replace("'", "''"), indent, column + 1, true) + "'";
    }

    /// `quoted`: not at the first or last character.
    private static String folded(String text, int indent, int column, boolean quoted) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        int at = column;
        boolean spaces = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inside = !quoted || (i > 0 && i < text.length() - 1);
            if (c == ' ' && !spaces && at > BEST_WIDTH && inside && !isSpace(text, i + 1)) {
                out.append('\n').repeat(' ', indent);
                at = indent;
            } else {
                out.append(c);
                at += Character.isLowSurrogate(c) ? 0 : 1;
            }
            spaces = c == ' ';
        }
        return out.toString();
    }

    private static boolean isSpace(String text, int index) {
        return index < text.length() && text.charAt(index) == ' ';
    }

    private static String doubleQuoted(String text, int indent, int column) {
        StringBuilder out = new StringBuilder(text.length() + 8).append('"');
        int at = column == Integer.MIN_VALUE ? column : column + 1;
        boolean spaces = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            if (c == ' ' && !spaces && at > BEST_WIDTH && i > 0 && i < text.length() - 1) {
                out.append('\n').repeat(' ', indent);
                at = indent;
                if (isSpace(text, i + 1)) {
                    out.append('\\');
                    at++;
                }
            } else {
                int before = out.length();
                append(c, out);
                at += out.length() - before;
            }
            spaces = c == ' ';
            i += width;
        }
        return out.append('"').toString();
    }

    private static void append(int c, StringBuilder out) {
        if (c != '"' && c != '\\' && c != '\n' && ScalarFacts.printable(c)) {
            out.appendCodePoint(c);
            return;
        }
        out.append('\\');
        switch (c) {
            case 0 -> out.append('0');
            case 7 -> out.append('a');
            case 8 -> out.append('b');
            case 9 -> out.append('t');
            case 10 -> out.append('n');
            case 11 -> out.append('v');
            case 12 -> out.append('f');
            case 13 -> out.append('r');
            case 0x1b -> out.append('e');
            case '"' -> out.append('"');
            case '\\' -> out.append('\\');
            case 0x85 -> out.append('N');
            case 0xa0 -> out.append('_');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default ->
                out.append(
                        c <= 0xff
                                ? String.format("x%02X", c).replace('X', 'x')
                                : c <= 0xffff ? String.format("u%04X", c) : String.format("U%08X", c));
        }
    }
}
