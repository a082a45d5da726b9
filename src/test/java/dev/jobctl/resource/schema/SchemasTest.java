package dev.jobctl.resource.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `go-fields.tsv` lists the fields of the API's Go types (1.32), read by reflection: struct, field, type, patch
/// strategy,
/// merge key, list marks.
class SchemasTest {
    private final Schemas schemas = new Schemas();

    @Test
    void fieldsTypesAndMergeRulesAreThoseOfTheApi() throws IOException {
        Map<String, Struct> structs = new TreeMap<>();
        for (Kind kind : Kinds.all()) {
            collect(schemas.of(kind), structs);
        }
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (String line : resource("go-fields.tsv").lines().toList()) {
            String[] go = line.split("\t", -1);
            Struct struct = structs.get(go[0]);
            if (struct == null) {
                continue; // embedded in others, or not served yet
            }
            compared++;
            Field field = struct.field(go[1]);
            if (field == null) {
                different.add(line + ": no such field");
                continue;
            }
            String ours = GoTypes.of(field);
            if (!plain(go[2]).equals(plain(ours))) {
                different.add(line + ": type is " + ours);
            }
            if (!field.merge().strategy().equals(go[3])
                    || !field.merge().mergeKey().equals(go[4])) {
                different.add(line + ": merge is " + field.merge());
            }
            if (!go[5].isEmpty()
                    && !go[5].contains("Type=atomic")
                    && !marks(field).equals(go[5])) {
                different.add(line + ": marks are " + marks(field));
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(500);
    }

    private static void collect(Shape shape, Map<String, Struct> structs) {
        switch (shape) {
            case Struct struct -> {
                if (structs.putIfAbsent(struct.name(), struct) == null) {
                    struct.fields().forEach(field -> collect(field.shape(), structs));
                }
            }
            case Shape.MapOf map -> collect(map.value(), structs);
            case Shape.ListOf list -> collect(list.item(), structs);
            case Shape.Plain _ -> {
                // nothing inside
            }
        }
    }

    /// Times and flexible values have a type of their own in Go but are read through a plain one.
    private static String plain(String type) {
        return switch (type.replace("*", "").replace("map[v1.ResourceName]", "map[string]")) {
            case "v1.Time", "v1.MicroTime" -> "string";
            case "intstr.IntOrString" -> "int32";
            case "v1.FieldsV1" -> "interface {}";
            default -> type.replace("*", "").replace("map[v1.ResourceName]", "map[string]");
        };
    }

    private static String marks(Field field) {
        StringBuilder marks = new StringBuilder();
        switch (field.merge().type()) {
            case MAP -> marks.append("+listType=map");
            case SET -> marks.append("+listType=set");
            case ATOMIC -> marks.append("+listType=atomic");
            case UNSAID -> marks.append(field.shape() instanceof Shape.MapOf ? "+mapType=granular" : ""); // as a map is
        }
        field.merge().keys().forEach(key -> marks.append(" +listMapKey=").append(key));
        return marks.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SchemasTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
