package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the shells' completion scripts ask for: names of objects that may stand in the place of a line's last word, one
/// in a line. Never starts a control plane: a key that is pressed is no command.
///
/// @param words the verb's, without options and without the last
/// @param last what is typed of it, which may be empty
/// @param namespaces whether it is the value of an option that takes one
public record ObjectNames(String label, List<String> words, String last, boolean namespaces) {
    /// The word that stands first on such a line; the words of the line that is typed follow.
    public static final String VERB = "__complete";

    /// What a shell takes for itself and nothing else, whoever named the object: it comes to stand on a command line.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]+");

    /// More than anybody reads.
    private static final int MOST = 1_000;

    private static final String PODS = "pods";
    private static final Set<String> NAMESPACE = Set.of("-n", "--namespace");

    public ObjectNames {
        words = List.copyOf(words);
    }

    /// Whether the last of these is to be a namespace, as behind `-n`.
    public static boolean namespaceAsked(List<String> line) {
        boolean behind = line.size() > 1 && NAMESPACE.contains(line.get(line.size() - 2));
        return behind || line.getLast().startsWith("--namespace=");
    }

    /// Whether a verb whose words are labelled so takes names of objects.
    static boolean taken(String label) {
        return label.startsWith("TYPE") && !label.contains("FIELD")
                || Stream.of("POD ", "NODE", "nodes ", "job/").anyMatch(label::startsWith);
    }

    public int print(Session session) {
        boolean asleep = session.targetsLocal()
                && !"running".equals(session.local().status().get("state"));
        if (!asleep) {
            found(session)
                    .filter(name ->
                            name.startsWith(typed()) && PLAIN.matcher(name).matches())
                    .limit(MOST)
                    .forEach(session.out()::println);
        }
        return Exit.OK;
    }

    private String typed() {
        return namespaces ? last.substring(last.indexOf('=') + 1) : last;
    }

    private Stream<String> found(Session session) {
        if (namespaces) {
            return names(session, "namespaces");
        }
        if (!taken(label) || last.startsWith("-")) {
            return Stream.empty();
        }
        int slash = last.indexOf('/');
        if (slash >= 0) {
            return slashed(session, last.substring(0, slash));
        }
        if (label.startsWith("NODE")) {
            return others(names(session, "nodes"), words);
        }
        if (label.startsWith("job/")) {
            return others(Stream.concat(slashed(session, "job"), slashed(session, "cronjob")), words);
        }
        if (label.startsWith("POD ")) {
            return words.isEmpty() ? Stream.concat(names(session, PODS), slashed(session, "job")) : Stream.empty();
        }
        if (words.isEmpty()) {
            return label.startsWith("nodes ") ? Stream.of("nodes") : Stream.empty();
        }
        boolean one = !label.contains("...");
        return words.getFirst().contains("/") || one && words.size() > 1
                ? Stream.empty()
                : others(names(session, words.getFirst()), words.subList(1, words.size()));
    }

    private static Stream<String> others(Stream<String> names, List<String> named) {
        Set<String> known = new HashSet<>(named);
        return names.filter(name -> !known.contains(name));
    }

    private static Stream<String> slashed(Session session, String type) {
        return names(session, type).map(name -> type + "/" + name);
    }

    /// The server's own table has nothing else of each object but what a person reads, the name first.
    private static Stream<String> names(Session session, String word) {
        Optional<ResourceType> type = session.cluster().types().byWord(word);
        if (type.isEmpty()) {
            return Stream.empty();
        }
        String path = type.get().path(session.namespace());
        JsonNode table = session.cluster().table(path, Map.of("includeObject", "None"));
        List<String> names = new ArrayList<>();
        table.path("rows").forEach(row -> names.add(row.path("cells").path(0).asText()));
        return names.stream();
    }
}
