package dev.jobctl.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.node.simulated.Rules;
import dev.jobctl.node.simulated.RunRule;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.yaml.YamlDocument;
import dev.jobctl.resource.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;

/// Reads documents of kind `Scenario`, whose fields are described in examples/scenarios/README.md.
public final class ScenarioReader {
    public static final String API_VERSION = "jobctl.dev/v1";
    public static final String KIND = "Scenario";

    private static final List<String> KNOWN = List.of(
            "apiVersion",
            "kind",
            "metadata",
            "seed",
            "start",
            "until",
            "nodes",
            "backoffCap",
            "duration",
            "runs",
            "at");

    private static final List<String> NODE_FIELDS = List.of("count", "cpu", "memory", "pods");

    private final YamlDocument document;
    private final List<YamlProblem> problems = new ArrayList<>();
    private Scenario scenario;

    @FunctionalInterface
    private interface Setting {
        Parsed<Scenario> apply(Scenario scenario, String text);
    }

    private ScenarioReader(YamlDocument document, Scenario base) {
        this.document = document;
        scenario = base;
    }

    /// What a document says, and what is wrong with it.
    public record Reading(Scenario scenario, List<YamlProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    public static boolean isScenario(YamlDocument document) {
        return document.tree().path("kind").asText("").equals(KIND)
                && document.tree().path("apiVersion").asText("").startsWith("jobctl.dev/");
    }

    /// `base` changed as the document says.
    public static Reading read(YamlDocument document, Scenario base) {
        ScenarioReader reader = new ScenarioReader(document, base);
        reader.read();
        return new Reading(reader.scenario, reader.problems);
    }

    /// What is wrong with the rules in an object's pod template.
    public static List<YamlProblem> annotations(YamlDocument document) {
        List<YamlProblem> problems = new ArrayList<>();
        for (String place : List.of("metadata", "spec.template.metadata", "spec.jobTemplate.spec.template.metadata")) {
            JsonNode value = document.tree()
                    .at("/" + place.replace('.', '/'))
                    .path("annotations")
                    .path(Rules.ANNOTATION);
            for (String part : Rules.parts(value.asText(""))) {
                if (RunRule.parse(part) instanceof Parsed.Bad<RunRule>(String why)) {
                    problems.add(document.problem(
                            place + ".annotations[" + Rules.ANNOTATION + "]", "\"" + part + "\": " + why));
                }
            }
        }
        return problems;
    }

    private void read() {
        String version = document.tree().path("apiVersion").asText("");
        if (!version.equals(API_VERSION)) {
            wrong("apiVersion", "\"" + version + "\" is unknown; write " + API_VERSION);
        }
        document.tree().fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                wrong(field, "unknown field; a Scenario has " + String.join(", ", KNOWN.subList(3, KNOWN.size())));
            }
        });
        field("seed", ScenarioWords::seed);
        field("start", ScenarioWords::start);
        field("until", ScenarioWords::until);
        field("backoffCap", ScenarioWords::backoffCap);
        field("duration", ScenarioWords::duration);
        nodes(document.tree().path("nodes"));
        list("runs", this::rule);
        list("at", (path, item) -> set(path, item, ScenarioWords::at));
    }

    private void field(String field, Setting setting) {
        JsonNode value = document.tree().path(field);
        if (!value.isMissingNode()) {
            set(field, value, setting);
        }
    }

    private void nodes(JsonNode nodes) {
        if (nodes.isObject()) {
            nodes.fieldNames().forEachRemaining(field -> {
                String path = "nodes." + field;
                if (!NODE_FIELDS.contains(field)) {
                    wrong(path, "unknown field; nodes have " + String.join(", ", NODE_FIELDS));
                } else if (field.equals("count")) {
                    set(path, nodes.path(field), ScenarioWords::nodes);
                } else {
                    set(path, nodes.path(field), (base, text) -> ScenarioWords.capacity(base, field, text));
                }
            });
        } else if (!nodes.isMissingNode()) {
            set("nodes", nodes, ScenarioWords::nodes);
        }
    }

    @FunctionalInterface
    private interface Item {
        void take(String path, JsonNode item);
    }

    private void list(String field, Item taker) {
        JsonNode list = document.tree().path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            wrong(field, "it must be a list; write each item on a line of its own, with \"- \" in front");
        }
        for (int i = 0; i < list.size(); i++) {
            taker.take(field + "[" + i + "]", list.get(i));
        }
    }

    /// `index=3:exit=1x2`, or the same as a mapping.
    private void rule(String path, JsonNode item) {
        if (!item.isObject()) {
            set(path, item, ScenarioWords::run);
            return;
        }
        List<String> parts = new ArrayList<>();
        List<String> last = new ArrayList<>();
        item.properties().forEach(entry -> {
            boolean text = entry.getKey().equals("log") || entry.getKey().equals("message");
            boolean bare =
                    entry.getKey().equals("oom") && entry.getValue().asText("").equals("true");
            (text ? last : parts)
                    .add(bare ? "oom" : entry.getKey() + "=" + entry.getValue().asText(""));
        });
        parts.addAll(last);
        if (ScenarioWords.run(scenario, String.join(":", parts)) instanceof Parsed.Good<Scenario>(Scenario next)) {
            scenario = next;
            return;
        }
        if (ScenarioWords.run(scenario, String.join(":", parts)) instanceof Parsed.Bad<Scenario>(String why)) {
            wrong(path, why.replaceFirst("^column \\d+: ", ""));
        }
    }

    private void set(String path, JsonNode value, Setting setting) {
        if (value.isContainerNode() || value.isNull()) {
            wrong(path, "it must be a single value");
            return;
        }
        switch (setting.apply(scenario, value.asText())) {
            case Parsed.Good<Scenario>(Scenario next) -> scenario = next;
            case Parsed.Bad<Scenario>(String why) -> wrong(path, why);
        }
    }

    private void wrong(String path, String message) {
        problems.add(document.problem(path, message));
    }
}
