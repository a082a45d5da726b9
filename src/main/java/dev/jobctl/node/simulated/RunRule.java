package dev.jobctl.node.simulated;

import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Parsed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What certain runs do. A rule that does not speak of something leaves it to the next one that fits.
///
/// @param when which runs it is about
/// @param exit null: does not say how the run ends
/// @param duration null: does not say
public record RunRule(
        When when,
        @Nullable Exit exit,
        @Nullable Spread duration,
        @Nullable Spread startup,
        @Nullable Begin begin,
        @Nullable Term term,
        List<String> lines,
        @Nullable String message) {
    public RunRule {
        lines = List.copyOf(lines);
    }

    /// Which runs; a part that is null fits all.
    ///
    /// @param firstRun of a completion index, or of a Job without indexes: its first run has number 1, and restarts in
    ///     place count like new pods
    /// @param chance in percent, 100 for always
    public record When(
            @Nullable String job,
            @Nullable IndexSet indexes,
            int firstRun,
            int lastRun,
            @Nullable String container,
            @Nullable String node,
            double chance) {
        public static final When ALWAYS = new When(null, null, 1, Integer.MAX_VALUE, null, null, 100);
    }

    /// How runs end.
    ///
    /// @param times how many runs of an index end so; the next ones end well
    public record Exit(Act.Result result, int times) {}

    /// Runs that do not begin as they should.
    public enum Begin {
        /// The pod stays Pending until it is deleted.
        NEVER("never"),
        /// ErrImagePull, again and again.
        NO_IMAGE("no-image"),
        /// The command is not there: exit code 128.
        BROKEN("broken");

        private final String word;

        Begin(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// What SIGTERM does.
    ///
    /// @param after until the run ends with code 143, null: it is ignored
    public record Term(@Nullable Spread after) {}

    /// `index=3:exit=1x2`; a `Bad` says which part is wrong and what to write.
    public static Parsed<RunRule> parse(String text) {
        return new RunRuleText(text).read();
    }

    /// Of all runs, only how long.
    public static RunRule lasting(Spread duration) {
        return new RunRule(When.ALWAYS, null, duration, null, null, null, List.of(), null);
    }
}
