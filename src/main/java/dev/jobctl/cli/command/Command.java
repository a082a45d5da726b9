package dev.jobctl.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One verb: how its line is declared, how its options record is read, what it does. Parsing and running are apart, so
/// that a test can look at either alone.
///
/// @param <O> the verb's options record
public final class Command<O> {
    private final CommandSpec spec;
    private final Map<String, String> bareValues;
    private final boolean takesCommand;
    private final boolean takesWords;
    private final Function<Parsed, O> reader;
    private final Run<O> run;

    /// What a verb does with its options. Returns the exit code.
    public interface Run<O> {
        int run(Session session, O options);
    }

    private Command(Builder builder, Function<Parsed, O> reader, Run<O> run) {
        this.spec = builder.spec;
        this.bareValues = Map.copyOf(builder.bareValues);
        this.takesCommand = builder.takesCommand;
        this.takesWords = builder.takesWords;
        this.reader = reader;
        this.run = run;
        Globals.declare(spec);
    }

    /// The verb's full name, such as `get` or `create job`.
    public static Builder named(String name) {
        return new Builder(name);
    }

    public CommandSpec spec() {
        return spec;
    }

    /// What may follow the verb's name, such as `TYPE [NAME...]`.
    public String label() {
        return label(spec);
    }

    private static String label(CommandSpec spec) {
        return spec.positionalParameters().getFirst().paramLabel();
    }

    /// Whether that option may stand without its value: then the next word is none.
    public boolean bare(String option) {
        return bareValues.containsKey(option);
    }

    /// The words after the verb's own name. Throws [UsageError].
    public Parsed parse(List<String> words) {
        int dashes = words.indexOf("--");
        List<String> before = dashes < 0 ? words : words.subList(0, dashes);
        @Nullable List<String> after = dashes < 0 ? null : List.copyOf(words.subList(dashes + 1, words.size()));
        ParseResult result = parseOptions(before);
        List<String> plain = new ArrayList<>(result.matchedPositionalValue(0, List.<String>of()));
        if (after != null && !takesCommand) {
            plain.addAll(after);
        }
        if (!takesWords && !plain.isEmpty()) {
            throw new UsageError("unexpected words: " + String.join(" ", plain) + hint());
        }
        return new Parsed(result, plain, takesCommand ? after : null);
    }

    /// The options record. Throws [UsageError].
    public O options(Parsed parsed) {
        return reader.apply(parsed);
    }

    public int run(Session session, O options) {
        return run.run(session, options);
    }

    private ParseResult parseOptions(List<String> words) {
        String[] line = words.stream()
                .map(word -> bareValues.containsKey(word) ? word + "=" + bareValues.get(word) : word)
                .toArray(String[]::new);
        try {
            return commandLine().parseArgs(line);
        } catch (ParameterException e) {
            throw new UsageError(e.getMessage() + hint());
        }
    }

    private String hint() {
        return "\nSee 'jobctl " + spec.name() + " -h' for help and examples";
    }

    private CommandLine commandLine() {
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setTrimQuotes(false)
                .setInterpolateVariables(false);
    }

    /// Usage text, in colours where the terminal has them.
    public String help(boolean colours) {
        return commandLine().getUsageMessage(colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    }

    /// Collects the declaration of a verb.
    public static final class Builder {
        private final CommandSpec spec;
        private final Map<String, String> bareValues = new LinkedHashMap<>();
        private boolean takesCommand;
        private boolean takesWords = true;

        private Builder(String name) {
            spec = CommandSpec.create().name(name);
            spec.parser().toggleBooleanFlags(false);
            spec.usageMessage()
                    .abbreviateSynopsis(true)
                    .width(100)
                    .autoWidth(false)
                    .sortOptions(true);
        }

        /// One line for the list of verbs.
        public Builder summary(String line) {
            spec.usageMessage().description(literal(line));
            return this;
        }

        /// What may follow the verb's name, such as `TYPE [NAME...]`, and whether that may be nothing.
        public Builder words(String label) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(label)
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("0..*")
                    .hideParamSyntax(true)
                    .hidden(true) // it stands in the first line already
                    .build());
            return this;
        }

        public Builder examples(String... lines) {
            String[] footer = new String[lines.length + 1];
            footer[0] = "%nExamples:";
            for (int i = 0; i < lines.length; i++) {
                footer[i + 1] = "  " + literal(lines[i]);
            }
            spec.usageMessage().footer(footer);
            return this;
        }

        public Builder flag(String names, String help) {
            spec.addOption(OptionSpec.builder(names.split(" "))
                    .type(boolean.class)
                    .description(literal(help))
                    .build());
            return this;
        }

        public Builder value(String names, String label, String help) {
            spec.addOption(OptionSpec.builder(names.split(" "))
                    .type(String.class)
                    .paramLabel(label)
                    .description(literal(help))
                    .build());
            return this;
        }

        /// A value that may be left out: `--dry-run` alone then means `--dry-run=BARE`.
        public Builder valueOrBare(String name, String label, String bare, String help) {
            bareValues.put(name, bare);
            return value(name, label, help);
        }

        /// An option that may stand several times.
        public Builder values(String names, String label, String help) {
            spec.addOption(OptionSpec.builder(names.split(" "))
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .paramLabel(label)
                    .description(literal(help))
                    .build());
            return this;
        }

        /// Picocli takes `%` for the beginning of a place to fill in.
        private static String literal(String text) {
            return text.replace("%", "%%");
        }

        /// What stands after `--` is a command of its own, not more words.
        public Builder command() {
            takesCommand = true;
            return this;
        }

        public <O> Command<O> build(Function<Parsed, O> reader, Run<O> run) {
            if (spec.positionalParameters().isEmpty()) {
                takesWords = false;
                words("WORD");
            }
            spec.usageMessage()
                    .customSynopsis("jobctl " + spec.name() + " [OPTIONS]" + (takesWords ? " " + label(spec) : ""));
            return new Command<>(this, reader, run);
        }
    }
}
