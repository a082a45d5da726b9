package dev.jobctl.resource.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Metadata written by hand are what Jackson writes of the same model.
class MetaWriterTest {
    private static final JsonMapper BY_JACKSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void metadataWithNothingAreEmpty() throws Exception {
        same(new ObjectMeta());
    }

    @Test
    void metadataWithEverythingAreWrittenInTheOrderOfTheModel() throws Exception {
        same((ObjectMeta) filled(ObjectMeta.class, 1));
    }

    @Test
    void metadataWithSomeOfAllFieldsAreWrittenAlike() throws Exception {
        for (int i = 0; i < 500; i++) {
            same((ObjectMeta) filled(ObjectMeta.class, 0.5));
        }
    }

    @Test
    void absentListsAndValuesAreWrittenAlike() throws Exception {
        ObjectMeta meta = new ObjectMeta();
        meta.setAnnotations(null);
        meta.setFinalizers(null);
        meta.setManagedFields(null);
        meta.setOwnerReferences(null);
        Map<String, String> labels = new HashMap<>();
        labels.put("none", null);
        meta.setLabels(labels);
        same(meta);
    }

    private static void same(ObjectMeta meta) throws Exception {
        assertThat(new String(Json.write(meta), UTF_8)).isEqualTo(BY_JACKSON.writeValueAsString(meta));
    }

    /// Each field that the model has, set with this probability: one that a newer model adds is met here.
    private Object filled(Class<?> type, double likely) throws ReflectiveOperationException {
        Object bean = type.getDeclaredConstructor().newInstance();
        for (Field field : type.getDeclaredFields()) {
            if (random.nextDouble() < likely) {
                field.setAccessible(true);
                field.set(bean, value(field, likely));
            }
        }
        return bean;
    }

    private Object value(Field field, double likely) throws ReflectiveOperationException {
        return switch (field.getGenericType().getTypeName()) {
            case "java.lang.String" -> text();
            case "java.lang.Long" -> random.nextLong(100_000);
            case "java.lang.Boolean" -> random.nextBoolean();
            case "java.util.List<java.lang.String>" -> List.of(text(), text());
            case "java.util.Map<java.lang.String, java.lang.String>" -> Map.of(text(), text());
            case "java.util.Map<java.lang.String, java.lang.Object>" -> tree();
            case "java.util.List<io.fabric8.kubernetes.api.model.ManagedFieldsEntry>" ->
                list(ManagedFieldsEntry.class, likely);
            case "java.util.List<io.fabric8.kubernetes.api.model.OwnerReference>" -> list(OwnerReference.class, likely);
            case "io.fabric8.kubernetes.api.model.FieldsV1" -> filled(FieldsV1.class, 1);
            default -> throw new IllegalStateException("a field of another type: " + field);
        };
    }

    private List<Object> list(Class<?> type, double likely) throws ReflectiveOperationException {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            list.add(filled(type, likely));
        }
        return list;
    }

    private Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("f:" + text(), Map.of());
        tree.put("k:{\"name\":\"main\"}", new LinkedHashMap<>(Map.of("f:image", Map.of(".", Map.of()))));
        tree.put("other", List.of(1, "two", true));
        tree.put("nothing", null);
        return tree;
    }

    private String text() {
        return List.of("plain", "\"quoted\"", "ä…\n", "").get(random.nextInt(4)) + random.nextInt(1_000_000);
    }
}
