package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.std.LastUsed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pod specs of Jobs that clients made lately, complete and found right. Jobs that are made alike share one, which
/// is read, completed and checked once: it is the larger part of a Job, and like all that is stored it never changes.
/// Safe from any thread.
final class Templates {
    private static final int RECENT = 64;

    private final Map<JsonNode, PodSpec> recent = Collections.synchronizedMap(new LastUsed<>(RECENT));

    /// Null when none was sent that is like it, or when the object has no such part.
    @Nullable
    PodSpec known(Call call, Kind kind, JsonNode sent) {
        @Nullable JsonNode spec = spec(call, kind, sent);
        return spec == null ? null : recent.get(spec);
    }

    /// The object is complete and right, and will not change any more.
    void remember(Call call, Kind kind, JsonNode sent, HasMetadata object) {
        @Nullable JsonNode spec = spec(call, kind, sent);
        if (spec != null && object instanceof Job job) {
            recent.putIfAbsent(spec, job.getSpec().getTemplate().getSpec());
        }
    }

    private static @Nullable JsonNode spec(Call call, Kind kind, JsonNode sent) {
        if (!kind.equals(Kinds.JOB) || !Bodies.small(call)) {
            return null;
        }
        JsonNode spec = sent.path("spec").path("template").path("spec");
        return spec.isObject() ? spec : null;
    }

    /// What was sent, without the pod spec. The tree itself stays as it is.
    static JsonNode without(JsonNode sent) {
        ObjectNode whole = shallow(sent);
        ObjectNode spec = shallow(sent.path("spec"));
        ObjectNode template = shallow(spec.path("template"));
        template.remove("spec");
        spec.set("template", template);
        whole.set("spec", spec);
        return whole;
    }

    private static ObjectNode shallow(JsonNode old) {
        ObjectNode next = Json.MAPPER.createObjectNode();
        old.properties().forEach(each -> next.set(each.getKey(), each.getValue()));
        return next;
    }
}
