package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the shells' completion scripts from the declared verbs: verbs first, then the types and options of the verb
/// that is on the line and the values of its options, files otherwise. Picocli's own generator makes a thousand lines
/// of the same.
public final class Completions {
    /// What `jobctl get` and its kin are asked for; for types the scripts ask no server, for names they do.
    private static final List<String> TYPES = List.of(
            "configmaps",
            "cronjobs",
            "events",
            "jobs",
            "namespaces",
            "nodes",
            "pods",
            "secrets",
            "serviceaccounts",
            "services");

    /// Labels of options whose help lists what their value may be: `background, foreground or orphan`.
    private static final List<String> CHOICES = List.of("FORMAT", "MODE", "HOW", "FORM");

    private static final List<OptionSpec> GLOBALS = bare().spec().options();

    private Completions() {}

    /// For `source` in bash, which makes words of `=` and what is around it.
    public static String bash() {
        StringBuilder text = new StringBuilder("""
            # bash completion for jobctl; generated from its verbs, do not edit
            # The names that may stand where the cursor is, of whatever server the line is about: into COMPREPLY as they
            # are, since compgen would expand them. Words are made whole again that the shell has split.
            _jobctl_names() {
                local i word joined= line=() current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[0]/#\\~\\//$HOME/}
                type -P "$command" >/dev/null || command=jobctl
                for ((i = 1; i <= COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ ($word == [=:] || -n $joined) && ${#line[@]} -gt 0 ]]; then
                        line[${#line[@]} - 1]+=$word
                    else
                        line+=("$word")
                    fi
                    joined=
                    [[ $word != [=:] ]] || joined=yes
                done
                local whole=${line[${#line[@]} - 1]}
                while IFS= read -r word; do
                    COMPREPLY+=("${word#"${whole%"$current"}"}")
                done < <("$command" COMPLETE "${line[@]}" 2>/dev/null </dev/null)
            }
            _jobctl() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb= words= i
                local types="TYPES"
                local globals="GLOBALS"
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                        VALUED) if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); else ((i++)); fi ;;
                        =) ((i++)) ;;
                        -*) ;;
                        *)
                            if [[ -n $verb ]]; then
                                [[ " VERBPAIRS " != *" $verb-${COMP_WORDS[i]} "* ]] || verb=$verb-${COMP_WORDS[i]}
                                break
                            fi
                            verb=${COMP_WORDS[i]} ;;
                    esac
                done
                if [[ $current == = ]]; then
                    previous=$previous= current=
                elif [[ $previous == = ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}=
                fi
                case $previous in
            VALUES    esac
                case $verb in
            """.replace("COMPLETE", ObjectNames.VERB)
                .replace("VERBPAIRS", String.join(" ", pairs()))
                .replace("TYPES", String.join(" ", TYPES))
                .replace("GLOBALS", String.join(" ", words(GLOBALS).keySet()))
                .replace("VALUED", valued())
                .replace("VALUES", bash(8, values(bare(), GLOBALS))));
        arms(Completions::bash).forEach((verbs, arm) -> text.append("        " + verbs + ")" + arm + " ;;\n"));
        return text.append("""
                esac
                if [[ " OBJECTS " == *" $verb "* && $current != -* && $previous != *= ]]; then
                    _jobctl_names
                    [[ ${#COMPREPLY[@]} == 0 ]] || return
                fi
                COMPREPLY=($(compgen -W "$words" -- "$current"))
                [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
            }
            complete -o default -F _jobctl jobctl
            """.replace("OBJECTS", String.join(" ", objects()))).toString();
    }

    private static String bash(Line line) {
        Stream<String> shared = line.shared().stream().map(name -> "$" + name);
        String words = Stream.concat(line.words().keySet().stream(), shared)
                .collect(Collectors.joining(" ", "words=\"", "\""));
        return line.values().isEmpty()
                ? " " + words
                : "\n            case $previous in\n" + bash(16, line.values()) + "                *) " + words
                        + " ;;\n            esac";
    }

    private static String bash(int indent, Map<String, Value> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((names, value) -> text.append(" ".repeat(indent) + names + ") " + bash(value) + " ;;\n"));
        return text.toString();
    }

    /// What stands behind an option: a file, by the shell's own means; a namespace, or one of a few words; nobody
    /// knows.
    private static String bash(Value value) {
        return switch (value) {
            case Value.File() -> "return";
            case Value.Namespace() -> "compopt +o default 2>/dev/null; _jobctl_names; return";
            case Value.OneOf(List<String> words) -> "verb= words=\"" + String.join(" ", words) + "\"";
            case Value.Anything() -> "compopt +o default 2>/dev/null; return";
        };
    }

