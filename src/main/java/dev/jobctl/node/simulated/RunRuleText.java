package dev.jobctl.node.simulated;

import dev.jobctl.node.simulated.RunRule.Begin;
import dev.jobctl.node.simulated.RunRule.Exit;
import dev.jobctl.node.simulated.RunRule.Term;
import dev.jobctl.node.simulated.RunRule.When;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one rule: parts `KEY=VALUE`, parted by colons; `log` and `message` come last and may contain colons. Used
/// once.
final class RunRuleText {
    private static final Pattern EXIT = Pattern.compile("(\\d{1,3})(?:x(\\d{1,9}))?");
    private static final Pattern OOM = Pattern.compile("oom(?:x(\\d{1,9}))?");
    private static final Pattern RUNS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9})?)?");
    private static final Pattern CHANCE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    static final String EXAMPLE = "write such as index=3:exit=1x2";

    /// The keys, in the order of the help.
    private static final List<String> KEYS = List.of(
            "job",
            "index",
            "run",
            "container",
            "node",
            "chance",
            "exit",
            "oom",
            "duration",
            "startup",
            "start",
            "term",
            "message",
            "log");

    private final String text;
    private final List<String> lines = new ArrayList<>();
    private @Nullable String job;
    private @Nullable IndexSet indexes;
    private int firstRun = 1;
    private int lastRun = Integer.MAX_VALUE;
    private @Nullable String container;
    private @Nullable String node;
    private double chance = 100;
    private @Nullable Exit exit;
    private @Nullable Spread duration;
    private @Nullable Spread startup;
    private @Nullable Begin begin;
    private @Nullable Term term;
    private @Nullable String message;
    private @Nullable String wrong;

    RunRuleText(String text) {
        this.text = text;
    }

    Parsed<RunRule> read() {
        int at = 0;
        while (at <= text.length() && wrong == null) {
            int colon = text.indexOf(':', at);
            boolean rest = text.startsWith("log=", at) || text.startsWith("message=", at);
            int end = colon < 0 || rest ? text.length() : colon;
            part(text.substring(at, end).strip(), at + 1);
            at = end + 1;
        }
        boolean says = exit != null || duration != null || startup != null || begin != null || term != null;
        if (wrong == null && !says && lines.isEmpty() && message == null) {
            wrong = "it does not say what happens: add exit=1, oom, duration=30s, startup=5s, start=never, term=ignore"
                    + " or log=TEXT";
        }
        if (wrong != null) {
            return new Parsed.Bad<>(wrong);
        }
        When when = new When(job, indexes, firstRun, lastRun, container, node, chance);
        return new Parsed.Good<>(new RunRule(when, exit, duration, startup, begin, term, lines, message));
    }

    private void part(String part, int column) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals).strip();
        String value = equals < 0 ? "" : part.substring(equals + 1).strip();
        if (OOM.matcher(part).matches()) {
            Matcher oom = OOM.matcher(part);
            exit = new Exit(Act.Result.oom(), oom.matches() && oom.group(1) != null ? number(oom.group(1)) : ALWAYS);
            return;
        }
        if (part.isEmpty() || !KEYS.contains(key)) {
            wrong(
                    column,
                    part.isEmpty()
                            ? "an empty part; " + EXAMPLE
                            : "unknown key \"" + key + "\"; the keys are " + String.join(", ", KEYS));
            return;
        }
        if (value.isEmpty()) {
            wrong(column, key + " has no value; " + EXAMPLE);
            return;
        }
        @Nullable String complaint = take(key, value);
        if (complaint != null) {
            wrong(column, complaint);
        }
    }

    private static final int ALWAYS = Integer.MAX_VALUE;

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private void wrong(int column, String what) {
        wrong = "column " + column + ": " + what;
    }

    /// Null when it fits.
    private @Nullable String take(String key, String value) {
        return switch (key) {
            case "job" -> set(() -> job = value);
            case "container" -> set(() -> container = value);
            case "node" -> set(() -> node = value.matches("\\d+") ? "node-" + value : value);
            case "message" -> set(() -> message = value);
            case "log" -> set(() -> lines.add(value));
            case "index" -> indexes(value);
            case "run" -> runs(value);
            case "chance" -> chance(value);
            case "exit" -> exit(value);
            case "duration" -> spread(key, value);
            case "startup" -> spread(key, value);
            case "start" -> begin(value);
            case "term" -> value.equals("ignore") ? set(() -> term = new Term(null)) : spread(key, value);
            default -> "oom takes no value; write oom, or oomx2 for the first two runs";
        };
    }

    private static @Nullable String set(Runnable setter) {
        setter.run();
        return null;
    }

    private @Nullable String indexes(String value) {
        return switch (IndexSet.parse(value, Integer.MAX_VALUE)) {
            case Parsed.Good<IndexSet>(IndexSet set) -> set(() -> indexes = set);
            case Parsed.Bad<IndexSet>(String why) ->
                "index=" + value + " is no set of indexes (" + why + "); write such as index=0,2-5";
        };
    }

    private @Nullable String runs(String value) {
        Matcher runs = RUNS.matcher(value);
        if (!runs.matches() || number(runs.group(1)) == 0) {
            return "run=" + value + " is no range of runs, which count from 1; write run=1, run=2-4 or run=2-";
        }
        firstRun = number(runs.group(1));
        boolean open = value.endsWith("-");
        lastRun = open ? ALWAYS : runs.group(2) == null ? firstRun : number(runs.group(2));
        return lastRun < firstRun ? "run=" + value + " ends before it begins" : null;
    }

    private @Nullable String chance(String value) {
        Matcher percent = CHANCE.matcher(value);
        if (!percent.matches() || Double.parseDouble(percent.group(1)) > 100) {
            return "chance=" + value + " is no percentage; write such as chance=5%";
        }
        chance = Double.parseDouble(percent.group(1));
        return null;
    }

    private @Nullable String exit(String value) {
        Matcher code = EXIT.matcher(value);
        if (!code.matches() || number(code.group(1)) > 255) {
            return "exit=" + value + " is no exit code; write exit=1, or exit=1x2 for the first two runs only";
        }
        int times = code.group(2) == null ? ALWAYS : number(code.group(2));
        exit = new Exit(Act.Result.code(number(code.group(1))), times);
        return null;
    }

    private @Nullable String spread(String key, String value) {
        return switch (Spread.parse(value)) {
            case Parsed.Good<Spread>(Spread spread) ->
                set(() -> {
                    switch (key) {
                        case "duration" -> duration = spread;
                        case "startup" -> startup = spread;
                        default -> term = new Term(spread);
                    }
                });
            case Parsed.Bad<Spread>(String why) -> key + ": " + why + (key.equals("term") ? ", or term=ignore" : "");
        };
    }

    private @Nullable String begin(String value) {
        for (Begin known : Begin.values()) {
            if (known.word().equals(value)) {
                return set(() -> begin = known);
            }
        }
        List<String> words = Arrays.stream(Begin.values()).map(Begin::word).toList();
        return "start=" + value + " is unknown; write start=" + String.join(", start=", words);
    }
}
