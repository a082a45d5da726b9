package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the shells' completion scripts from the declared verbs: verbs first, then the types and options of the verb
/// that is on the line, files otherwise. Picocli's own generator makes a thousand lines of the same.
public final class Completions {
    /// What `jobctl get` and its kin are asked for; the scripts ask no server.
    private static final List<String> TYPES = List.of(
            "configmaps", "cronjobs", "events", "jobs", "namespaces", "nodes", "pods", "secrets", "serviceaccounts");

    private Completions() {}

    /// For `source` in bash.
    public static String bash() {
        StringBuilder text = new StringBuilder("""
            # bash completion for jobctl; generated from its verbs, do not edit
            _jobctl() {
                local current=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=
                if [ "$COMP_CWORD" -gt 2 ] && [[ " VERBPAIRS " == *" $verb-${COMP_WORDS[2]} "* ]]; then
                    verb=$verb-${COMP_WORDS[2]}
                fi
                if [ "$COMP_CWORD" -eq 1 ]; then
                    words="VERBS"
                else
                    case $verb in
            """.replace("VERBPAIRS", String.join(" ", pairs()))
                .replace("VERBS", String.join(" ", firstWords().keySet())));
        options()
                .forEach((verb, options) -> text.append("            ")
                        .append(verb.replace(' ', '-'))
                        .append(") words=\"")
                        .append(String.join(" ", words(verb, options)))
                        .append("\" ;;\n"));
        return text.append("""
                    esac
                fi
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _jobctl jobctl
            """).toString();
    }

    /// For a file `_jobctl` in zsh's `fpath`, or for `source`.
    public static String zsh() {
        StringBuilder text = new StringBuilder("""
            #compdef jobctl
            # zsh completion for jobctl; generated from its verbs, do not edit
            _jobctl() {
                local -a words_here
                if (( CURRENT == 2 )); then
                    words_here=(
            """);
        firstWords().forEach((verb, summary) -> text.append(described("            ", verb, summary)));
        text.append("""
                    )
                    _describe verb words_here
                    return
                fi
                local verb=$words[2]
                (( CURRENT > 3 )) && case "$words[2]-$words[3]" in VERBPAIRS) verb="$words[2]-$words[3]" ;; esac
                case $verb in
            """.replace("VERBPAIRS", pairs().isEmpty() ? "-" : String.join("|", pairs())));
        options().forEach((verb, options) -> {
            text.append("        ").append(verb.replace(' ', '-')).append(")\n            words_here=(\n");
            subverbs(verb).forEach((word, summary) -> text.append(described("                ", word, summary)));
            types(verb).forEach(type -> text.append(described("                ", type, "")));
            options.forEach((name, summary) -> text.append(described("                ", name, summary)));
            text.append("            ) ;;\n");
        });
        return text.append("""
                esac
                if [[ $PREFIX == -* || $#words_here -gt 0 ]]; then _describe option words_here; fi
                [[ $PREFIX == -* ]] || _files
            }
            if [[ $funcstack[1] == _jobctl ]]; then _jobctl "$@"; else compdef _jobctl jobctl; fi
            """).toString();
    }

    /// What stands first on a line, with its summary.
    private static Map<String, String> firstWords() {
        Map<String, String> words = new TreeMap<>();
        Verbs.all().forEach((name, command) -> {
            if (name.contains(" ")) {
                words.putIfAbsent(name.substring(0, name.indexOf(' ')), "");
            } else {
                words.put(name, summary(command.get().spec().usageMessage().description()));
            }
        });
        words.put("help", "Show the help of a verb");
        return words;
    }

    /// The second words of a verb such as `create`, with their summaries.
    private static Map<String, String> subverbs(String verb) {
        Map<String, String> words = new TreeMap<>();
        Verbs.all().forEach((name, command) -> {
            if (name.startsWith(verb + " ")) {
                words.put(
                        name.substring(verb.length() + 1),
                        summary(command.get().spec().usageMessage().description()));
            }
        });
        return words;
    }

    /// The types that may follow a verb such as `get`.
    private static List<String> types(String verb) {
        Supplier<Command<?>> command = Verbs.all().get(verb);
        boolean typed = command != null
                && command.get().spec().positionalParameters().stream()
                        .anyMatch(words -> words.paramLabel().contains("TYPE") && !verb.equals("logs"));
        return typed ? TYPES : List.of();
    }

    private static List<String> pairs() {
        return Verbs.all().keySet().stream()
                .filter(name -> name.contains(" "))
                .map(name -> name.replace(' ', '-'))
                .toList();
    }

    /// Per verb its long options, with their summaries; first words that are no verbs of their own have none.
    private static Map<String, Map<String, String>> options() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        firstWords().keySet().forEach(word -> all.put(word, new LinkedHashMap<>()));
        Verbs.all()
                .forEach((name, command) -> all.put(name, options(command.get().spec())));
        return all;
    }

    private static Map<String, String> options(CommandSpec spec) {
        Map<String, String> options = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            options.put(option.longestName(), summary(option.description()));
        }
        return options;
    }

    private static List<String> words(String verb, Map<String, String> options) {
        List<String> words = new ArrayList<>(subverbs(verb).keySet());
        words.addAll(types(verb));
        words.addAll(options.keySet());
        return words;
    }

    private static String summary(String[] description) {
        return description.length == 0 ? "" : description[0].lines().findFirst().orElse("");
    }

    /// `'get:Show objects'`, quoted for zsh.
    private static String described(String indent, String word, String summary) {
        String text = word.replace(":", "\\:") + (summary.isEmpty() ? "" : ":" + summary);
        return indent + "'" + text.replace("'", "'\\''") + "'\n";
    }
}
