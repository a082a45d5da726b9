package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;

/// Metadata field by field: they stand in every version of every object. See [Fields].
final class MetaFields {
    private static final SerializableString ANNOTATIONS = new SerializedString("annotations");
    private static final SerializableString API_VERSION = new SerializedString("apiVersion");
    private static final SerializableString BLOCK_OWNER_DELETION = new SerializedString("blockOwnerDeletion");
    private static final SerializableString CONTROLLER = new SerializedString("controller");
    private static final SerializableString CREATION_TIMESTAMP = new SerializedString("creationTimestamp");
    private static final SerializableString DELETION_GRACE_PERIOD_SECONDS =
            new SerializedString("deletionGracePeriodSeconds");
    private static final SerializableString DELETION_TIMESTAMP = new SerializedString("deletionTimestamp");
    private static final SerializableString FIELDS_TYPE = new SerializedString("fieldsType");
    private static final SerializableString FIELDS_V1 = new SerializedString("fieldsV1");
    private static final SerializableString FINALIZERS = new SerializedString("finalizers");
    private static final SerializableString GENERATE_NAME = new SerializedString("generateName");
    private static final SerializableString GENERATION = new SerializedString("generation");
    private static final SerializableString KIND = new SerializedString("kind");
    private static final SerializableString LABELS = new SerializedString("labels");
    private static final SerializableString MANAGED_FIELDS = new SerializedString("managedFields");
    private static final SerializableString MANAGER = new SerializedString("manager");
    private static final SerializableString NAMESPACE = new SerializedString("namespace");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString OPERATION = new SerializedString("operation");
    private static final SerializableString OWNER_REFERENCES = new SerializedString("ownerReferences");
    private static final SerializableString RESOURCE_VERSION = new SerializedString("resourceVersion");
    private static final SerializableString SELF_LINK = new SerializedString("selfLink");
    private static final SerializableString SUBRESOURCE = new SerializedString("subresource");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString UID = new SerializedString("uid");

    private MetaFields() {}

    static void metadata(ObjectMeta meta, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.labels(json, ANNOTATIONS, meta.getAnnotations());
        Fields.text(json, CREATION_TIMESTAMP, meta.getCreationTimestamp());
        Fields.number(json, DELETION_GRACE_PERIOD_SECONDS, meta.getDeletionGracePeriodSeconds());
        Fields.text(json, DELETION_TIMESTAMP, meta.getDeletionTimestamp());
        Fields.texts(json, FINALIZERS, meta.getFinalizers());
        Fields.text(json, GENERATE_NAME, meta.getGenerateName());
        Fields.number(json, GENERATION, meta.getGeneration());
        Fields.labels(json, LABELS, meta.getLabels());
        Fields.list(json, MANAGED_FIELDS, meta.getManagedFields(), provider, MetaFields::managed);
        Fields.text(json, NAME, meta.getName());
        Fields.text(json, NAMESPACE, meta.getNamespace());
        Fields.list(json, OWNER_REFERENCES, meta.getOwnerReferences(), provider, MetaFields::owner);
        Fields.text(json, RESOURCE_VERSION, meta.getResourceVersion());
        Fields.text(json, SELF_LINK, meta.getSelfLink());
        Fields.text(json, UID, meta.getUid());
        Fields.others(json, meta.getAdditionalProperties(), provider);
    }

    static void managed(ManagedFieldsEntry entry, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, API_VERSION, entry.getApiVersion());
        Fields.text(json, FIELDS_TYPE, entry.getFieldsType());
        Fields.object(json, FIELDS_V1, entry.getFieldsV1(), provider, MetaFields::tree);
        Fields.text(json, MANAGER, entry.getManager());
        Fields.text(json, OPERATION, entry.getOperation());
        Fields.text(json, SUBRESOURCE, entry.getSubresource());
        Fields.text(json, TIME, entry.getTime());
        Fields.others(json, entry.getAdditionalProperties(), provider);
    }

    static void owner(OwnerReference owner, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, API_VERSION, owner.getApiVersion());
        Fields.text(json, KIND, owner.getKind());
        Fields.truth(json, BLOCK_OWNER_DELETION, owner.getBlockOwnerDeletion());
        Fields.truth(json, CONTROLLER, owner.getController());
        Fields.text(json, NAME, owner.getName());
        Fields.text(json, UID, owner.getUid());
        Fields.others(json, owner.getAdditionalProperties(), provider);
    }

    private static void tree(FieldsV1 fields, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.others(json, fields.getAdditionalProperties(), provider);
    }
}
