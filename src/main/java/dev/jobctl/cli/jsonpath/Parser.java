package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jobctl.cli.jsonpath.Part.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one template, with the ways and the complaints of kubectl's own parser. Used once.
final class Parser {
    private static final int END = -1;
    private static final Pattern KEY = Pattern.compile("^'([^']*)'$");
    private static final Pattern SLICE = Pattern.compile("^(-?\\d*)(:-?\\d*)?(:-?\\d*)?$");
    private static final Pattern COMPARISON = Pattern.compile("^([^!<>=]+)([!<>=]+)(.+?)$");

    private final String input;
    private int at;

    Parser(String input) {
        this.input = input;
    }

    List<Part> parse() {
        List<Part> parts = new ArrayList<>();
        while (at < input.length()) {
            int open = input.indexOf('{', at);
            int end = open < 0 ? input.length() : open;
            if (end > at) {
                parts.add(new Part.Text(input.substring(at, end)));
            }
            at = end;
            if (open >= 0) {
                at++;
                parts.add(action());
            }
        }
        return parts;
    }

    /// An expression that stands inside another one.
    private static Steps inner(String expression) {
        return (Steps) new Parser("{" + expression + "}").parse().getFirst();
    }

    private Steps action() {
        List<Part> parts = new ArrayList<>();
        while (true) {
            if (input.startsWith("[?(", at)) {
                parts.add(filter());
                continue;
            } else if (input.startsWith("..", at)) {
                descent(parts);
                continue;
            }
            int c = peek();
            if (c == '}') {
                at++;
                return new Steps(parts);
            } else if (c == END || c == '\n' || c == '\r') {
                throw new JsonPathError("unclosed action");
            } else if (c == ' ' || c == '@' || c == '$') {
                at++;
            } else if (c == '[') {
                array(parts);
            } else if (c == '"' || c == '\'') {
                parts.add(new Part.Text(quote((char) c)));
            } else if (c == '.') {
                at++;
                parts.add(field());
            } else if (c == '+' || c == '-' || Character.isDigit(c)) {
                parts.add(new Part.Literal(number()));
            } else if (c == '_' || Character.isLetter(c)) {
                parts.add(word());
            } else {
                throw new JsonPathError("unrecognized character in action: " + GoText.rune(c));
            }
        }
    }

    private Part word() {
        int start = at;
        while (!terminator(peek())) {
            at += Character.charCount(peek());
        }
        String word = input.substring(start, at);
        return switch (word) {
            case "true", "false" -> new Part.Literal(JsonNodeFactory.instance.booleanNode(word.equals("true")));
            default -> new Part.Word(word);
        };
    }

    private void descent(List<Part> parts) {
        if (!parts.isEmpty() && parts.getLast() instanceof Part.Descent) {
            throw new JsonPathError("invalid multiple recursive descent");
        }
        at += 2;
        parts.add(new Part.Descent());
        int c = peek();
        if (c == '_' || Character.isLetterOrDigit(c)) {
            parts.add(field());
        }
    }

    /// From after the dot to the next mark; a backslash takes away the meaning of the character after it.
    private Part field() {
        int start = at;
        while (!terminator(peek())) {
            if (peek() == '\\') {
                at++;
            }
            if (peek() != END) {
                at += Character.charCount(peek());
            }
        }
        String name = input.substring(start, at);
        return name.equals("*") ? new Part.All() : new Part.Name(name.replace("\\", ""));
    }

    private JsonNode number() {
        int start = at++;
        while (peek() == '.' || Character.isDigit(peek())) {
            at++;
        }
        String text = input.substring(start, at);
        try {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
        } catch (NumberFormatException _) {
            try {
                return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
            } catch (NumberFormatException _) {
                throw new JsonPathError("cannot parse number " + text);
            }
        }
    }

    private String quote(char mark) {
        int start = at++;
        while (true) {
            int c = peek();
            if (c == END || c == '\n') {
                throw new JsonPathError("unterminated quoted string");
            }
            at += Character.charCount(c);
            if (c == mark && input.charAt(at - 2) != '\\') {
                return Unquote.text(input.substring(start, at));
            }
        }
    }

    private void array(List<Part> parts) {
        int start = at + 1;
        while (peek() != ']') {
            if (peek() == END || peek() == '\n') {
                throw new JsonPathError("unterminated array");
            }
            at += Character.charCount(peek());
        }
        String text = input.substring(start, at++);
        String[] members = text.split(",", -1);
        Matcher key = KEY.matcher(text);
        if (members.length > 1) {
            List<Steps> union = new ArrayList<>();
            for (String member : members) {
                union.add(inner("[" + member.strip() + "]"));
            }
            parts.add(new Part.Union(union));
        } else if (key.matches()) {
            parts.addAll(inner("." + key.group(1)).parts());
        } else {
            parts.add(slice(text.equals("*") ? ":" : text));
        }
    }

    private static Part slice(String text) {
        Matcher matcher = SLICE.matcher(text);
        if (!matcher.matches()) {
            throw new JsonPathError("invalid array index " + text);
        }
        @Nullable String to = matcher.group(2);
        @Nullable String step = matcher.group(3);
        return new Part.Slice(
                index(matcher.group(1)),
                to == null ? null : index(to.substring(1)),
                step == null ? null : index(step.substring(1)),
                to == null);
    }

    private static @Nullable Integer index(String text) {
        try {
            return text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw new JsonPathError("array index " + text + " is not a number");
        }
    }

    private Part filter() {
        at += "[?(".length();
        int start = at;
        boolean begun = false;
        boolean ended = false;
        int mark = 0;
        while (true) {
            int c = peek();
            if (c == END || c == '\n') {
                throw new JsonPathError("unterminated filter");
            }
            at += Character.charCount(c);
            if (c == '"' || c == '\'') {
                if (!begun) {
                    begun = true;
                    mark = c;
                } else if (input.charAt(at - 2) != '\\' && c == mark) {
                    ended = true;
                }
            } else if (c == ')' && begun == ended) {
                break;
            }
        }
        String text = input.substring(start, at - 1);
        if (peek() != ']') {
            throw new JsonPathError("unclosed array expect ]");
        }
        at++;
        Matcher comparison = COMPARISON.matcher(text);
        return comparison.matches()
                ? new Part.Filter(inner(comparison.group(1)), comparison.group(2), inner(comparison.group(3)))
                : new Part.Filter(inner(text), "exists", new Steps(List.of()));
    }

    private int peek() {
        return at < input.length() ? input.codePointAt(at) : END;
    }

    private static boolean terminator(int c) {
        return c == END || " \t\r\n.,[]$@{}".indexOf(c) >= 0;
    }
}
