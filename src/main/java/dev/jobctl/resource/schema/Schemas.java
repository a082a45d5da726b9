package dev.jobctl.resource.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All types, described on first need and then kept; their number is bounded by the model. Make one and pass it along.
/// Safe from any thread.
public final class Schemas {
    private final Map<Class<?>, Struct> structs = new ConcurrentHashMap<>();

    public Struct of(Kind kind) {
        return of(kind.type());
    }

    /// Of a model class such as `Job.class` or `DeleteOptions.class`.
    public Struct of(Class<?> type) {
        return structs.computeIfAbsent(type, t -> new Struct(t, () -> fields(t)));
    }

    private SequencedMap<String, Field> fields(Class<?> type) {
        SequencedMap<String, Field> found = new LinkedHashMap<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (java.lang.reflect.Field member : c.getDeclaredFields()) {
                JsonProperty property = member.getAnnotation(JsonProperty.class);
                if (property != null) {
                    String name = property.value().isEmpty() ? member.getName() : property.value();
                    found.putIfAbsent(name, field(type.getSimpleName(), name, member.getGenericType()));
                }
            }
        }
        for (String first : List.of("metadata", "kind", "apiVersion")) {
            @Nullable Field moved = found.remove(first);
            if (moved != null) {
                found.putFirst(first, moved);
            }
        }
        for (String last : List.of("spec", "status")) {
            @Nullable Field moved = found.remove(last);
            if (moved != null) {
                found.putLast(last, moved);
            }
        }
        return found;
    }

    private Field field(String struct, String name, Type type) {
        Shape shape = Facts.time(struct, name) && type == String.class ? Shape.Plain.TIME : shape(type);
        if (Facts.bytes(struct, name)) {
            shape = new Shape.MapOf(Shape.Plain.BYTES);
        }
        return new Field(
                name, shape, Facts.merge(struct, name), Facts.goType(struct, name), Facts.required(struct, name));
    }

    private Shape shape(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] parts = generic.getActualTypeArguments();
            Shape last = shape(parts[parts.length - 1]);
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? new Shape.MapOf(last)
                    : new Shape.ListOf(last);
        }
        return shape((Class<?>) type);
    }

    private Shape shape(Class<?> type) {
        if (type == String.class) {
            return Shape.Plain.TEXT;
        } else if (type == Integer.class || type == int.class) {
            return Shape.Plain.INT32;
        } else if (type == Long.class || type == long.class) {
            return Shape.Plain.INT64;
        } else if (type == Boolean.class || type == boolean.class) {
            return Shape.Plain.BOOL;
        } else if (Number.class.isAssignableFrom(type)) {
            return Shape.Plain.NUMBER;
        } else if (type == Quantity.class) {
            return Shape.Plain.QUANTITY;
        } else if (type == IntOrString.class) {
            return Shape.Plain.INT_OR_STRING;
        } else if (type == MicroTime.class || type == ZonedDateTime.class) {
            return Shape.Plain.MICRO_TIME;
        } else if (free(type)) {
            return Shape.Plain.ANY;
        }
        return of(type);
    }

    private static boolean free(Class<?> type) {
        return type == FieldsV1.class
                || type == RawExtension.class
                || type.isInterface()
                || type.isEnum()
                || type == Object.class
                || AnyType.class.isAssignableFrom(type)
                || JsonNode.class.isAssignableFrom(type);
    }
}
