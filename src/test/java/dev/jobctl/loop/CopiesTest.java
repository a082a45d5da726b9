package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The copies that are written out by hand have every field of the model.
class CopiesTest {
    @Test
    void noFieldIsForgotten() throws ReflectiveOperationException {
        for (Class<?> type : List.of(Pod.class, Job.class, ObjectMeta.class, PodSpec.class, PodStatus.class)) {
            Object full = type.getDeclaredConstructor().newInstance();
            List<Field> fields = new ArrayList<>();
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(full, sample(field.getType()));
                    fields.add(field);
                }
            }
            Object copy = Copies.shallow(full);
            assertThat(copy).isNotSameAs(full).isInstanceOf(type);
            for (Field field : fields) {
                assertThat(field.get(copy))
                        .as("%s", field)
                        .isSameAs(field.get(full))
                        .isNotNull();
            }
        }
    }

    private static Object sample(Class<?> type) throws ReflectiveOperationException {
        if (type == String.class) {
            return "text";
        }
        if (type == Long.class) {
            return 7_000_000_000L;
        }
        if (type == Integer.class) {
            return 70_000;
        }
        if (type == Boolean.class) {
            return true;
        }
        if (type == List.class) {
            return new ArrayList<>();
        }
        return type == Map.class
                ? new LinkedHashMap<>()
                : type.getDeclaredConstructor().newInstance();
    }
}
