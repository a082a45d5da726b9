package dev.jobctl.resource.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// API objects as trees of fields: copied and compared as they are on the wire, without being written there.
///
/// A bean is a class of the model: an empty constructor and fields. Whatever else is met (there is little) goes by its
/// JSON.
public final class Beans {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private Beans() {}

    /// A deep copy: nothing in it that can change is shared with the old one.
    @SuppressWarnings("unchecked") // each branch makes what it was given
    public static <T> T copy(T old) {
        return (T) copied(old);
    }

    private static Object copied(Object old) {
        return switch (old) {
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> other(old);
        };
    }

    private static Object other(Object old) {
        Shape shape = SHAPES.get(old.getClass());
        return switch (shape.form) {
            case BEAN -> bean(shape, old);
            case FIXED -> old;
            case OTHER -> Json.read(Json.write(old), old.getClass());
        };
    }

    private static List<Object> list(List<?> old) {
        List<Object> next = new ArrayList<>(old.size());
        for (Object each : old) {
            next.add(each == null ? null : copied(each));
        }
        return next;
    }

    private static Map<Object, Object> map(Map<?, ?> old) {
        Map<Object, Object> next = LinkedHashMap.newLinkedHashMap(old.size());
        old.forEach((key, value) -> next.put(key, value == null ? null : copied(value)));
        return next;
    }

    /// What is null or empty stays as the constructor makes it, as when it is read from the wire.
    private static Object bean(Shape shape, Object old) {
        try {
            Object next = shape.make();
            for (Field field : shape.fields) {
                @Nullable Object value = field.get(old);
                if (!hollow(value)) {
                    field.set(next, copied(Objects.requireNonNull(value)));
                }
            }
            return next;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy " + old.getClass(), e);
        }
    }

    /// A new object of the same class whose fields are those of `old`, shared.
    @SuppressWarnings("unchecked") // made by the class's own constructor
    public static <T> T shallow(T old) {
        Shape shape = SHAPES.get(old.getClass());
        try {
            Object next = shape.make();
            for (Field field : shape.fields) {
                field.set(next, field.get(old));
            }
            return (T) next;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy " + old.getClass(), e);
        }
    }

    /// Whether both are written alike: null and an empty list or map are the same, quantities are compared as text.
    @SuppressWarnings("ReferenceEquality") // versions of an object share what did not change
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        if (one == null || other == null) {
            return hollow(one) && hollow(other);
        }
        return switch (one) {
            case String text -> text.equals(other);
            case Number number -> number.equals(other);
            case Boolean truth -> truth.equals(other);
            case List<?> list -> other instanceof List<?> others && same(list, others);
            case Map<?, ?> map -> other instanceof Map<?, ?> others && same(map, others);
            default -> one.getClass() == other.getClass() && sameClass(one, other);
        };
    }

    /// Whether it is left out on the wire.
    static boolean hollow(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Collection<?> all -> all.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static boolean same(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Map<?, ?> one, Map<?, ?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            if (!other.containsKey(entry.getKey()) || !same(entry.getValue(), other.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameClass(Object one, Object other) {
        Shape shape = SHAPES.get(one.getClass());
        return switch (shape.form) {
            case BEAN -> sameFields(shape, one, other);
            case FIXED -> one.equals(other);
            case OTHER -> Objects.equals(Json.tree(one), Json.tree(other));
        };
    }

    private static boolean sameFields(Shape shape, Object one, Object other) {
        try {
            for (Field field : shape.fields) {
                if (!same(field.get(one), field.get(other))) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot compare " + one.getClass(), e);
        }
    }

    private enum Form {
        /// Made anew, field by field.
        BEAN,
        /// Cannot change.
        FIXED,
        OTHER
    }

    private record Shape(Form form, @Nullable Constructor<?> constructor, List<Field> fields) {
        static Shape of(Class<?> type) {
            if (type.isEnum() || type == Instant.class || type == ZonedDateTime.class) {
                return new Shape(Form.FIXED, null, List.of());
            }
            if (JsonNode.class.isAssignableFrom(type)) {
                return new Shape(Form.OTHER, null, List.of());
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return new Shape(Form.BEAN, constructor, fields(type));
            } catch (NoSuchMethodException _) {
                return new Shape(Form.OTHER, null, List.of());
            }
        }

        /// With those of the classes above.
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
            return List.copyOf(fields);
        }

        Object make() throws ReflectiveOperationException {
            return Objects.requireNonNull(constructor).newInstance();
        }
    }
}
