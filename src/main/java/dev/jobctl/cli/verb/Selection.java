package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.NameError;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What words such as `job,pod`, `job pi`, `job/pi pod/x` mean, or the manifests in place of words.
///
/// @param items in the order of the words, or of the manifests
record Selection(List<Item> items) {
    Selection {
        items = List.copyOf(items);
    }

    /// What a line says of the objects that are meant.
    ///
    /// @param labels null for no selector, as `fields`
    /// @param everywhere whether objects of all namespaces are meant
    record Asked(
            List<String> words,
            Sources files,
            @Nullable String labels,
            @Nullable String fields,
            boolean everywhere) {
        Asked(List<String> words, @Nullable String labels) {
            this(words, new Sources(List.of(), false), labels, null, false);
        }

        private boolean selects() {
            return labels != null || fields != null;
        }
    }

    /// One object, or all of a type when `name` is null.
    ///
    /// @param source the file that named it, null for none; then `namespace` is what the file says, filled in
    record Item(
            ResourceType type,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String source) {
        Item {
            if (name != null) {
                NameError.check(name);
            }
        }

        Item(ResourceType type, @Nullable String name) {
            this(type, null, name, null);
        }

        /// The name of the one object. Throws [CommandError] when all of the type are meant.
        String one() {
            if (name == null) {
                throw nameless();
            }
            return name;
        }

        /// Where the object lies, or all that are meant.
        String namespace(Session session) {
            return namespace == null ? session.namespace() : namespace;
        }
    }

    /// Whether each is one object, of which there is any.
    boolean named() {
        return !items.isEmpty() && items.stream().allMatch(item -> item.name() != null);
    }

    /// Refuses what does not fit together, and leaves out the manifests that the labels do not select: their items
    /// have names, and so no request would ask for labels.
    static Selection of(Session session, Asked asked) {
        if (!asked.files().isEmpty()) {
            return ofFiles(session, asked);
        }
        Selection selection = of(session.cluster(), asked.words());
        if (asked.selects() && selection.items().stream().anyMatch(item -> item.name() != null)) {
            throw new CommandError("name cannot be provided when a selector is specified");
        }
        for (Item item : selection.items()) {
            if (item.name() != null) {
                refuseEverywhere(asked, item.type());
            }
        }
        return selection;
    }

    /// Many namespaces may have an object of that name.
    private static void refuseEverywhere(Asked asked, ResourceType type) {
        if (asked.everywhere() && type.namespaced()) {
            throw new CommandError("a resource cannot be retrieved by name across all namespaces");
        }
    }

    private static Selection ofFiles(Session session, Asked asked) {
        if (!asked.words().isEmpty()) {
            throw new CommandError("when paths, URLs, or stdin is provided as input, you may not specify resource"
                    + " arguments as well");
        }
        if (asked.fields() != null) {
            throw new CommandError("a field selector cannot be used with files: what a file names is read by name");
        }
        LabelSelector selector = selector(asked.labels());
        List<Item> items = new ArrayList<>();
        for (Manifest m : Writing.readable(session, asked.files())) {
            if (selector.matches(labels(m))) {
                ResourceType type = Writing.type(session.cluster(), m);
                if (m.namespace().isEmpty()) {
                    refuseEverywhere(asked, type);
                }
                items.add(new Item(type, Writing.namespace(session, m), m.name(), m.source()));
            }
        }
        return new Selection(items);
    }

    private static LabelSelector selector(@Nullable String labels) {
        return switch (LabelSelector.parse(labels == null ? "" : labels)) {
            case Parsed.Good<LabelSelector>(LabelSelector selector) -> selector;
            case Parsed.Bad<LabelSelector>(String message) -> throw new CommandError(message);
        };
    }

    private static Map<String, String> labels(Manifest manifest) {
        Map<String, String> labels = new LinkedHashMap<>();
        manifest.tree()
                .path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    static Selection of(Cluster cluster, List<String> words) {
        if (words.stream().anyMatch(word -> word.contains("/"))) {
            return slashed(cluster, words);
        }
        List<ResourceType> types = new ArrayList<>();
        for (String word : words.getFirst().split(",", -1)) {
            types.addAll(types(cluster, word));
        }
        List<Item> items = new ArrayList<>();
        for (ResourceType type : types) {
            if (words.size() == 1) {
                items.add(new Item(type, null));
            }
            words.stream().skip(1).forEach(name -> items.add(new Item(type, name)));
        }
        return new Selection(items);
    }

    private static Selection slashed(Cluster cluster, List<String> words) {
        List<Item> items = new ArrayList<>();
        for (String word : words) {
            int slash = word.indexOf('/');
            if (slash < 0) {
                throw new CommandError("there is no need to specify a resource type as a separate argument when passing"
                        + " arguments in resource/name form (e.g. 'jobctl get resource/<resource_name>' instead of"
                        + " 'jobctl get resource resource/<resource_name>'");
            }
            String name = word.substring(slash + 1);
            if (name.isEmpty() || name.contains("/") || slash == 0) {
                throw new CommandError("arguments in resource/name form must have a single resource and name");
            }
            types(cluster, word.substring(0, slash)).forEach(type -> items.add(new Item(type, name)));
        }
        return new Selection(items);
    }

    private static List<ResourceType> types(Cluster cluster, String word) {
        List<ResourceType> category = cluster.types().category(word);
        return category.isEmpty() ? List.of(type(cluster, word)) : category;
    }

    static ResourceType type(Cluster cluster, String word) {
        return cluster.types().byWord(word).orElseThrow(() -> unknown(word));
    }

    /// What is said of a refused request for objects of a type, also of one that the server does not serve. `what` as
    /// for [Failures#text(ApiError, String)].
    static String told(ApiError e, ResourceType type, String what) {
        return e.unknownPath() ? Failures.text(unknown(type.plural())) : Failures.text(e, what);
    }

    static CommandError nameless() {
        return new CommandError("resource(s) were provided, but no name was specified");
    }

    static CommandError unknown(String word) {
        return new CommandError("the server doesn't have a resource type \"" + word + "\"");
    }
}
