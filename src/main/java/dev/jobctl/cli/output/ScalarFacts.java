package dev.jobctl.cli.output;

/// What the signs of a string permit: which YAML spellings would read back as the same string in block context.
record ScalarFacts(boolean multiline, boolean plainAllowed, boolean singleAllowed, boolean blockAllowed) {
    static ScalarFacts of(String text) {
        if (text.isEmpty()) {
            return new ScalarFacts(false, true, true, false);
        }
        Scan scan = new Scan();
        int[] signs = text.codePoints().toArray();
        for (int i = 0; i < signs.length; i++) {
            scan.take(signs, i);
        }
        if (text.startsWith("---") || text.startsWith("...")) {
            scan.indicators = true;
        }
        return scan.facts();
    }

    /// Go's notion: neither control signs nor anything beyond the basic plane.
    static boolean printable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c < 0xd800)
                || (c >= 0xe000 && c < 0xfffe && c != 0xfeff);
    }

    private static final class Scan {
        private boolean indicators;
        private boolean lineBreaks;
        private boolean special;
        private boolean leading;
        private boolean trailing;
        private boolean trailingSpace;
        private boolean breakSpace;
        private boolean spaceBreak;
        private boolean previousSpace;
        private boolean previousBreak;

        void take(int[] signs, int i) {
            int c = signs[i];
            boolean last = i == signs.length - 1;
            boolean blankNext = last || blank(signs[i + 1]);
            boolean blankBefore = i == 0 || blank(signs[i - 1]);
            indicators |= i == 0 ? startsOther(c, blankNext) : endsPlain(c, blankNext, blankBefore);
            special |= !printable(c);
            if (c == ' ') {
                leading |= i == 0;
                trailing |= last;
                trailingSpace |= last;
                breakSpace |= previousBreak;
                previousSpace = true;
                previousBreak = false;
            } else if (lineBreak(c)) {
                lineBreaks = true;
                leading |= i == 0;
                trailing |= last;
                spaceBreak |= previousSpace;
                previousBreak = true;
                previousSpace = false;
            } else {
                previousSpace = false;
                previousBreak = false;
            }
        }

        ScalarFacts facts() {
            boolean unfit = spaceBreak || special;
            boolean plain = !leading && !trailing && !breakSpace && !unfit && !lineBreaks && !indicators;
            return new ScalarFacts(lineBreaks, plain, !breakSpace && !unfit, !trailingSpace && !unfit);
        }

        private static boolean startsOther(int c, boolean blankNext) {
            return "#,[]{}&*!|>'\"%@`".indexOf(c) >= 0 || (blankNext && (c == '?' || c == ':' || c == '-'));
        }

        private static boolean endsPlain(int c, boolean blankNext, boolean blankBefore) {
            return (c == ':' && blankNext) || (c == '#' && blankBefore);
        }

        private static boolean blank(int c) {
            return c == ' ' || c == '\t' || lineBreak(c);
        }

        private static boolean lineBreak(int c) {
            return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
        }
    }
}
