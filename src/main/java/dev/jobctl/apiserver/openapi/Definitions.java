package dev.jobctl.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Field;
import dev.jobctl.resource.schema.MergeRule;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.schema.Shape;
import dev.jobctl.resource.schema.Struct;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.ListMeta;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The definitions of one document: each type that somebody refers to, and all that those refer to. Belongs to the
/// thread that builds the document.
final class Definitions {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schemas schemas;
    private final Dialect dialect;
    private final Words words = Words.load();
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    Definitions(Schemas schemas, Dialect dialect) {
        this.schemas = schemas;
        this.dialect = dialect;
    }

    ObjectNode node() {
        ObjectNode node = NODES.objectNode();
        definitions.forEach(node::set);
        return node;
    }

    /// A reference to a served kind, whose definition names its group, version and kind.
    ObjectNode kind(Kind kind) {
        ObjectNode reference = reference(schemas.of(kind));
        groupVersionKind(kind.group(), kind.version(), kind.kind(), Names.of(kind.type()));
        return reference;
    }

    /// A reference to a type that is only posted, whose definition names its group, version and kind.
    ObjectNode posted(Posted posted) {
        ObjectNode reference = reference(schemas.of(posted.type()));
        groupVersionKind(posted.group(), "v1", posted.kind(), Names.of(posted.type()));
        return reference;
    }

    /// A reference to the list form of a kind.
    ObjectNode list(Kind kind) {
        String name = Names.of(kind.type()) + "List";
        if (!definitions.containsKey(name)) {
            ObjectNode definition = object("A list of " + kind.plural() + ".");
            definitions.put(name, definition);
            ObjectNode properties = definition.putObject("properties");
            Struct any = schemas.of(kind);
            for (String field : List.of("apiVersion", "kind")) {
                properties
                        .putObject(field)
                        .put("type", "string")
                        .put("description", words.of(field).sentence());
            }
            ObjectNode items = properties.putObject("items").put("type", "array");
            items.put("description", "The " + kind.plural() + ".").set("items", reference(any));
            ObjectNode metadata = properties.putObject("metadata").put("description", "Version of the list.");
            ObjectNode reference = reference(schemas.of(ListMeta.class));
            if (dialect == Dialect.V3) {
                metadata.putArray("allOf").add(reference);
            } else {
                metadata.setAll(reference);
            }
            definition.putArray("required").add("items");
            groupVersionKind(kind.group(), kind.version(), kind.kind() + "List", name);
        }
        return NODES.objectNode().put("$ref", dialect.reference(name));
    }

    ObjectNode reference(Class<?> type) {
        return reference(schemas.of(type));
    }

    /// A patch may be anything.
    ObjectNode patch() {
        return common(Names.PATCH, "object", "", "A patch, in the form that the content type names.");
    }

    private ObjectNode reference(Struct struct) {
        String name = Names.of(struct.type());
        if (!definitions.containsKey(name)) {
            ObjectNode definition = object(words.of(struct.name()).sentence());
            definitions.put(name, definition);
            fields(struct, definition);
        }
        return NODES.objectNode().put("$ref", dialect.reference(name));
    }