    /// For a file `_jobctl` in zsh's `fpath`, or for `source`.
    public static String zsh() {
        StringBuilder text = new StringBuilder("""
            #compdef jobctl
            # zsh completion for jobctl; generated from its verbs, do not edit
            # The names that may stand where the cursor is, of whatever server the line is about.
            _jobctl_names() {
                local -a names
                local command=${words[1]/#\\~\\//$HOME/}
                whence -p -- $command >/dev/null || command=jobctl
                names=(${(f)"$($command COMPLETE "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)"})
                [[ $#names == 0 ]] || words_here=(${names//:/\\:})
            }
            _jobctl() {
                local -a words_here types globals
                types=(TYPES)
                globals=(
            GLOBALS    )
                local verb= previous=$words[CURRENT-1]
                integer i
                for (( i = 2; i < CURRENT; i++ )); do
                    case $words[i] in
                        (VALUED) (( i++ )) ;;
                        (-*) ;;
                        (*)
                            if [[ -n $verb ]]; then
                                case "$verb-$words[i]" in (VERBPAIRS) verb="$verb-$words[i]" ;; esac
                                break
                            fi
                            verb=$words[i] ;;
                    esac
                done
                if [[ $PREFIX == --*=* ]]; then
                    previous=${PREFIX%%=*}=
                    compset -P '*='
                fi
                case $previous in
            VALUES    esac
                case $verb in
            """.replace("COMPLETE", ObjectNames.VERB)
                .replace("VERBPAIRS", String.join("|", pairs()))
                .replace("TYPES", String.join(" ", TYPES))
                .replace("GLOBALS", described(8, words(GLOBALS)))
                .replace("VALUED", valued())
                .replace("VALUES", zsh(8, values(bare(), GLOBALS))));
        arms(Completions::zsh).forEach((verbs, arm) -> text.append("        (" + verbs + ")" + arm + " ;;\n"));
        return text.append("""
                esac
                if [[ $PREFIX != -* ]]; then
                    case $verb in (OBJECTS) _jobctl_names ;; esac
                fi
                if [[ $PREFIX == -* || $#words_here -gt 0 ]]; then _describe word words_here; fi
                [[ $PREFIX == -* || -z $verb || $verb == help || $verb == completion ]] || _files
            }
            if [[ $funcstack[1] == _jobctl ]]; then _jobctl "$@"; else compdef _jobctl jobctl; fi
            """.replace("OBJECTS", String.join("|", objects()))).toString();
    }

    private static String zsh(Line line) {
        String shared = line.shared().stream().map(name -> "$" + name).collect(Collectors.joining(" "));
        if (line.words().isEmpty()) {
            return " words_here=(" + shared + ")";
        }
        String values = line.values().isEmpty()
                ? ""
                : "            case $previous in\n" + zsh(16, line.values()) + "            esac\n";
        return "\n" + values + "            words_here=(\n" + described(16, line.words())
                + (shared.isEmpty() ? "" : "                " + shared + "\n") + "            )";
    }

    private static String zsh(int indent, Map<String, Value> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((names, value) -> text.append(" ".repeat(indent) + "(" + names + ") " + zsh(value) + " ;;\n"));
        return text.toString();
    }

    private static String zsh(Value value) {
        return switch (value) {
            case Value.File() -> "_files; return";
            case Value.Namespace() -> "_jobctl_names; _describe value words_here; return";
            case Value.OneOf(List<String> words) ->
                "words_here=(" + String.join(" ", words) + "); _describe value words_here; return";
            case Value.Anything() -> "return";
        };
    }

    /// What may stand behind a verb.
    ///
    /// @param words with their summaries
    /// @param shared more words: `types`, `globals` or both, which are variables of the scripts
    /// @param values by the options that they stand behind: `-o|--output|--output=`; those of the global ones are the
    /// same behind every verb and not among them
    private record Line(Map<String, String> words, List<String> shared, Map<String, Value> values) {}

    /// What an option's value may be.
    private sealed interface Value {
        record File() implements Value {}

        record Namespace() implements Value {}

        record OneOf(List<String> words) implements Value {}

        record Anything() implements Value {}
    }

    /// By verb; the empty one is that of a line without a verb.
    private static Map<String, Line> lines() {
        Map<String, Line> all = new TreeMap<>();
        Map<String, String> first = firstWords();
        first.keySet().forEach(word -> all.put(word, new Line(subverbs(word), List.of(), Map.of())));
        Verbs.all().forEach((name, command) -> all.put(name.replace(' ', '-'), line(name, command.get())));
        all.put("help", new Line(first, List.of(), Map.of()));
        all.put("''", new Line(first, List.of(), Map.of()));
        return all;
    }

