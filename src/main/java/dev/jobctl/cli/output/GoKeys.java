package dev.jobctl.cli.output;

import java.util.Comparator;

/// The order of mapping keys in Go's YAML: letters after other signs, runs of digits by their number.
final class GoKeys {
    static final Comparator<String> ORDER = GoKeys::compare;

    private GoKeys() {}

    private static int compare(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        boolean digits = false;
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] == b[i]) {
                digits = Character.isDigit(a[i]);
                continue;
            }
            boolean letterA = Character.isLetter(a[i]);
            boolean letterB = Character.isLetter(b[i]);
            if (letterA && letterB) {
                return Integer.compare(a[i], b[i]);
            }
            if (letterA || letterB) {
                return digits == letterA ? -1 : 1;
            }
            return compareNumbers(a, b, i);
        }
        return Integer.compare(a.length, b.length);
    }

    private static int compareNumbers(int[] a, int[] b, int from) {
        long startA = 0;
        if (a[from] == '0' || b[from] == '0') {
            for (int j = from - 1; j >= 0 && Character.isDigit(a[j]); j--) {
                if (a[j] != '0') {
                    startA = 1;
                    break;
                }
            }
        }
        int endA = endOfDigits(a, from);
        int endB = endOfDigits(b, from);
        int byNumber = Long.compare(number(a, from, endA, startA), number(b, from, endB, startA));
        if (byNumber != 0) {
            return byNumber;
        }
        return endA != endB ? Integer.compare(endA, endB) : Integer.compare(a[from], b[from]);
    }

    private static int endOfDigits(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int from, int to, long start) {
        long number = start;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }
}
