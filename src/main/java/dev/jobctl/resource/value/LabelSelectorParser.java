package dev.jobctl.resource.value;

import dev.jobctl.resource.value.LabelSelector.Operator;
import dev.jobctl.resource.value.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;

/// Reads `-l` text by the grammar of the API server. One object reads one text; used by one thread.
///
/// `KEY [= == != > <] VALUE`, `KEY in (A, B)`, `KEY notin (A)`, `KEY`, `!KEY`, joined by commas. A value may be empty:
/// `app=` asks for the empty label.
final class LabelSelectorParser {
    private static final String SYMBOLS = "=!(),<>";

    private final List<Token> tokens;
    private int position;

    private LabelSelectorParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @param symbol true for operators, commas and brackets; the end is the empty symbol
    private record Token(boolean symbol, String text) {
        static final Token END = new Token(true, "");

        boolean is(String wanted) {
            return symbol && text.equals(wanted);
        }

        boolean identifier() {
            return !symbol;
        }
    }

    /// Leaves a nest of readers with a complaint; never crosses [#parse].
    private static final class Complaint extends Exception {
        private static final long serialVersionUID = 1L;

        Complaint(String message) {
            super(message, null, false, false);
        }
    }

    static Parsed<LabelSelector> parse(String text) {
        try {
            return new Parsed.Good<>(new LabelSelector(new LabelSelectorParser(scan(text)).requirements()));
        } catch (Complaint e) {
            return new Parsed.Bad<>(String.valueOf(e.getMessage()));
        }
    }

    private List<Requirement> requirements() throws Complaint {
        List<Requirement> found = new ArrayList<>();
        while (true) {
            Token ahead = peek();
            if (ahead.is("")) {
                return found;
            }
            if (!ahead.identifier() && !ahead.is("!")) {
                throw new Complaint("found '" + ahead.text() + "', expected: !, identifier, or 'end of string'");
            }
            found.add(requirement());
            Token after = next();
            if (after.is("")) {
                return found;
            }
            if (!after.is(",")) {
                throw new Complaint("found '" + after.text() + "', expected: ',' or 'end of string'");
            }
            if (!peek().identifier() && !peek().is("!")) {
                throw new Complaint("found '" + peek().text() + "', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() throws Complaint {
        try {
            return bareRequirement();
        } catch (Complaint e) {
            throw new Complaint("unable to parse requirement: " + e.getMessage());
        }
    }

    private Requirement bareRequirement() throws Complaint {
        Token token = next();
        boolean negated = token.is("!");
        if (negated) {
            token = next();
        }
        if (!token.identifier()) {
            throw new Complaint("found '" + token.text() + "', expected: identifier");
        }
        String key = token.text();
        check("key", key, Names.qualifiedName(key));
        if (negated) {
            return new Requirement(key, Operator.DoesNotExist, List.of());
        }
        if (peek().is("") || peek().is(",")) {
            return new Requirement(key, Operator.Exists, List.of());
        }
        Operator operator = operator();
        boolean set = operator == Operator.In || operator == Operator.NotIn;
        return checked(new Requirement(key, operator, set ? set() : List.of(exact())));
    }

    private Operator operator() throws Complaint {
        Token token = next();
        return switch (token.text()) {
            case "=", "==" -> Operator.Equals;
            case "!=" -> Operator.NotEquals;
            case ">" -> Operator.GreaterThan;
            case "<" -> Operator.LessThan;
            case "in" -> Operator.In;
            case "notin" -> Operator.NotIn;
            default -> throw new Complaint("found '" + token.text() + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private String exact() throws Complaint {
        if (peek().is("") || peek().is(",")) {
            return "";
        }
        Token token = next();
        if (!token.identifier()) {
            throw new Complaint("found '" + token.text() + "', expected: identifier");
        }
        return token.text();
    }

    private List<String> set() throws Complaint {
        Token open = next();
        if (!open.is("(")) {
            throw new Complaint("found '" + open.text() + "' expected: '('");
        }
        List<String> values = new ArrayList<>();
        if (peek().is(")")) {
            next();
            return values;
        }
        boolean wantsValue = true;
        while (true) {
            Token token = next();
            if (token.identifier()) {
                values.add(token.text());
                wantsValue = false;
                if (!peek().is(",") && !peek().is(")")) {
                    throw new Complaint("found '" + peek().text() + "', expected: ',' or ')'");
                }
            } else if (token.is(",")) {
                if (wantsValue) {
                    values.add("");
                }
                wantsValue = true;
            } else if (token.is(")")) {
                if (wantsValue) {
                    values.add("");
                }
                return values;
            } else {
                throw new Complaint("found '" + token.text() + "', expected: ',', or identifier");
            }
        }
    }

    private static Requirement checked(Requirement made) throws Complaint {
        boolean set = made.operator() == Operator.In || made.operator() == Operator.NotIn;
        if (set && made.values().isEmpty()) {
            throw new Complaint("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
        }
        if (made.operator() == Operator.GreaterThan || made.operator() == Operator.LessThan) {
            try {
                Long.parseLong(made.values().getFirst());
            } catch (NumberFormatException e) {
                throw new Complaint("values[0]: Invalid value: \""
                        + made.values().getFirst() + "\": for 'Gt', 'Lt' operators, the value must be an integer");
            }
        }
        for (int i = 0; i < made.values().size(); i++) {
            String value = made.values().get(i);
            check("values[" + i + "][" + made.key() + "]", value, Names.labelValue(value));
        }
        return made;
    }

    private static void check(String path, String value, List<String> complaints) throws Complaint {
        if (!complaints.isEmpty()) {
            throw new Complaint(path + ": Invalid value: \"" + value + "\": " + String.join("; ", complaints));
        }
    }

    private Token peek() {
        return position < tokens.size() ? tokens.get(position) : Token.END;
    }

    private Token next() {
        Token token = peek();
        position++;
        return token;
    }

    private static List<Token> scan(String text) {
        List<Token> found = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (" \t\r\n".indexOf(c) >= 0) {
                i++;
            } else if (SYMBOLS.indexOf(c) >= 0) {
                boolean two = i + 1 < text.length() && text.charAt(i + 1) == '=' && (c == '=' || c == '!');
                found.add(new Token(true, text.substring(i, two ? i + 2 : i + 1)));
                i += two ? 2 : 1;
            } else {
                int start = i;
                while (i < text.length()
                        && SYMBOLS.indexOf(text.charAt(i)) < 0
                        && " \t\r\n".indexOf(text.charAt(i)) < 0) {
                    i++;
                }
                found.add(new Token(false, text.substring(start, i)));
            }
        }
        return found;
    }
}