    /// By verbs whose arms are alike, as in `cordon|uncordon`.
    private static Map<String, String> arms(Function<Line, String> shell) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        lines().forEach((verb, line) -> alike.computeIfAbsent(shell.apply(line), arm -> new ArrayList<>())
                .add(verb));
        Map<String, String> arms = new LinkedHashMap<>();
        alike.forEach((arm, verbs) -> arms.put(String.join("|", verbs), arm));
        return arms;
    }

    private static Line line(String verb, Command<?> command) {
        Map<String, String> words = new LinkedHashMap<>(subverbs(verb));
        if (verb.equals("completion")) {
            Stream.of("bash", "zsh").forEach(shell -> words.put(shell, ""));
        }
        List<OptionSpec> own = command.spec().options().stream()
                .filter(option -> GLOBALS.stream()
                        .noneMatch(global -> global.longestName().equals(option.longestName())))
                .toList();
        words.putAll(words(own));
        return new Line(words, typed(command) ? List.of("types", "globals") : List.of("globals"), values(command, own));
    }

    private static Map<String, String> words(List<OptionSpec> options) {
        Map<String, String> words = new TreeMap<>();
        options.forEach(option -> words.put(option.longestName(), summary(option.description())));
        return words;
    }

    /// Those that are alike together.
    private static Map<String, Value> values(Command<?> command, List<OptionSpec> options) {
        Map<Value, List<String>> alike = new LinkedHashMap<>();
        for (OptionSpec option : options) {
            String name = option.longestName();
            if (!option.typeInfo().isBoolean()) {
                List<String> names = alike.computeIfAbsent(value(option), v -> new ArrayList<>());
                if (!command.bare(name)) {
                    names.addAll(Arrays.asList(option.names()));
                }
                names.add(name + "=");
            }
        }
        Map<String, Value> values = new LinkedHashMap<>();
        alike.forEach((value, names) -> values.put(String.join("|", names), value));
        return values;
    }

    private static Value value(OptionSpec option) {
        List<String> choices = choices(option);
        return switch (option.paramLabel()) {
            case "FILE" -> new Value.File();
            case "NAMESPACE" -> new Value.Namespace();
            default -> choices.isEmpty() ? new Value.Anything() : new Value.OneOf(choices);
        };
    }

    /// The first word of each item of the help's list.
    private static List<String> choices(OptionSpec option) {
        if (!CHOICES.contains(option.paramLabel())) {
            return List.of();
        }
        String list = summary(option.description()).replaceAll("\\([^)]*\\)", "");
        return Arrays.stream(list.split(",| or "))
                .map(item -> item.strip().split(" ", -1)[0])
                .toList();
    }

    /// The global options whose value is the next word: `-n|--namespace`.
    private static String valued() {
        return String.join(
                "|",
                GLOBALS.stream()
                        .filter(option -> !option.typeInfo().isBoolean())
                        .flatMap(option -> Arrays.stream(option.names()))
                        .toList());
    }

    /// A verb that has the global options only.
    private static Command<String> bare() {
        return Command.named("jobctl").build(parsed -> "", (session, options) -> Exit.OK);
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

    /// Whether a type may follow, as behind `get`; of `POD | TYPE/NAME` none stands alone.
    private static boolean typed(Command<?> command) {
        return command.spec().positionalParameters().stream()
                .anyMatch(words -> words.paramLabel().startsWith("TYPE"));
    }

    /// The verbs behind which names of objects may stand.
    private static List<String> objects() {
        return Verbs.all().entrySet().stream()
                .filter(verb -> ObjectNames.taken(verb.getValue().get().label()))
                .map(verb -> verb.getKey().replace(' ', '-'))
                .sorted()
                .toList();
    }

    private static List<String> pairs() {
        return Verbs.all().keySet().stream()
                .filter(name -> name.contains(" "))
                .map(name -> name.replace(' ', '-'))
                .toList();
    }

    private static String summary(String[] description) {
        return description.length == 0 ? "" : description[0].lines().findFirst().orElse("");
    }

    /// Lines such as `'get:Show objects'`, quoted for zsh.
    private static String described(int indent, Map<String, String> words) {
        StringBuilder lines = new StringBuilder();
        words.forEach((word, summary) -> {
            String text = word.replace(":", "\\:") + (summary.isEmpty() ? "" : ":" + summary);
            lines.append(" ".repeat(indent) + "'" + text.replace("'", "'\\''") + "'\n");
        });
        return lines.toString();
    }
}
