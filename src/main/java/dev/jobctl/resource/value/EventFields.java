package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventSeries;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.io.IOException;

/// Events field by field: each pod has several, and each is written once. See [Fields].
final class EventFields {
    private static final SerializableString ACTION = new SerializedString("action");
    private static final SerializableString API_VERSION = new SerializedString("apiVersion");
    private static final SerializableString COMPONENT = new SerializedString("component");
    private static final SerializableString COUNT = new SerializedString("count");
    private static final SerializableString EVENT_TIME = new SerializedString("eventTime");
    private static final SerializableString FIELD_PATH = new SerializedString("fieldPath");
    private static final SerializableString FIRST_TIMESTAMP = new SerializedString("firstTimestamp");
    private static final SerializableString HOST = new SerializedString("host");
    private static final SerializableString INVOLVED_OBJECT = new SerializedString("involvedObject");
    private static final SerializableString KIND = new SerializedString("kind");
    private static final SerializableString LAST_OBSERVED_TIME = new SerializedString("lastObservedTime");
    private static final SerializableString LAST_TIMESTAMP = new SerializedString("lastTimestamp");
    private static final SerializableString MESSAGE = new SerializedString("message");
    private static final SerializableString METADATA = new SerializedString("metadata");
    private static final SerializableString NAMESPACE = new SerializedString("namespace");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString RELATED = new SerializedString("related");
    private static final SerializableString REPORTING_COMPONENT = new SerializedString("reportingComponent");
    private static final SerializableString REPORTING_INSTANCE = new SerializedString("reportingInstance");
    private static final SerializableString RESOURCE_VERSION = new SerializedString("resourceVersion");
    private static final SerializableString SERIES = new SerializedString("series");
    private static final SerializableString SOURCE = new SerializedString("source");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString UID = new SerializedString("uid");

    private EventFields() {}

    static void event(Event event, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, API_VERSION, event.getApiVersion());
        Fields.text(json, KIND, event.getKind());
        Fields.object(json, METADATA, event.getMetadata(), provider, MetaFields::metadata);
        Fields.text(json, ACTION, event.getAction());
        Fields.number(json, COUNT, event.getCount());
        Fields.other(json, EVENT_TIME, event.getEventTime(), provider);
        Fields.text(json, FIRST_TIMESTAMP, event.getFirstTimestamp());
        Fields.object(json, INVOLVED_OBJECT, event.getInvolvedObject(), provider, EventFields::reference);
        Fields.text(json, LAST_TIMESTAMP, event.getLastTimestamp());
        Fields.text(json, MESSAGE, event.getMessage());
        Fields.text(json, REASON, event.getReason());
        Fields.object(json, RELATED, event.getRelated(), provider, EventFields::reference);
        Fields.text(json, REPORTING_COMPONENT, event.getReportingComponent());
        Fields.text(json, REPORTING_INSTANCE, event.getReportingInstance());
        Fields.object(json, SERIES, event.getSeries(), provider, EventFields::series);
        Fields.object(json, SOURCE, event.getSource(), provider, EventFields::source);
        Fields.text(json, TYPE, event.getType());
        Fields.others(json, event.getAdditionalProperties(), provider);
    }

    static void reference(ObjectReference to, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, API_VERSION, to.getApiVersion());
        Fields.text(json, KIND, to.getKind());
        Fields.text(json, FIELD_PATH, to.getFieldPath());
        Fields.text(json, NAME, to.getName());
        Fields.text(json, NAMESPACE, to.getNamespace());
        Fields.text(json, RESOURCE_VERSION, to.getResourceVersion());
        Fields.text(json, UID, to.getUid());
        Fields.others(json, to.getAdditionalProperties(), provider);
    }

    static void source(EventSource source, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, COMPONENT, source.getComponent());
        Fields.text(json, HOST, source.getHost());
        Fields.others(json, source.getAdditionalProperties(), provider);
    }

    static void series(EventSeries series, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.number(json, COUNT, series.getCount());
        Fields.other(json, LAST_OBSERVED_TIME, series.getLastObservedTime(), provider);
        Fields.others(json, series.getAdditionalProperties(), provider);
    }
}
