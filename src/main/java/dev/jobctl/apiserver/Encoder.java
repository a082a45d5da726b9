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
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes objects in the form that the client wants: whole, as Table, or metadata only. The bytes of whole objects are
/// those that the stored version keeps.
final class Encoder {
    private static final String META = "meta.k8s.io/";
    private static final byte[] METADATA = JsonBytes.ascii("\"metadata\":");
    private static final byte[] CELLS = JsonBytes.ascii("{\"cells\":[");
    private static final byte[] OBJECT = JsonBytes.ascii("],\"object\":");

    private final Form form;
    private final Instant now;
    /// What stands before the metadata of an object that is nothing else.
    private final byte[] partial;

    Encoder(Form form, Instant now) {
        this.form = form;
        this.now = now;
        partial = form.shape() == Form.Shape.OBJECT
                ? new byte[0]
                : JsonBytes.ascii("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"" + META + form.version()
                        + "\",\"metadata\":");
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
            case METADATA -> partial(new JsonBytes(1024), version).toByteArray();
            case TABLE -> table(version.kind(), List.of(version), true, page(version));
        };
        return form.pretty() ? pretty(bytes) : bytes;
    }

    /// One object of a watch. `first`: a Table carries its columns in the first event only.
    byte[] event(ObjectVersion version, boolean first) {
        return switch (form.shape()) {
            case OBJECT -> version.json();
            case METADATA -> partial(new JsonBytes(1024), version).toByteArray();
            case TABLE -> table(version.kind(), List.of(version), first, page(version));
        };
    }

    byte[] list(Kind kind, List<ObjectVersion> versions, Page page) {
        byte[] bytes = switch (form.shape()) {
            case OBJECT -> objects(kind, versions, page);
            case METADATA -> partials(versions, page);
            case TABLE -> table(kind, versions, true, page);
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
        JsonBytes all = begun(kind.kind() + "List", kind.apiVersion(), page, versions.size());
        all.raw(",\"items\":[");
        boolean later = false;
        for (ObjectVersion version : versions) {
            separated(all, later).raw(version.json());
            later = true;
        }
        return all.raw("]}").toByteArray();
    }

    private static JsonBytes separated(JsonBytes all, boolean later) {
        return later ? all.raw(',') : all;
    }

    /// A list without its end.
    private static JsonBytes begun(String kind, String apiVersion, Page page, int items) {
        byte[] head = written(json -> {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            json.writeStringField("apiVersion", apiVersion);
            metadata(json, page);
            json.writeEndObject();
        });
        JsonBytes all = new JsonBytes(256 + items * 1024);
        return all.raw(head, 0, head.length - 1);
    }

    private byte[] partials(List<ObjectVersion> versions, Page page) {
        JsonBytes all = begun("PartialObjectMetadataList", META + form.version(), page, versions.size());
        all.raw(",\"items\":[");
        boolean later = false;
        for (ObjectVersion version : versions) {
            partial(separated(all, later), version);
            later = true;
        }
        return all.raw("]}").toByteArray();
    }

    private JsonBytes partial(JsonBytes to, ObjectVersion version) {
        return to.raw(partial).field(version.json(), METADATA).raw('}');
    }

    private byte[] table(Kind kind, List<ObjectVersion> versions, boolean columns, Page page) {
        JsonBytes all = begun("Table", META + form.version(), page, versions.size());
        all.raw(",\"columnDefinitions\":").raw(written(json -> {
            json.writeStartArray();
            if (columns) {
                for (Column column : Tables.columns(kind)) {
                    column(json, column);
                }
            }
            json.writeEndArray();
        }));
        all.raw(",\"rows\":[");
        boolean later = false;
        for (ObjectVersion version : versions) {
            row(separated(all, later), version);
            later = true;
        }
        return all.raw("]}").toByteArray();
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

    private void row(JsonBytes to, ObjectVersion version) {
        to.raw(CELLS);
        boolean later = false;
        for (Object cell : Tables.cells(version.object(), now)) {
            if (later) {
                to.raw(',');
            }
            later = true;
            if (cell instanceof Long number) {
                to.raw(number.toString());
            } else {
                to.text(cell.toString());
            }
        }
        switch (form.include()) {
            case None -> to.raw(']');
            case Metadata -> partial(to.raw(OBJECT), version);
            case Object -> to.raw(OBJECT).raw(version.json());
        }
        to.raw('}');
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
