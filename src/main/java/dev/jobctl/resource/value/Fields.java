package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the parts of pods, Jobs and Events that stand in every version of them field by field, in the order of the
/// model: Jackson asks for each field by reflection, which takes most of a round's writing. A field that is null, or an
/// empty list or map, is left out. A test holds all of it against what Jackson writes.
final class Fields {
    private Fields() {}

    /// Writes the fields of an object, not the braces around them.
    @FunctionalInterface
    interface Body<T> {
        void write(T object, JsonGenerator json, SerializerProvider provider) throws IOException;
    }

    /// How Jackson comes here.
    private static final class ByHand<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Body<T> body;

        ByHand(Class<T> type, Body<T> body) {
            super(type);
            this.body = body;
        }

        @Override
        public void serialize(T object, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            body.write(object, json, provider);
            json.writeEndObject();
        }
    }

    static SimpleModule into(SimpleModule module) {
        return module.addSerializer(new ByHand<>(ObjectMeta.class, MetaFields::metadata))
                .addSerializer(new ByHand<>(PodSpec.class, PodSpecFields::spec))
                .addSerializer(new ByHand<>(PodStatus.class, PodStatusFields::status))
                .addSerializer(new ByHand<>(JobSpec.class, JobFields::spec))
                .addSerializer(new ByHand<>(JobStatus.class, JobFields::status))
                .addSerializer(new ByHand<>(Event.class, EventFields::event));
    }

    static void text(JsonGenerator json, SerializableString name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeString(value);
        }
    }

    static void number(JsonGenerator json, SerializableString name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeNumber(value.longValue());
        }
    }

    static void number(JsonGenerator json, SerializableString name, @Nullable Integer value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeNumber(value.intValue());
        }
    }

    static void truth(JsonGenerator json, SerializableString name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeBoolean(value);
        }
    }

    static void labels(JsonGenerator json, SerializableString name, @Nullable Map<String, String> values)
            throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeFieldName(name);
        json.writeStartObject();
        for (Map.Entry<String, String> each : values.entrySet()) {
            json.writeFieldName(each.getKey());
            json.writeString(each.getValue());
        }
        json.writeEndObject();
    }

    static void texts(JsonGenerator json, SerializableString name, @Nullable List<String> values) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeFieldName(name);
        json.writeStartArray();
        for (String each : values) {
            json.writeString(each);
        }
        json.writeEndArray();
    }

    static <T> void object(
            JsonGenerator json, SerializableString name, @Nullable T value, SerializerProvider provider, Body<T> body)
            throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeStartObject();
            body.write(value, json, provider);
            json.writeEndObject();
        }
    }

    static <T> void list(
            JsonGenerator json,
            SerializableString name,
            @Nullable List<T> values,
            SerializerProvider provider,
            Body<T> body)
            throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeFieldName(name);
        json.writeStartArray();
        for (@Nullable T each : values) {
            if (each == null) {
                json.writeNull();
            } else {
                json.writeStartObject();
                body.write(each, json, provider);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /// A value that nobody writes by hand.
    static void other(JsonGenerator json, SerializableString name, @Nullable Object value, SerializerProvider provider)
            throws IOException {
        if (value != null && !Beans.hollow(value)) {
            json.writeFieldName(name);
            provider.defaultSerializeValue(value, json);
        }
    }

    /// What the model has no field for: a tree of maps, mostly that of managed fields.
    static void others(JsonGenerator json, @Nullable Map<?, ?> values, SerializerProvider provider) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        for (Map.Entry<?, ?> each : values.entrySet()) {
            json.writeFieldName(String.valueOf(each.getKey()));
            if (each.getValue() instanceof Map<?, ?> inner) {
                json.writeStartObject();
                others(json, inner, provider);
                json.writeEndObject();
            } else {
                provider.defaultSerializeValue(each.getValue(), json);
            }
        }
    }
}