    private void fields(Struct struct, ObjectNode definition) {
        ObjectNode properties = definition.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Field field : struct.fields()) {
            properties.set(field.name(), property(struct, field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            definition.set("required", required);
        }
        if (struct.atomic()) {
            definition.put("x-kubernetes-map-type", "atomic");
        }
    }

    private ObjectNode property(Struct struct, Field field) {
        Words.Entry entry = words.of(struct.name() + "." + field.name());
        if (entry.sentence().isEmpty()) {
            entry = words.of(field.name());
        }
        ObjectNode type = type(field.shape());
        ObjectNode property = type;
        if (type.has("$ref") && dialect == Dialect.V3) {
            property = NODES.objectNode();
            property.putArray("allOf").add(type);
        }
        if (!entry.sentence().isEmpty()) {
            property.put("description", entry.sentence());
        }
        if (!entry.values().isEmpty()) {
            entry.values().forEach(property.withArray("enum")::add);
        }
        merging(field, property);
        return property;
    }

    private static void merging(Field field, ObjectNode property) {
        MergeRule rule = field.merge();
        if (rule.type() != MergeRule.ListType.UNSAID) {
            boolean list = field.shape() instanceof Shape.ListOf;
            property.put(
                    list ? "x-kubernetes-list-type" : "x-kubernetes-map-type",
                    rule.type().name().toLowerCase(Locale.ROOT));
        } else if (field.shape() instanceof Shape.ListOf) {
            property.put("x-kubernetes-list-type", "atomic");
        }
        if (!rule.keys().isEmpty()) {
            rule.keys().forEach(property.putArray("x-kubernetes-list-map-keys")::add);
        }
        if (!rule.mergeKey().isEmpty()) {
            property.put("x-kubernetes-patch-merge-key", rule.mergeKey());
        }
        if (!rule.strategy().isEmpty()) {
            property.put("x-kubernetes-patch-strategy", rule.strategy());
        }
    }

    private ObjectNode type(Shape shape) {
        return switch (shape) {
            case Struct struct -> reference(struct);
            case Shape.ListOf list -> {
                ObjectNode node = NODES.objectNode().put("type", "array");
                yield node.set("items", type(list.item()));
            }
            case Shape.MapOf map -> {
                ObjectNode node = NODES.objectNode().put("type", "object");
                yield node.set("additionalProperties", type(map.value()));
            }
            case Shape.Plain plain -> plain(plain);
        };
    }

    private ObjectNode plain(Shape.Plain shape) {
        return switch (shape) {
            case TEXT -> scalar("string", "");
            case INT32 -> scalar("integer", "int32");
            case INT64 -> scalar("integer", "int64");
            case BOOL -> scalar("boolean", "");
            case NUMBER -> scalar("number", "double");
            case BYTES -> scalar("string", "byte");
            case QUANTITY ->
                either(Names.QUANTITY, "number", "", "An amount: a number with an optional suffix such as m, Mi or G.");
            case INT_OR_STRING ->
                either(Names.INT_OR_STRING, "integer", "int-or-string", "A number, or a text that stands for one.");
            case TIME -> common(Names.TIME, "string", "date-time", "A time by the second, as RFC 3339 writes it.");
            case MICRO_TIME ->
                common(Names.MICRO_TIME, "string", "date-time", "A time by the microsecond, as RFC 3339 writes it.");
            case ANY -> common(Names.FIELDS, "object", "", "Any fields, in JSON.");
        };
    }

    /// A reference to a plain type that has a name of its own.
    private ObjectNode common(String name, String type, String format, String description) {
        definitions.computeIfAbsent(name, _ -> scalar(type, format).put("description", description));
        return NODES.objectNode().put("$ref", dialect.reference(name));
    }

    /// A reference to a type that is a text or else of another form; only OpenAPI v3 has words for that.
    private ObjectNode either(String name, String other, String format, String description) {
        ObjectNode reference = common(name, "string", format, description);
        ObjectNode definition = Objects.requireNonNull(definitions.get(name));
        if (dialect == Dialect.V3 && definition.remove("type") != null) {
            ArrayNode forms = definition.putArray("oneOf");
            forms.addObject().put("type", other);
            forms.addObject().put("type", "string");
        }
        return reference;
    }

    private static ObjectNode scalar(String type, String format) {
        ObjectNode node = NODES.objectNode().put("type", type);
        return format.isEmpty() ? node : node.put("format", format);
    }

    private static ObjectNode object(String description) {
        ObjectNode node = NODES.objectNode();
        if (!description.isEmpty()) {
            node.put("description", description);
        }
        return node.put("type", "object");
    }

    private void groupVersionKind(String group, String version, String name, String definition) {
        ObjectNode node = definitions.get(definition);
        if (node != null && !node.has(Paths.GROUP_VERSION_KIND)) {
            node.putArray(Paths.GROUP_VERSION_KIND)
                    .addObject()
                    .put("group", group)
                    .put("kind", name)
                    .put("version", version);
        }
    }
}
