package dev.jobctl.loop;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/// Shallow copies of stored API objects, to be changed in their outer layer and then stored anew. What stays the same is
/// shared with the old version, which is safe because stored objects never change: replace a list, never add to it.
///
/// By reflection, so that a field which a newer model adds is never lost.
final class Copies {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private Copies() {}

    /// A new object of the same class whose fields are those of `old`.
    @SuppressWarnings("unchecked") // made by the class's own constructor
    static <T> T shallow(T old) {
        Shape shape = SHAPES.get(old.getClass());
        try {
            Object made = shape.constructor().newInstance();
            for (Field field : shape.fields()) {
                field.set(made, field.get(old));
            }
            return (T) made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot copy " + old.getClass(), e);
        }
    }

    private record Shape(Constructor<?> constructor, List<Field> fields) {
        static Shape of(Class<?> type) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor();
                List<Field> fields = Arrays.stream(type.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .toList();
                fields.forEach(field -> field.setAccessible(true));
                return new Shape(constructor, fields);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("no empty constructor in " + type, e);
            }
        }
    }
}
