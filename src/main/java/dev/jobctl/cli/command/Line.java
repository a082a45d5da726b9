package dev.jobctl.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command line split into the verb's name and the rest. Global options may stand before the verb.
///
/// @param verb one or two words, such as `get` or `create job`; null when there is none
/// @param rest everything else, in order
public record Line(@Nullable String verb, List<String> rest) {
    public Line {
        rest = List.copyOf(rest);
    }

    /// `verbs` are all known names; of two that fit, the longer one is taken.
    public static Line split(List<String> words, Set<String> verbs) {
        int at = firstWord(words);
        if (at < 0) {
            return new Line(null, words);
        }
        String one = words.get(at);
        int used = 1;
        String verb = one;
        if (at + 1 < words.size() && verbs.contains(one + " " + words.get(at + 1))) {
            verb = one + " " + words.get(at + 1);
            used = 2;
        }
        List<String> rest = new ArrayList<>(words.subList(0, at));
        rest.addAll(words.subList(at + used, words.size()));
        return new Line(verb, rest);
    }

    private static int firstWord(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                return -1;
            }
            if (Globals.takesNext(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                return i;
            }
        }
        return -1;
    }
}
