package dev.jobctl.resource.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// The YAML parser's complaints in words that say what to write instead.
final class YamlMessages {
    private YamlMessages() {}

    static String duplicate(String key, dev.jobctl.resource.yaml.Mark first) {
        return "\"" + key + "\" is set twice, first at line " + first.line() + ", column " + first.column()
                + "; remove one of the two";
    }

    /// @param linesBefore lines of the file before the parsed text
    static String explain(MarkedYAMLException complaint, int linesBefore) {
        String problem = firstLine(String.valueOf(complaint.getProblem()));
        String context = complaint.getContext() == null ? "" : complaint.getContext();
        String from = from(complaint.getContextMark(), linesBefore);
        if (problem.contains("(TAB)")) {
            return "a tab cannot indent or begin a value here; use spaces";
        }
        if (problem.contains("that cannot start any token")) {
            return "'" + quoted(problem) + "' cannot begin a value; put the value in quotes";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a second ': ' in one line; put the value in quotes, or the key on its own line";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a ':' is missing after the key" + from + "; write KEY: VALUE, and check the indentation";
        }
        if (problem.contains("unexpected end of stream") && context.contains("quoted scalar")) {
            return "the quoted text" + from + " is never closed; add the closing quote";
        }
        if (problem.contains("document separator")) {
            return "the quoted text" + from + " is not closed before the next document; add the closing quote";
        }
        if (problem.contains("expected <block end>")
                || context.contains("block mapping")
                || context.contains("block collection")) {
            return "the indentation fits no line above" + from
                    + "; indent keys of one object alike, and list items alike";
        }
        if (context.contains("flow sequence")) {
            return "the list" + from + " is not closed; separate items by ',' and end with ']'";
        }
        if (context.contains("flow mapping")) {
            return "the object" + from + " is not closed; separate members by ',' and end with '}'";
        }
        if (problem.contains("unknown escape character") || context.contains("double-quoted scalar")) {
            return "an unknown escape in a double-quoted text; write \\\\ for a backslash, or use single quotes";
        }
        if (context.contains("anchor") || context.contains("alias")) {
            return "'&' and '*' begin an anchor or alias name; put the value in quotes to mean the character";
        }
        if (context.contains("tag") || problem.contains("tag")) {
            return "'!' begins a tag, and this is none; put the value in quotes to mean the character";
        }
        if (context.contains("block scalar")) {
            return "wrong after '|' or '>': " + problem + "; write the text on the next lines, indented";
        }
        return "not valid YAML: " + problem;
    }

    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String from(@Nullable Mark mark, int linesBefore) {
        return mark == null ? "" : " that begins at line " + (mark.getLine() + 1 + linesBefore);
    }

    private static String quoted(String problem) {
        int from = problem.indexOf('\'');
        int to = problem.indexOf('\'', from + 1);
        return from < 0 || to < 0 ? problem : problem.substring(from + 1, to);
    }
}
