package dev.jobctl.cli.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.GoQuote;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A parsed jsonpath template, such as `{range .items[*]}{.metadata.name}{"\n"}{end}`. Immutable, safe from any thread.
///
/// Where Go walks maps in random order, this walks them by key.
public final class JsonPath {
    private static final Pattern RELAXED = Pattern.compile("^\\{\\.?([^{}]+)\\}$|^\\.?([^{}]+)$");

    private final String template;
    private final List<Part> parts;

    private JsonPath(String template, List<Part> parts) {
        this.template = template;
        this.parts = List.copyOf(parts);
    }

    /// A template; text outside braces stands for itself. Throws [JsonPathError].
    public static JsonPath parse(String template) {
        return new JsonPath(template, new Parser(template).parse());
    }

    /// One expression in any of the forms `x.y`, `.x.y`, `{x.y}`, `{.x.y}`, as custom-columns, sort-by and wait take
    /// it. Throws [JsonPathError].
    public static JsonPath relaxed(String expression) {
        if (expression.isEmpty()) {
            return parse("");
        }
        Matcher matcher = RELAXED.matcher(expression);
        if (!matcher.matches()) {
            throw new JsonPathError("unexpected path string, expected a 'name1.name2' or '.name1.name2' or"
                    + " '{name1.name2}' or '{.name1.name2}'");
        }
        return parse("{." + (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) + "}");
    }

    /// The template filled in: several results of one expression are separated by blanks, maps and lists are JSON. A
    /// missing key is an error, or prints nothing when `allowMissing`. Throws [JsonPathError].
    public String print(JsonNode tree, boolean allowMissing) {
        StringBuilder out = new StringBuilder();
        for (List<JsonNode> results : find(tree, allowMissing)) {
            out.append(String.join(" ", results.stream().map(GoText::printed).toList()));
        }
        return out.toString();
    }

    /// As `-o jsonpath-as-json`: the results of each expression as one indented JSON list.
    public String printAsJson(JsonNode tree, boolean allowMissing) {
        StringBuilder out = new StringBuilder();
        for (List<JsonNode> results : find(tree, allowMissing)) {
            out.append(GoText.indented(results)).append('\n');
        }
        return out.toString();
    }

    /// The values that each expression (and each piece of text) of the template finds, in order. Throws
    /// [JsonPathError].
    public List<List<JsonNode>> find(JsonNode tree, boolean allowMissing) {
        return new Evaluation(parts, allowMissing).run(tree);
    }

    /// kubectl's whole complaint, without the leading `error: `, about a template that did not fit the object.
    public String complaint(JsonPathError error, JsonNode tree) {
        String more = "Error executing template: " + error.getMessage()
                + ". Printing more information for debugging the template:\n\ttemplate was:\n\t\t" + template
                + "\n\tobject given to jsonpath engine was:\n\t\t" + GoText.syntax(tree) + "\n\n";
        return "error executing jsonpath " + GoQuote.of(template) + ": " + more + "\n";
    }

    /// The template as it was given.
    @Override
    public String toString() {
        return template;
    }
}
