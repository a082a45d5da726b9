package dev.jobctl.simulate;

import dev.jobctl.node.simulated.Spread;
import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Parsed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something done to the world from outside, at a time of the scenario.
///
/// @param target such as `pi`, `2`; empty: the only one there is
/// @param value such as `completions=3`, `30s`; empty for none
public record Action(Duration at, Verb verb, String target, String value) {
    /// What can be done.
    public enum Verb {
        SUSPEND("suspend", "[JOB]"),
        RESUME("resume", "[JOB]"),
        SCALE("scale", "[JOB] parallelism=N"),
        DELETE("delete", "[JOB]"),
        DELETE_PODS("delete-pods", "[JOB] [index=N]"),
        LOSE_NODE("lose-node", "NODE"),
        CUT_NODE("cut-node", "NODE"),
        RETURN_NODE("return-node", "NODE"),
        REBOOT_NODE("reboot-node", "NODE"),
        INTERRUPT_NODE("interrupt-node", "NODE [30s]"),
        DELETE_NODE("delete-node", "NODE"),
        ADD_NODE("add-node", ""),
        CORDON("cordon", "NODE"),
        UNCORDON("uncordon", "NODE"),
        DRAIN("drain", "NODE"),
        CRASH("crash", ""),
        JUMP("jump", "1h");

        private final String word;
        private final String form;

        Verb(String word, String form) {
            this.word = word;
            this.form = form;
        }

        public String word() {
            return word;
        }

        boolean needsNode() {
            return form.startsWith("NODE");
        }

        boolean takesJob() {
            return form.startsWith("[JOB]");
        }

        static Optional<Verb> of(String word) {
            return Arrays.stream(values()).filter(v -> v.word.equals(word)).findFirst();
        }

        String usage() {
            return form.isEmpty() ? word : word + " " + form;
        }
    }

    /// `5m suspend`, `10m lose-node 2`, `1h scale pi parallelism=3`; a `Bad` says what to write.
    public static Parsed<Action> parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (!(GoDuration.parse(words.getFirst()) instanceof Parsed.Good<Duration>(Duration at)) || at.isNegative()) {
            return bad("\"" + words.getFirst() + "\" is no time since the start; write such as 5m suspend");
        }
        if (words.size() == 1) {
            return bad("it does not say what happens at " + words.getFirst() + "; write such as " + words.getFirst()
                    + " suspend");
        }
        @Nullable Verb verb = Verb.of(words.get(1)).orElse(null);
        if (verb == null) {
            return bad("unknown action \"" + words.get(1) + "\"; the actions are "
                    + Arrays.stream(Verb.values()).map(Verb::word).collect(Collectors.joining(", ")));
        }
        return read(at, verb, words.subList(2, words.size()));
    }

    private static Parsed<Action> read(Duration at, Verb verb, List<String> rest) {
        String target = "";
        String value = "";
        for (String word : rest) {
            boolean isValue = word.contains("=") || verb == Verb.JUMP || !target.isEmpty();
            if (isValue && value.isEmpty()) {
                value = word;
            } else if (!isValue && (verb.needsNode() || verb.takesJob())) {
                target = word.replaceFirst("^(job|node)/", "");
            } else {
                return bad("unexpected \"" + word + "\"; write " + verb.usage());
            }
        }
        if (verb.needsNode() && target.isEmpty()) {
            return bad("which node? write " + verb.usage() + ", such as " + verb.word() + " 2");
        }
        @Nullable String wrong = wrongValue(verb, value);
        return wrong == null ? new Parsed.Good<>(new Action(at, verb, target, value)) : bad(wrong);
    }

    private static @Nullable String wrongValue(Verb verb, String value) {
        boolean fits = switch (verb) {
            case SCALE -> value.matches("(parallelism|completions)=\\d{1,9}");
            case DELETE_PODS -> value.isEmpty() || value.matches("index=\\d{1,9}");
            case JUMP -> GoDuration.parse(value) instanceof Parsed.Good<Duration>;
            case INTERRUPT_NODE -> value.isEmpty() || Spread.parse(value) instanceof Parsed.Good<Spread>;
            default -> value.isEmpty();
        };
        return fits ? null : "\"" + value + "\" does not fit; write " + verb.usage();
    }

    private static <T> Parsed<T> bad(String why) {
        return new Parsed.Bad<>(why);
    }

    /// `2@10m` as `10m lose-node 2`; `2@10m..20m`: and 20m return-node 2.
    public static Parsed<List<Action>> losing(String text) {
        String[] parts = text.split("@", 2);
        String[] times = parts.length == 2 ? parts[1].split("\\.\\.", 2) : new String[0];
        if (times.length == 0 || parts[0].isBlank()) {
            return bad("\"" + text + "\" does not say which node is lost when; write such as 2@10m, or 2@10m..20m");
        }
        Parsed<Action> lost = parse(times[0].strip() + " lose-node " + parts[0].strip());
        Parsed<Action> back = parse(times[times.length - 1].strip() + " return-node " + parts[0].strip());
        if (lost instanceof Parsed.Good<Action>(Action loss) && back instanceof Parsed.Good<Action>(Action ret)) {
            return new Parsed.Good<>(times.length == 1 ? List.of(loss) : List.of(loss, ret));
        }
        return bad("\"" + text + "\": " + "write such as 2@10m, or 2@10m..20m for a node that comes back");
    }

    /// In words, for the timeline.
    String words() {
        return verb.word() + (target.isEmpty() ? "" : " " + target) + (value.isEmpty() ? "" : " " + value);
    }
}
