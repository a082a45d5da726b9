package dev.jobctl.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command line split into the verb's name and the rest. Global options may stand before the verb and between the two
/// words of its name.
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
        List<String> rest = new ArrayList<>(words);
        String one = rest.remove(at);
        int next = at + nextWord(words.subList(at + 1, words.size()));
        boolean two = next < rest.size() && verbs.contains(one + " " + rest.get(next));
        return new Line(two ? one + " " + rest.remove(next) : one, rest);
    }

    /// Behind the global options that `words` begins with; of any other option nobody knows yet what it takes.
    private static int nextWord(List<String> words) {
        int i = 0;
        while (i < words.size() && Globals.starts(words.get(i))) {
            i += Globals.takesNext(words.get(i)) ? 2 : 1;
        }
        return i;
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
