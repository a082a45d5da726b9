package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the metadata of objects field by field: they stand in every version of every object, and Jackson asks for
/// each field by reflection. A test holds this against what Jackson writes.
final class MetaWriter extends StdSerializer<ObjectMeta> {
    private static final long serialVersionUID = 1L;

    private static final SerializableString ANNOTATIONS = new SerializedString("annotations");
    private static final SerializableString API_VERSION = new SerializedString("apiVersion");
    private static final SerializableString BLOCK = new SerializedString("blockOwnerDeletion");
    private static final SerializableString CONTROLLER = new SerializedString("controller");
    private static final SerializableString CREATED = new SerializedString("creationTimestamp");
    private static final SerializableString GRACE = new SerializedString("deletionGracePeriodSeconds");
    private static final SerializableString DELETED = new SerializedString("deletionTimestamp");
    private static final SerializableString FIELDS_TYPE = new SerializedString("fieldsType");
    private static final SerializableString FIELDS_V1 = new SerializedString("fieldsV1");
    private static final SerializableString FINALIZERS = new SerializedString("finalizers");
    private static final SerializableString GENERATE_NAME = new SerializedString("generateName");
    private static final SerializableString GENERATION = new SerializedString("generation");
    private static final SerializableString KIND = new SerializedString("kind");
    private static final SerializableString LABELS = new SerializedString("labels");
    private static final SerializableString MANAGED_FIELDS = new SerializedString("managedFields");
    private static final SerializableString MANAGER = new SerializedString("manager");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString NAMESPACE = new SerializedString("namespace");
    private static final SerializableString OPERATION = new SerializedString("operation");
    private static final SerializableString OWNERS = new SerializedString("ownerReferences");
    private static final SerializableString RESOURCE_VERSION = new SerializedString("resourceVersion");
    private static final SerializableString SELF_LINK = new SerializedString("selfLink");
    private static final SerializableString SUBRESOURCE = new SerializedString("subresource");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString UID = new SerializedString("uid");

    MetaWriter() {
        super(ObjectMeta.class);
    }

    @Override
    public void serialize(ObjectMeta meta, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        labels(json, ANNOTATIONS, meta.getAnnotations());
        text(json, CREATED, meta.getCreationTimestamp());
        number(json, GRACE, meta.getDeletionGracePeriodSeconds());
        text(json, DELETED, meta.getDeletionTimestamp());
        finalizers(json, meta.getFinalizers());
        text(json, GENERATE_NAME, meta.getGenerateName());
        number(json, GENERATION, meta.getGeneration());
        labels(json, LABELS, meta.getLabels());
        managedFields(json, meta.getManagedFields(), provider);
        text(json, NAME, meta.getName());
        text(json, NAMESPACE, meta.getNamespace());
        owners(json, meta.getOwnerReferences(), provider);
        text(json, RESOURCE_VERSION, meta.getResourceVersion());
        text(json, SELF_LINK, meta.getSelfLink());
        text(json, UID, meta.getUid());
        others(json, meta.getAdditionalProperties(), provider);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, SerializableString name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeString(value);
        }
    }

    private static void number(JsonGenerator json, SerializableString name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeNumber(value);
        }
    }

    private static void truth(JsonGenerator json, SerializableString name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeBoolean(value);
        }
    }

    private static void labels(JsonGenerator json, SerializableString name, @Nullable Map<String, String> values)
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

    private static void finalizers(JsonGenerator json, @Nullable List<String> values) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeFieldName(FINALIZERS);
        json.writeStartArray();
        for (String each : values) {
            json.writeString(each);
        }
        json.writeEndArray();
    }

    private static void managedFields(
            JsonGenerator json, @Nullable List<ManagedFieldsEntry> entries, SerializerProvider provider)
            throws IOException {
        if (entries == null || entries.isEmpty()) {
            return;
        }
        json.writeFieldName(MANAGED_FIELDS);
        json.writeStartArray();
        for (ManagedFieldsEntry entry : entries) {
            json.writeStartObject();
            text(json, API_VERSION, entry.getApiVersion());
            text(json, FIELDS_TYPE, entry.getFieldsType());
            if (entry.getFieldsV1() != null) {
                json.writeFieldName(FIELDS_V1);
                json.writeStartObject();
                others(json, entry.getFieldsV1().getAdditionalProperties(), provider);
                json.writeEndObject();
            }
            text(json, MANAGER, entry.getManager());
            text(json, OPERATION, entry.getOperation());
            text(json, SUBRESOURCE, entry.getSubresource());
            text(json, TIME, entry.getTime());
            others(json, entry.getAdditionalProperties(), provider);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void owners(JsonGenerator json, @Nullable List<OwnerReference> owners, SerializerProvider provider)
            throws IOException {
        if (owners == null || owners.isEmpty()) {
            return;
        }
        json.writeFieldName(OWNERS);
        json.writeStartArray();
        for (OwnerReference owner : owners) {
            json.writeStartObject();
            text(json, API_VERSION, owner.getApiVersion());
            text(json, KIND, owner.getKind());
            truth(json, BLOCK, owner.getBlockOwnerDeletion());
            truth(json, CONTROLLER, owner.getController());
            text(json, NAME, owner.getName());
            text(json, UID, owner.getUid());
            others(json, owner.getAdditionalProperties(), provider);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// What the model has no field for: a tree of maps, mostly that of managed fields.
    private static void others(JsonGenerator json, @Nullable Map<?, ?> values, SerializerProvider provider)
            throws IOException {
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
