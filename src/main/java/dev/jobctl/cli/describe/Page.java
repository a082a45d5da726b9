package dev.jobctl.cli.describe;

import java.util.ArrayList;
import java.util.List;

/// Text in which tabs end cells, laid out like Go's tabwriter: a column is a run of neighbouring lines that have a cell
/// there, and is as wide as the widest of them plus two. The last cell of a line is never padded.
final class Page {
    private static final int GAP = 2;

    private final StringBuilder text = new StringBuilder(2048);

    /// Adds one line at an indent of two spaces a level. `cells` are the line's parts, to be aligned.
    Page line(int level, String... cells) {
        text.repeat(' ', level * 2).append(String.join("\t", cells)).append('\n');
        return this;
    }

    /// The page, aligned.
    String aligned() {
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.toString().split("\n", -1)) {
            lines.add(List.of(line.split("\t", -1)));
        }
        lines.removeLast(); // behind the last line feed
        StringBuilder out = new StringBuilder(text.length() * 2);
        format(lines, 0, lines.size(), new ArrayList<>(), out);
        return out.toString();
    }

    /// Finds the columns to the right of those whose widths are known, and writes.
    private static void format(List<List<String>> lines, int from, int to, List<Integer> widths, StringBuilder out) {
        int column = widths.size();
        int written = from;
        for (int at = from; at < to; at++) {
            if (column >= lines.get(at).size() - 1) {
                continue;
            }
            write(lines, written, at, widths, out);
            written = at;
            int width = 0;
            while (at < to && column < lines.get(at).size() - 1) {
                width = Math.max(width, length(lines.get(at).get(column)) + GAP);
                at++;
            }
            widths.add(width);
            format(lines, written, at, widths, out);
            widths.removeLast();
            written = at;
        }
        write(lines, written, to, widths, out);
    }

    private static void write(List<List<String>> lines, int from, int to, List<Integer> widths, StringBuilder out) {
        for (List<String> line : lines.subList(Math.min(from, to), to)) {
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                out.append(cell);
                if (i < widths.size() && i < line.size() - 1) {
                    out.repeat(' ', widths.get(i) - length(cell));
                }
            }
            out.append('\n');
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
