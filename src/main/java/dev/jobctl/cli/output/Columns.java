package dev.jobctl.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Lays rows out in columns as kubectl does: each as wide as its widest cell plus three spaces, at least [#MINIMUM]
/// altogether, the last one not padded.
public final class Columns {
    private static final int MINIMUM = 6;
    private static final int GAP = 3;

    private final List<Integer> widths = new ArrayList<>();

    /// Makes room for these rows; widths only grow, so that later rows of a watch keep their places.
    public Columns fit(List<List<String>> rows) {
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Math.max(MINIMUM, length(row.get(i)) + GAP);
                if (i == widths.size()) {
                    widths.add(width);
                } else if (width > widths.get(i)) {
                    widths.set(i, width);
                }
            }
        }
        return this;
    }

    /// One line, without its end.
    public String line(List<String> row) {
        StringBuilder line = new StringBuilder(120);
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i + 1 < row.size()) {
                line.repeat(' ', Math.max(0, widths.get(i) - length(cell)));
            }
        }
        return line.toString();
    }

    /// All rows at once, each ended by a line feed.
    public static String table(List<List<String>> rows) {
        Columns columns = new Columns().fit(rows);
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(columns.line(row)).append('\n'));
        return text.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
