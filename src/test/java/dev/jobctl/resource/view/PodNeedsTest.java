package dev.jobctl.resource.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodNeedsTest {
    /// Deep enough for a label selector in a term of an affinity.
    private static final int DEPTH = 9;

    /// Whatever [PodNeeds#of] reads one day, it is noticed here when [PodNeeds#sameFor] does not look at it.
    @Test
    void specsThatCountAsTheSameNeedTheSame() throws ReflectiveOperationException {
        for (Field field : fields(PodSpec.class)) {
            PodSpec empty = new PodSpec();
            PodSpec other = new PodSpec();
            for (Field shared : fields(PodSpec.class)) {
                shared.set(other, shared.get(empty));
            }
            assertThat(PodNeeds.sameFor(empty, other)).isTrue();
            field.set(other, sample(field.getGenericType(), DEPTH));
            assertThat(!PodNeeds.sameFor(empty, other) || PodNeeds.of(empty).equals(PodNeeds.of(other)))
                    .as("%s", field)
                    .isTrue();
        }
    }

    @Test
    void aNodeAndAHostNameChangeNoNeeds() {
        PodSpec spec = new PodSpec();
        PodSpec bound = new PodSpec();
        bound.setContainers(spec.getContainers());
        assertThat(PodNeeds.sameFor(spec, bound)).as("other lists").isFalse();
        assertThat(PodNeeds.sameFor(spec, spec)).isTrue();
        assertThat(PodNeeds.sameFor(spec, null)).isFalse();
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList();
        fields.forEach(field -> field.setAccessible(true));
        return fields;
    }

    /// Something that is not what a new object has there.
    private static @Nullable Object sample(Type type, int depth) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            @Nullable Object element = sample(last, depth - 1);
            boolean list = generic.getRawType() == List.class;
            if (element == null) {
                return list ? List.of() : Map.of();
            }
            return list ? List.of(element) : Map.of("key", element);
        }
        if (type == String.class) {
            return "Never";
        }
        if (type == Integer.class) {
            return 7;
        }
        if (type == Long.class) {
            return 7L;
        }
        if (type == Boolean.class) {
            return true;
        }
        if (type == Quantity.class) {
            return new Quantity("2");
        }
        if (type == IntOrString.class) {
            return new IntOrString(7);
        }
        return depth == 0 || !(type instanceof Class<?> plain) ? null : filled(plain, depth);
    }

    private static @Nullable Object filled(Class<?> type, int depth) throws ReflectiveOperationException {
        if (!type.getName().startsWith("io.fabric8.")) {
            return null;
        }
        Object made = type.getDeclaredConstructor().newInstance();
        for (Field field : fields(type)) {
            field.set(made, sample(field.getGenericType(), depth - 1));
        }
        return made;
    }
}
