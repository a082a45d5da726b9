package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The spec that several versions of a pod or a Job have in common, and its JSON within that of the last version that
/// was written: most versions tell of a new status, and the spec is the larger part. Safe from any thread.
final class SharedSpec {
    private volatile @Nullable Text text;

    /// From `from` to before `to`. The array is the version's own, not a copy.
    private record Text(byte[] json, int from, int to) {}

    /// An object whose parts are known.
    private record Parts(
            HasMetadata object, Object spec, @Nullable Object status, Map<String, Object> others) {}

    /// Whether two objects have one spec.
    @SuppressWarnings("ReferenceEquality") // to compare all that is in them would cost more than it saves
    static boolean same(HasMetadata one, HasMetadata other) {
        @Nullable Parts parts = parts(one);
        @Nullable Parts others = parts(other);
        return parts != null && others != null && parts.spec() == others.spec();
    }

    private static @Nullable Parts parts(HasMetadata object) {
        return switch (object) {
            case Pod pod
            when pod.getSpec() != null -> new Parts(pod, pod.getSpec(), pod.getStatus(), pod.getAdditionalProperties());
            case Job job
            when job.getSpec() != null -> new Parts(job, job.getSpec(), job.getStatus(), job.getAdditionalProperties());
            default -> null;
        };
    }

    /// The same bytes as [Json#write].
    byte[] write(HasMetadata object) {
        @Nullable Parts parts = parts(object);
        if (parts == null || !parts.others().isEmpty()) {
            return Json.write(object);
        }
        try {
            return write(parts);
        } catch (IOException e) { // a byte array takes everything
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write(Parts parts) throws IOException {
        @Nullable Text known = text;
        var out = new ByteArrayOutputStream(4096);
        int from;
        int to;
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("apiVersion", parts.object().getApiVersion());
            json.writeStringField("kind", parts.object().getKind());
            json.writeFieldName("metadata");
            Json.MAPPER.writeValue(json, parts.object().getMetadata());
            json.writeFieldName("spec");
            json.writeRawValue("");
            json.flush();
            from = out.size();
            if (known == null) {
                out.write(Json.write(parts.spec()));
            } else {
                out.write(known.json(), known.from(), known.to() - known.from());
            }
            to = out.size();
            if (parts.status() != null) {
                json.writeFieldName("status");
                Json.MAPPER.writeValue(json, parts.status());
            }
            json.writeEndObject();
        }
        byte[] all = out.toByteArray();
        text = new Text(all, from, to);
        return all;
    }
}
