package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Field;
import dev.jobctl.resource.schema.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an object of a type is before anybody wrote it: the structs that are always there. Who writes into one of these
/// owns what it wrote, not the struct.
final class FirstForms {
    /// In every type.
    private static final Set<String> ALWAYS = Set.of("metadata", "spec", "status");
    private static final Set<String> OF_SOME = Set.of(
            "JobSpec.template",
            "CronJobSpec.jobTemplate",
            "Event.source",
            "NodeStatus.daemonEndpoints",
            "NodeStatus.nodeInfo",
            "ServiceStatus.loadBalancer");
    private static final String CONTAINERS = "PodSpec.containers";

    private FirstForms() {}

    static ObjectNode of(Struct type) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (Field field : type.fields()) {
            String name = type.name() + "." + field.name();
            boolean there = ALWAYS.contains(field.name()) || OF_SOME.contains(name);
            if (there && field.shape() instanceof Struct inner) {
                form.set(field.name(), of(inner));
            } else if (name.equals(CONTAINERS)) {
                form.putNull(field.name());
            }
        }
        return form;
    }

    /// The paths of those structs. They stay when all that was owned in them goes, with whatever else they hold.
    static FieldSet paths(ObjectNode form) {
        FieldSet set = new FieldSet();
        paths(form, new ArrayList<>(), set);
        return set;
    }

    private static void paths(JsonNode node, List<String> path, FieldSet set) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isObject()) {
                path.addLast(Steps.field(field.getKey()));
                set.insert(path);
                paths(field.getValue(), path, set);
                path.removeLast();
            }
        }
    }
}
