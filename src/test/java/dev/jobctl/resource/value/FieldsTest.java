package dev.jobctl.resource.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written by hand is what Jackson writes of the same model.
class FieldsTest {
    private static final JsonMapper BY_JACKSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final int DEEPEST = 9;

    private final SplittableRandom random = new SplittableRandom(7);

    static Stream<Class<?>> written() {
        return Stream.of(ObjectMeta.class, PodSpec.class, PodStatus.class, JobSpec.class, JobStatus.class, Event.class);
    }

    @ParameterizedTest
    @MethodSource("written")
    void withNothing(Class<?> type) throws Exception {
        same(type.getDeclaredConstructor().newInstance());
    }

    @ParameterizedTest
    @MethodSource("written")
    void withEverything(Class<?> type) throws Exception {
        same(filled(type, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("written")
    void withSomeOfAllFields(Class<?> type) throws Exception {
        for (int i = 0; i < 200; i++) {
            same(filled(type, 0.4, 0));
        }
    }

    @Test
    void absentListsAndValues() throws Exception {
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

    @Test
    void anAbsentElement() throws Exception {
        PodSpec spec = new PodSpec();
        spec.setContainers(new ArrayList<>());
        spec.getContainers().add(null);
        same(spec);
    }

    private static void same(Object object) throws Exception {
        assertThat(new String(Json.write(object), UTF_8)).isEqualTo(BY_JACKSON.writeValueAsString(object));
    }

    /// Each field that the model has, set with this probability: one that a newer model adds is met here.
    private Object filled(Class<?> type, double likely, int depth) throws ReflectiveOperationException {
        Object bean = type.getDeclaredConstructor().newInstance();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && random.nextDouble() < likely) {
                field.setAccessible(true);
                field.set(bean, value(field.getGenericType(), likely, depth));
            }
        }
        return bean;
    }

    private Object value(Type type, double likely, int depth) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType many) {
            Type last = many.getActualTypeArguments()[many.getActualTypeArguments().length - 1];
            if (many.getRawType() == List.class) {
                return depth > DEEPEST ? List.of() : list(last, likely, depth);
            }
            return last == Object.class ? tree() : new LinkedHashMap<>(Map.of(text(), value(last, likely, depth)));
        }
        return switch (type.getTypeName()) {
            case "java.lang.String" -> text();
            case "java.lang.Long" -> random.nextLong(100_000);
            case "java.lang.Integer" -> random.nextInt(100_000);
            case "java.lang.Boolean" -> random.nextBoolean();
            default -> object((Class<?>) type, likely, depth);
        };
    }

    private Object object(Class<?> type, double likely, int depth) throws ReflectiveOperationException {
        if (type == Quantity.class) {
            return new Quantity(random.nextInt(100) + "Mi");
        }
        if (type == IntOrString.class) {
            return new IntOrString(text());
        }
        if (type == MicroTime.class) {
            return new MicroTime("2026-01-02T03:04:05.000006Z");
        }
        return depth > DEEPEST ? type.getDeclaredConstructor().newInstance() : filled(type, likely, depth + 1);
    }

    private List<Object> list(Type type, double likely, int depth) throws ReflectiveOperationException {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            list.add(value(type, likely, depth + 1));
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
        int kind = random.nextInt(5);
        return kind == 4 ? "" : List.of("plain", "\"quoted\"", "ä…\n", "").get(kind) + random.nextInt(1_000_000);
    }
}
