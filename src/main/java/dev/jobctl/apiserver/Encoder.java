package dev.jobctl.apiserver;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jobctl.resource.table.Column;
import dev.jobctl.resource.table.Tables;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes objects in the form that the client wants: whole, as Table, or metadata only. The bytes of whole objects are
/// those that the stored version keeps.
final class Encoder {
    private static final byte[] COMMA = {','};

    private final Form form;
    private final Instant now;

    Encoder(Form form, Instant now) {
        this.form = form;
        this.now = now;
    }

    /// The metadata of a list.
    ///
    /// @param next the `continue` token, null on the last page
    /// @param remaining objects on later pages, null when not counted
    record Page(
            long revision, @Nullable String next, @Nullable Long remaining) {}

    byte[] one(ObjectVersion version) {
        byte[] bytes = switch (form.shape()) {
            case OBJECT -> version.json();
            case METADATA -> written(json -> partial(json, version));
            case TABLE -> written(json -> table(json, version.kind(), List.of(version), true, page(version)));
        };
        return form.pretty() ? pretty(bytes) : bytes;
    }

    /// One object of a watch. `first`: a Table carries its columns in the first event only.
    byte[] event(ObjectVersion version, boolean first) {
        return switch (form.shape()) {
            case OBJECT -> version.json();
            case METADATA -> written(json -> partial(json, version));
            case TABLE -> written(json -> table(json, version.kind(), List.of(version), first, page(version)));
        };
    }

    byte[] list(Kind kind, List<ObjectVersion> versions, Page page) {
        byte[] bytes = switch (form.shape()) {
            case OBJECT -> objects(kind, versions, page);
            case METADATA -> written(json -> partials(json, versions, page));
            case TABLE -> written(json -> table(json, kind, versions, true, page));
        };
        return form.pretty() ? pretty(bytes) : bytes;
    }

    static byte[] pretty(byte[] json) {
        try {
            byte[] text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(Json.tree(json));
            ByteArrayOutputStream line = new ByteArrayOutputStream(text.length + 1);
            line.writeBytes(text);
            line.write('\n');
            return line.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page page(ObjectVersion version) {
        return new Page(version.revision(), null, null);
    }

    private static byte[] objects(Kind kind, List<ObjectVersion> versions, Page page) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(256 + versions.size() * 1024);
        byte[] head = written(json -> {
            json.writeStartObject();
            json.writeStringField("kind", kind.kind() + "List");
            json.writeStringField("apiVersion", kind.apiVersion());
            metadata(json, page);
            json.writeEndObject();
        });
        all.write(head, 0, head.length - 1);
        all.writeBytes(",\"items\":[".getBytes(StandardCharsets.US_ASCII));
        boolean later = false;
        for (ObjectVersion version : versions) {
            if (later) {
                all.writeBytes(COMMA);
            }
            later = true;
            all.writeBytes(version.json());
        }
        all.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private void partials(JsonGenerator json, List<ObjectVersion> versions, Page page) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "PartialObjectMetadataList");
        json.writeStringField("apiVersion", "meta.k8s.io/" + form.version());
        metadata(json, page);
        json.writeArrayFieldStart("items");
        for (ObjectVersion version : versions) {
            partial(json, version);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void partial(JsonGenerator json, ObjectVersion version) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "PartialObjectMetadata");
        json.writeStringField("apiVersion", "meta.k8s.io/" + form.version());
        json.writeFieldName("metadata");
        Json.MAPPER.writeValue(json, version.object().getMetadata());
        json.writeEndObject();
    }

    private void table(JsonGenerator json, Kind kind, List<ObjectVersion> versions, boolean columns, Page page)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "Table");
        json.writeStringField("apiVersion", "meta.k8s.io/" + form.version());
        metadata(json, page);
        json.writeArrayFieldStart("columnDefinitions");
        if (columns) {
            for (Column column : Tables.columns(kind)) {
                column(json, column);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (ObjectVersion version : versions) {
            row(json, version);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, Column column) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type());
        json.writeStringField("format", column.format());
        json.writeStringField("description", column.description());
        json.writeNumberField("priority", column.priority());
        json.writeEndObject();
    }

    private void row(JsonGenerator json, ObjectVersion version) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("cells");
        for (Object cell : Tables.cells(version.object(), now)) {
            if (cell instanceof Long number) {
                json.writeNumber(number);
            } else {
                json.writeString(cell.toString());
            }
        }
        json.writeEndArray();
        switch (form.include()) {
            case None -> {}
            case Metadata -> {
                json.writeFieldName("object");
                partial(json, version);
            }
            case Object -> {
                json.writeFieldName("object");
                json.writeRawValue(new String(version.json(), StandardCharsets.UTF_8));
            }
        }
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, Page page) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("resourceVersion", Long.toString(page.revision()));
        if (page.next() != null) {
            json.writeStringField("continue", page.next());
        }
        if (page.remaining() != null) {
            json.writeNumberField("remainingItemCount", page.remaining());
        }
        json.writeEndObject();
    }

    /// Something that writes one JSON value.
    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] written(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
