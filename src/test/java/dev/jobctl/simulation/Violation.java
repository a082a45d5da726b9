package dev.jobctl.simulation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An invariant does not hold. An Error, so that no edge of the loop catches it.
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String rule;

    private Violation(String rule, String text) {
        super(rule + ": " + text);
        this.rule = rule;
    }

    /// Which invariant, in a few words that are the same for every case of it.
    String rule() {
        return rule;
    }

    /// Throws unless `fact` holds; the text's `%s` are filled from `values`.
    static void unless(boolean fact, String rule, String text, @Nullable Object... values) {
        if (!fact) {
            throw new Violation(rule, text.formatted(values));
        }
    }

    /// The same, with what else the reader wants to know.
    Violation with(String context) {
        Violation more =
                new Violation(rule, Objects.requireNonNull(getMessage()).substring(rule.length() + 2) + "\n" + context);
        more.setStackTrace(getStackTrace());
        more.initCause(getCause());
        return more;
    }

    static Violation met(RuntimeException bug) {
        Violation violation = new Violation("no bug is met", bug.toString());
        violation.initCause(bug);
        return violation;
    }

    static Violation of(String rule, String text) {
        return new Violation(rule, text);
    }
}
