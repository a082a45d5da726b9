package dev.jobctl.cli.command;

import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Parsed.Good;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// A parsed command line, before a verb's options record is made of it.
///
/// @param after what stood after `--`; null when there was no `--`
public record Parsed(
        ParseResult result, List<String> words, @Nullable List<String> after) {
    public Parsed {
        words = List.copyOf(words);
    }

    public boolean flag(String name) {
        return result.matchedOptionValue(name, false);
    }

    /// True unless switched off, as in `--wait=false`.
    public boolean flagByDefault(String name) {
        return result.matchedOptionValue(name, true);
    }

    public boolean has(String name) {
        return result.hasMatchedOption(name);
    }

    /// Null when not given, or empty: an unset variable on the line must not mean everything.
    public @Nullable String text(String name) {
        String value = given(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// As it stands, which may be empty: for values that are refused then.
    public @Nullable String given(String name) {
        return result.<@Nullable String>matchedOptionValue(name, null);
    }

    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    public List<String> texts(String name) {
        return result.matchedOptionValue(name, List.<String>of());
    }

    /// Comma-separated values of an option that may stand several times.
    public List<String> parts(String name) {
        return texts(name).stream()
                .flatMap(text -> java.util.Arrays.stream(text.split(",")))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    public @Nullable Long number(String name) {
        String value = given(name);
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new UsageError("invalid argument \"" + value + "\" for \"" + name + "\" flag: not a whole number");
        }
    }

    /// Go's form (`90s`, `1h30m`, `0`), or a plain number of seconds.
    public @Nullable Duration duration(String name) {
        String value = given(name);
        if (value == null) {
            return null;
        }
        if (value.matches("[+-]?\\d{1,12}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        if (GoDuration.parse(value) instanceof Good<Duration>(Duration length)) {
            return length;
        }
        throw new UsageError(
                "invalid argument \"" + value + "\" for \"" + name + "\" flag: write a duration such as 90s or 5m");
    }

    /// One of `allowed`, or null when not given.
    public @Nullable String choice(String name, String... allowed) {
        String value = given(name);
        if (value != null && !List.of(allowed).contains(value)) {
            throw new UsageError("invalid argument \"" + value + "\" for \"" + name + "\" flag: must be one of "
                    + String.join(", ", allowed));
        }
        return value;
    }
}
