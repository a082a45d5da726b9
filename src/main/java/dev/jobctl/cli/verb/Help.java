package dev.jobctl.cli.verb;

import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.file.Distance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What jobctl says about itself.
public final class Help {
    private Help() {}

    /// For a line without a verb: with no words or `-h` the overview, else a complaint.
    public static int overview(Terminal terminal, List<String> rest) {
        boolean asked = rest.isEmpty() || rest.contains("-h") || rest.contains("--help");
        if (!asked) {
            terminal.err()
                    .println("error: no command given, only: " + String.join(" ", rest)
                            + "\nSee 'jobctl help' for all commands");
            return Exit.USAGE;
        }
        terminal.out().print(text());
        return Exit.OK;
    }

    /// `jobctl help [VERB]`.
    public static int of(Terminal terminal, List<String> words) {
        List<String> names = words.stream().filter(w -> !w.startsWith("-")).toList();
        if (names.isEmpty()) {
            terminal.out().print(text());
            return Exit.OK;
        }
        String name = String.join(" ", names);
        Supplier<Command<?>> command = Verbs.all().get(name);
        if (command == null) {
            return ofGroup(terminal, name);
        }
        terminal.out().print(command.get().help(terminal.colours()));
        return Exit.OK;
    }

    /// For a word such as `local`, which needs a second one: all its verbs. Else the word is unknown.
    public static int ofGroup(Terminal terminal, String word) {
        StringBuilder text = new StringBuilder();
        Verbs.all().forEach((name, command) -> {
            if (name.startsWith(word + " ")) {
                text.append(line(name, command));
            }
        });
        if (text.isEmpty()) {
            return unknown(terminal, word);
        }
        terminal.out().print("Usage: jobctl " + word + " COMMAND ...\n\nCommands:\n" + text);
        return Exit.OK;
    }

    /// Names the closest verb.
    public static int unknown(Terminal terminal, String verb) {
        List<String> inside = Verbs.all().keySet().stream()
                .filter(v -> v.startsWith(verb + " "))
                .toList();
        if (!inside.isEmpty()) {
            terminal.err()
                    .println("error: " + verb + " needs one of: "
                            + String.join(
                                    ", ",
                                    inside.stream()
                                            .map(v -> v.substring(verb.length() + 1))
                                            .toList()));
            return Exit.USAGE;
        }
        terminal.err().println("error: unknown command \"" + verb + "\" for \"jobctl\"");
        closest(verb).ifPresent(close -> terminal.err().println("\nDid you mean this?\n\t" + close));
        terminal.err().println("\nSee 'jobctl help' for all commands");
        return Exit.USAGE;
    }

    private static Optional<String> closest(String verb) {
        return Verbs.all().keySet().stream()
                .map(name -> name.contains(" ") ? name.substring(0, name.indexOf(' ')) : name)
                .distinct()
                .filter(name -> name.startsWith(verb) || Distance.between(name, verb) <= 2)
                .min(Comparator.comparingInt(name -> Distance.between(name, verb)));
    }

    private static String text() {
        StringBuilder text = new StringBuilder("""
            jobctl runs Kubernetes Jobs anywhere: on a cluster, or on this machine with no cluster at all.

            Usage: jobctl [--context NAME | --kubeconfig FILE | -s ADDRESS] [-n NAMESPACE] COMMAND ...

            Commands:
            """);
        Verbs.all().forEach((name, command) -> text.append(line(name, command)));
        return text.append("""

            Without a named cluster, commands go to the control plane of this machine, started when needed.
            'jobctl help COMMAND' shows the options of a command.
            """).toString();
    }

    private static String line(String name, Supplier<Command<?>> command) {
        return String.format("  %-18s %s%n", name, summary(command));
    }

    private static String summary(Supplier<Command<?>> command) {
        String[] lines = command.get().spec().usageMessage().description();
        return lines.length == 0 ? "" : lines[0];
    }
}
