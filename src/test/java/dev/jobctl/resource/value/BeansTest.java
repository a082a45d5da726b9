package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeansTest {
    private static final int DEEP = 7;

    @Test
    void everyFieldOfEveryKindIsCopied() throws ReflectiveOperationException {
        for (Kind kind : Kinds.all()) {
            Object full = full(kind.type(), DEEP);
            Object copy = Beans.copy(full);

            assertThat(Json.tree(copy)).as("%s", kind).isEqualTo(Json.tree(full));
            assertThat(Beans.same(full, copy)).as("%s", kind).isTrue();
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            walk(full, seen::add);
            walk(copy, each -> assertThat(seen.contains(each)).as("%s", kind).isFalse());
        }
    }

    @Test
    void oneFieldThatDiffersIsSeen() throws ReflectiveOperationException {
        for (Kind kind : Kinds.all()) {
            for (Field field : fields(kind.type())) {
                Object one = full(kind.type(), DEEP);
                Object other = Beans.copy(one);
                field.set(other, null);
                assertThat(Beans.same(one, other)).as("%s", field).isFalse();
            }
        }
    }

    @Test
    void whatIsWrittenAlikeIsTheSame() {
        JobSpec spec = new JobSpec();
        JobSpec other = new JobSpec();
        other.setAdditionalProperties(null);
        assertThat(Beans.same(spec, other)).isTrue();
        assertThat(Beans.same(null, List.of())).isTrue();
        assertThat(Beans.same(null, Map.of())).isTrue();
        assertThat(Beans.same(null, "")).isFalse();
        assertThat(Beans.same(null, spec)).isFalse();
        assertThat(Beans.same(new Quantity("1"), new Quantity("1000m"))).isFalse();
        assertThat(Beans.same(List.of(1, 2), List.of(2, 1))).isFalse();
        assertThat(Beans.same(Map.of("a", 1, "b", 2), Map.of("b", 2, "a", 1))).isTrue();
        assertThat(Beans.same(Map.of("a", 1), Map.of("a", 2))).isFalse();
        assertThat(Beans.same(Map.of("a", 1), Map.of("b", 1))).isFalse();
    }

    @Test
    void aShallowCopySharesWhatIsBelow() {
        var pod = new PodBuilder().withNewMetadata().withName("a").endMetadata().build();

        assertThat(Beans.shallow(pod)).isNotSameAs(pod).isEqualTo(pod);
        assertThat(Beans.shallow(pod).getMetadata()).isSameAs(pod.getMetadata());
    }

    // --- a value in each field

    private static Object full(Class<?> type, int deep) throws ReflectiveOperationException {
        Object made = type.getDeclaredConstructor().newInstance();
        for (Field field : fields(type)) {
            @Nullable Object value = sample(field.getGenericType(), deep - 1);
            if (value != null) {
                field.set(made, value);
            }
        }
        return made;
    }

    private static @Nullable Object sample(Type type, int deep) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            @Nullable Object inner = sample(of[of.length - 1], deep);
            if (generic.getRawType() == List.class) {
                return inner == null ? null : new ArrayList<>(List.of(inner, inner));
            }
            return inner == null ? null : new LinkedHashMap<>(Map.of("one", inner));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class || plain == Object.class) {
            return "text";
        } else if (plain == Long.class || plain == long.class) {
            return 7_000_000_000L;
        } else if (plain == Integer.class) {
            return 70_000;
        } else if (plain == Boolean.class) {
            return true;
        } else if (plain == Double.class) {
            return 0.5;
        } else if (plain == Quantity.class) {
            return new Quantity("100m");
        } else if (plain == Duration.class) {
            return Duration.ofSeconds(7);
        } else if (plain == ZonedDateTime.class) {
            return Instant.EPOCH.atZone(ZoneOffset.UTC);
        }
        return deep == 0 || plain.isInterface() ? null : full(plain, deep);
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private interface Visitor {
        void visit(Object each);
    }

    /// All that can change.
    private static void walk(@Nullable Object root, Visitor visitor) throws ReflectiveOperationException {
        switch (root) {
            case null -> {}
            case String _ -> {}
            case Number _ -> {}
            case Boolean _ -> {}
            case List<?> list -> {
                visitor.visit(list);
                for (Object each : list) {
                    walk(each, visitor);
                }
            }
            case Map<?, ?> map -> {
                visitor.visit(map);
                for (Object each : map.values()) {
                    walk(each, visitor);
                }
            }
            default -> {
                if (root.getClass().getName().startsWith("java.time")) {
                    return;
                }
                visitor.visit(root);
                for (Field field : fields(root.getClass())) {
                    walk(field.get(root), visitor);
                }
            }
        }
    }
}
