package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/// Builds one document from the parser's events: anchors, aliases and merge keys resolved, duplicate keys refused,
/// depth and expanded size bounded while it goes. Owned by one call.
final class YamlComposer {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Parser parser;
    private final int linesBefore;
    private final YamlReader.Collector collector;
    private final Map<String, Value> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    YamlComposer(Parser parser, int linesBefore, YamlReader.Collector collector) {
        this.parser = parser;
        this.linesBefore = linesBefore;
        this.collector = collector;
    }

    /// @param size number of values in it, itself included
    private record Value(JsonNode node, Marked marked, long size) {}

    /// Nothing more can be read of this document.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Mark mark;
        private final String complaint;

        Stopped(Mark mark, String complaint) {
            super(complaint, null, false, false);
            this.mark = mark;
            this.complaint = complaint;
        }

        Mark mark() {
            return mark;
        }

        String complaint() {
            return complaint;
        }
    }

    /// The parser has just given the document's start.
    void document() {
        Value root = value("", 1);
        collector.document(root.node(), root.marked());
    }

    private Value value(String path, int depth) {
        Event event = parser.getEvent();
        Mark at = YamlText.place(event.getStartMark(), linesBefore);
        if (depth > NodeBudget.MAX_DEPTH) {
            throw new Stopped(
                    at, "nested deeper than the limit of " + NodeBudget.MAX_DEPTH + " levels; flatten the structure");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAnchor(), at);
        }
        spend(1, at);
        @Nullable String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        if (anchor != null) {
            open.add(anchor);
        }
        Value made = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, path, at);
            case SequenceStartEvent _ -> sequence(path, depth, at);
            case MappingStartEvent _ -> mapping(path, depth, at);
            default -> throw new Stopped(at, "not valid YAML; write KEY: VALUE");
        };
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, made);
        }
        return made;
    }

    private Value alias(String name, Mark at) {
        @Nullable Value meant = anchors.get(name);
        if (open.contains(name)) {
            throw new Stopped(at, "*" + name + " stands inside &" + name + " itself; write the value out");
        }
        if (meant == null) {
            throw new Stopped(
                    at,
                    "*" + name + " refers to no anchor above it; write &" + name
                            + " at the value it should repeat, or quote the text");
        }
        spend(meant.size(), at);
        return new Value(meant.node().deepCopy(), meant.marked(), meant.size());
    }

    private void spend(long nodes, Mark at) {
        if (!collector.budget.take(nodes)) {
            throw new Stopped(
                    at,
                    "more than " + NodeBudget.MAX_NODES
                            + " values once aliases are expanded; write fewer values or fewer aliases");
        }
    }

    private Value scalar(ScalarEvent scalar, String path, Mark at) {
        var found = YamlScalars.resolve(scalar.getTag(), scalar.isPlain(), scalar.getValue());
        if (found.value() == null) {
            collector.problem(at, path, found.complaint());
            return new Value(NODES.nullNode(), Marked.scalar(at), 1);
        }
        return new Value(found.value(), Marked.scalar(at), 1);
    }

    private Value sequence(String path, int depth, Mark at) {
        ArrayNode node = NODES.arrayNode();
        List<Marked> places = new ArrayList<>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Value item = value(path + "[" + places.size() + "]", depth + 1);
            node.add(item.node());
            places.add(item.marked());
            size += item.size();
        }
        parser.getEvent();
        return new Value(node, new Marked(at, at, Map.of(), places), size);
    }

    private Value mapping(String path, int depth, Mark at) {
        ObjectNode node = NODES.objectNode();
        Map<String, Marked> places = new LinkedHashMap<>();
        Map<String, Mark> written = new HashMap<>();
        long size = 1;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Mark keyMark = YamlText.place(parser.peekEvent().getStartMark(), linesBefore);
            boolean merge = isMerge(parser.peekEvent());
            String key = key(path, depth, keyMark);
            Value value = value(step(path, key), depth + 1);
            size += value.size();
            @Nullable Mark first = merge ? null : written.putIfAbsent(key, keyMark);
            if (merge) {
                merge(value, path, node, places);
            } else if (first != null) {
                collector.problem(keyMark, step(path, key), YamlMessages.duplicate(key, first));
            } else {
                node.set(key, value.node());
                places.put(key, value.marked().under(keyMark));
            }
        }
        parser.getEvent();
        return new Value(node, new Marked(at, at, places, List.of()), size);
    }

    /// `<<: *base` or `<<: [*first, *second]`, of which the first wins. As kubectl does it: members of the base replace
    /// those written before the `<<`, and those written after it replace the base's.
    private void merge(Value value, String path, ObjectNode into, Map<String, Marked> places) {
        switch (value.node()) {
            case ObjectNode base ->
                base.properties().forEach(member -> {
                    into.set(member.getKey(), member.getValue());
                    @Nullable Marked place = value.marked().child(member.getKey());
                    places.put(member.getKey(), place == null ? value.marked() : place);
                });
            case ArrayNode bases
            when bases.valueStream().allMatch(JsonNode::isObject) -> {
                for (int i = bases.size() - 1; i >= 0; i--) {
                    @Nullable Marked place = value.marked().child(Integer.toString(i));
                    merge(new Value(bases.get(i), place == null ? value.marked() : place, 0), path, into, places);
                }
            }
            default ->
                collector.problem(
                        value.marked().value(),
                        step(path, "<<"),
                        "<< needs a mapping or a list of mappings; write <<: *ANCHOR, or quote \"<<\" to mean the key");
        }
    }

    private static boolean isMerge(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.getValue().equals("<<")
                && ((scalar.isPlain() && scalar.getTag() == null) || "tag:yaml.org,2002:merge".equals(scalar.getTag()));
    }

    /// Keys are text in the API: numbers and booleans become what kubectl makes of them.
    private String key(String path, int depth, Mark at) {
        Value key = value(path, depth + 1);
        return switch (key.node().getNodeType()) {
            case STRING, NUMBER, BOOLEAN -> key.node().asText();
            case ARRAY, OBJECT ->
                throw new Stopped(
                        at,
                        "a key is " + YamlReader.kindOf(key.node())
                                + ", not a text; quote a text that begins with [ or {");
            default -> throw new Stopped(at, "a key is empty; write KEY: VALUE, or quote \"null\" to mean the text");
        };
    }

    private static String step(String path, String key) {
        if (key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
