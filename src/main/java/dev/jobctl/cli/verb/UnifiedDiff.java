package dev.jobctl.cli.verb;

import java.util.ArrayList;
import java.util.List;

/// The differences of two texts by lines, as `diff -u` writes them, without the names of the files.
final class UnifiedDiff {
    private static final int AROUND = 3;
    /// Where the part that differs is larger, all of it counts as replaced: so much memory is enough for a diff.
    private static final long CELLS_MAX = 16_000_000;

    private final List<String> before;
    private final List<String> after;

    /// A line of both, of the first text only, or of the second.
    private record Step(char sign, String line) {}

    private UnifiedDiff(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /// Empty where there is none.
    static String of(String before, String after) {
        return before.equals(after) ? "" : new UnifiedDiff(before, after).text();
    }

    private String text() {
        List<Step> steps = steps();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < steps.size()) {
            int first = next(steps, at);
            if (first == steps.size()) {
                break;
            }
            int last = first;
            for (int look = next(steps, last + 1);
                    look < steps.size() && look - last <= 2 * AROUND + 1;
                    look = next(steps, last + 1)) {
                last = look;
            }
            int from = Math.max(0, first - AROUND);
            int to = Math.min(steps.size(), last + AROUND + 1);
            hunk(text, steps, from, to);
            at = to;
        }
        return text.toString();
    }

    private static int next(List<Step> steps, int from) {
        int at = from;
        while (at < steps.size() && steps.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(StringBuilder text, List<Step> steps, int from, int to) {
        List<Step> above = steps.subList(0, from);
        List<Step> here = steps.subList(from, to);
        text.append("@@ -").append(range(above, here, '+'));
        text.append(" +").append(range(above, here, '-')).append(" @@\n");
        here.forEach(step -> text.append(step.sign()).append(step.line()).append('\n'));
    }

    /// Of the text that the lines with `others` do not belong to.
    private static String range(List<Step> above, List<Step> here, char others) {
        long start = above.stream().filter(step -> step.sign() != others).count();
        long count = here.stream().filter(step -> step.sign() != others).count();
        return (count == 0 ? start : start + 1) + (count == 1 ? "" : "," + count);
    }

    private List<Step> steps() {
        int head = 0;
        while (head < Math.min(before.size(), after.size()) && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Step> steps = new ArrayList<>();
        before.subList(0, head).forEach(line -> steps.add(new Step(' ', line)));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), steps);
        before.subList(before.size() - tail, before.size()).forEach(line -> steps.add(new Step(' ', line)));
        return steps;
    }

    private static void middle(List<String> old, List<String> now, List<Step> steps) {
        if ((long) (old.size() + 1) * (now.size() + 1) > CELLS_MAX) {
            old.forEach(line -> steps.add(new Step('-', line)));
            now.forEach(line -> steps.add(new Step('+', line)));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                steps.add(new Step(' ', old.get(i)));
                i++;
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                steps.add(new Step('-', old.get(i++)));
            } else {
                steps.add(new Step('+', now.get(j++)));
            }
        }
    }
}
