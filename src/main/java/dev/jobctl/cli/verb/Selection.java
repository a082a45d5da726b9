package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.NameError;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.CommandError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What words such as `job,pod`, `job pi`, `job/pi pod/x` mean.
///
/// @param types how many types the words name
/// @param items in the order of the words
record Selection(int types, List<Item> items) {
    Selection {
        items = List.copyOf(items);
    }

    /// One object, or all of a type when `name` is null.
    record Item(ResourceType type, @Nullable String name) {
        Item {
            if (name != null) {
                NameError.check(name);
            }
        }
    }

    boolean named() {
        return items.stream().allMatch(item -> item.name() != null);
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
        return new Selection(types.size(), items);
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
        return new Selection((int) items.stream().map(Item::type).distinct().count(), items);
    }

    private static List<ResourceType> types(Cluster cluster, String word) {
        List<ResourceType> category = cluster.types().category(word);
        return category.isEmpty() ? List.of(type(cluster, word)) : category;
    }

    static ResourceType type(Cluster cluster, String word) {
        return cluster.types().byWord(word).orElseThrow(() -> unknown(word));
    }

    static CommandError unknown(String word) {
        return new CommandError("the server doesn't have a resource type \"" + word + "\"");
    }
}
